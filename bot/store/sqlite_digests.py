"""Digests in SQLite."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from bot.ratings.deadlines import DigestKind
from bot.store.digests import Subscription
from bot.store.inbox import Update
from bot.store.lanes import Readers, Writer
from bot.store.sqlite_inbox import put_away, stamp

_ACTIVE = """
    select one.login, kind, since from digest_subscriptions as one join staff on staff.login = one.login
    where is_active = 1 order by one.login, kind
"""
_SUBSCRIBE = (
    "insert into digest_subscriptions (login, kind, since) values (?, ?, ?) on conflict (login, kind) do nothing"
)
_NOTE = "insert into digests_sent (digest, login, at) values (?, ?, ?) on conflict (digest, login) do nothing"


class SqliteDigests:
    """`bot.store.digests.Digests` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def subscriptions(self) -> tuple[Subscription, ...]:
        def read(database: Database) -> tuple[Subscription, ...]:
            rows = database.execute(_ACTIVE).fetchall()
            return tuple(Subscription(login, DigestKind(kind), datetime.fromisoformat(at)) for login, kind, at in rows)

        return await self._readers.run(read)

    async def kinds_of(self, login: str) -> frozenset[DigestKind]:
        query = "select kind from digest_subscriptions where login = ?"
        rows = await self._readers.run(lambda database: database.execute(query, [login]).fetchall())
        return frozenset(DigestKind(kind) for (kind,) in rows)

    async def subscribe(self, login: str, kinds: Collection[DigestKind], now: datetime) -> None:
        def write(database: Database) -> None:
            for kind in DigestKind:
                if kind in kinds:
                    database.execute(_SUBSCRIBE, [login, kind.value, stamp(now)])
                else:
                    database.execute(
                        "delete from digest_subscriptions where login = ? and kind = ?", [login, kind.value]
                    )

        await self._writer.run(write)

    async def sent(self, key: str) -> frozenset[str]:
        query = "select login from digests_sent where digest = ?"
        rows = await self._readers.run(lambda database: database.execute(query, [key]).fetchall())
        return frozenset(login for (login,) in rows)

    async def hand_over(self, login: str, key: str, digest: Update, now: datetime) -> bool:
        def write(database: Database) -> bool:
            if not database.execute(_NOTE, [key, login, stamp(now)]).rowcount:
                return False
            return put_away(database, digest, now)

        return await self._writer.run(write)
