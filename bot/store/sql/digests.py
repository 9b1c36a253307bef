"""Digests in SQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.ratings.deadlines import DigestKind
from bot.store.digests import Subscription
from bot.store.inbox import Update
from bot.store.sql.inbox import put_away
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.sql.times import stamp
from bot.store.staff import Act, Entry

_ACTIVE = """
    select one.login, kind, since from digest_subscriptions as one join staff on staff.login = one.login
    where is_active = 1 order by one.login, kind
"""
_HOLD = "select login from staff where login = ? /*! for update */"
_SUBSCRIBE = "insert into digest_subscriptions (login, kind, since) values (?, ?, ?)"
_UNSUBSCRIBE = "delete from digest_subscriptions where login = ? and kind = ?"
_NOTE = "insert into digests_sent (digest, login, at) values (?, ?, ?) on conflict (digest, login) do nothing"


class SqlDigests:
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
        return await self._readers.run(lambda database: _kinds_of(database, login))

    async def subscribe(self, login: str, kinds: Collection[DigestKind], act: Act) -> bool:
        def write(database: Transaction) -> bool:
            if database.execute(_HOLD, [login]).fetchone() is None:
                return False
            before, after = _kinds_of(database, login), frozenset(kinds)
            for kind in after - before:
                database.execute(_SUBSCRIBE, [login, kind.value, stamp(act.at)])
            for kind in before - after:
                database.execute(_UNSUBSCRIBE, [login, kind.value])
            if before != after:
                write_entry(database, Entry(act, login, {"digests": _told(before)}, {"digests": _told(after)}))
            return True

        return await self._writer.run(write)

    async def sent(self, key: str) -> frozenset[str]:
        query = "select login from digests_sent where digest = ?"
        rows = await self._readers.run(lambda database: database.execute(query, [key]).fetchall())
        return frozenset(login for (login,) in rows)

    async def hand_over(self, login: str, key: str, digest: Update, now: datetime) -> bool:
        def write(database: Transaction) -> bool:
            if not database.execute(_NOTE, [key, login, stamp(now)]).rowcount:
                return False
            return put_away(database, digest, now)

        return await self._writer.run(write)


def _kinds_of(database: Database, login: str) -> frozenset[DigestKind]:
    rows = database.execute("select kind from digest_subscriptions where login = ?", [login]).fetchall()
    return frozenset(DigestKind(kind) for (kind,) in rows)


def _told(kinds: Collection[DigestKind]) -> list[str]:
    return [kind.value for kind in DigestKind if kind in kinds]
