"""Keys and whom they know, in SQL."""

from __future__ import annotations

from datetime import datetime

from bot.store.keys import Addressed, Left, UsedKey
from bot.store.sql.rekeying import KEPT_OF, move_person
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.times import moment_of, stamp

ERASE = "delete from rekeyed where person = ?"
_USED = """
    select fingerprint, since, begun_at, finished_at from secret_keys order by begun_at desc, fingerprint
"""
_BEGIN = """
    insert into secret_keys (fingerprint, since, begun_at) values (?, ?, ?)
    on conflict (fingerprint) do update set begun_at = excluded.begun_at, finished_at = null
"""
_FINISH = "update secret_keys set finished_at = ? where fingerprint <> ? and finished_at is null"
_FORGET = "delete from rekeyed where fingerprint <> '' and person <> ''"
_ADDRESSED = "select person, channel, address from contacts where person > ? order by person limit ?"
_FIRST_USED = "select since from secret_keys where fingerprint = ?"
# What is older than a key, and of whom nothing says that they were moved to it, is of who was not met under it yet.
_DATED = {
    "conversations": "updated_at",
    "events": "at",
    "helpfulness": "at",
    "contacts": "last_seen",
    "follow_ups": "opened_at",
    "ratings": "at",
    "askings": "at",
    "obstacles": "at",
    "staff_chats": "linked_at",
}
_EACH = " union ".join(
    f"select person from {table} where {dated_by} < :since and person <> ''"  # noqa: S608 - our own names
    for table, dated_by in _DATED.items()
)
_UNMET = "person not in (select person from rekeyed where fingerprint = :fingerprint)"
_LEFT = f"select count(*) from ({_EACH}) as met where {_UNMET}"  # noqa: S608
_LINKS = f"""
    select count(distinct person) from ratings where at < :since and person <> '' and identity = 'token' and {_UNMET}
"""  # noqa: S608


class SqlKeyBook:
    """`bot.store.keys.KeyBook` says what the methods do."""

    def __init__(self, quick: Readers, slow: Readers, writer: Writer) -> None:
        self._readers = quick
        self._slow = slow
        self._writer = writer

    async def used(self) -> tuple[UsedKey, ...]:
        def read(database: Database) -> tuple[UsedKey, ...]:
            rows = database.execute(_USED).fetchall()
            return tuple(
                UsedKey(mark, datetime.fromisoformat(first), datetime.fromisoformat(begun), moment_of(finished))
                for mark, first, begun, finished in rows
            )

        return await self._readers.run(read)

    async def begin(self, fingerprint: str, at: datetime) -> None:
        row = [fingerprint, stamp(at), stamp(at)]
        await self._writer.run(lambda database: database.execute(_BEGIN, row))

    async def finish(self, fingerprint: str, at: datetime) -> None:
        def write(database: Transaction) -> None:
            database.execute(_FINISH, [stamp(at), fingerprint])
            database.execute(_FORGET)

        await self._writer.run(write)

    async def known(self, people: tuple[str, ...]) -> tuple[str, ...]:
        def read(database: Database) -> tuple[str, ...]:
            return tuple(
                person for person in people if database.execute(KEPT_OF, {"person": person}).fetchone() is not None
            )

        return await self._readers.run(read)

    async def move(self, person: str, to: str, fingerprint: str, at: datetime) -> bool:
        return await self._writer.run(lambda database: move_person(database, person, to, fingerprint, at))

    async def addressed(self, behind: str, limit: int) -> tuple[Addressed, ...]:
        def read(database: Database) -> tuple[Addressed, ...]:
            return tuple(Addressed(*row) for row in database.execute(_ADDRESSED, [behind, limit]).fetchall())

        return await self._readers.run(read)

    async def left(self, fingerprint: str) -> Left:
        def read(database: Database) -> Left:
            row = database.execute(_FIRST_USED, [fingerprint]).fetchone()
            if row is None:
                return Left(0, 0)
            values = {"since": row[0], "fingerprint": fingerprint}
            everybody, links = (int(database.execute(sql, values).fetchone()[0]) for sql in (_LEFT, _LINKS))
            return Left(everybody - links, links)

        return await self._slow.run(read)
