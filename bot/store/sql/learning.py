"""What the search could not find, and the words that staff teach it."""

from __future__ import annotations

from datetime import date, datetime

from bot.store.interface import Unfound, Unmet
from bot.store.learning import TaughtAlias, UnfoundGroup
from bot.store.sql.session import Counter, Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.sql.times import day_text
from bot.store.staff import Act, Entry

_SEARCHES = Counter("unfound", ("folded", "day", "why"), ("n",), ("words",))
_UNFOUND = f"""
    select folded, (
            select words from unfound as latest
            where latest.folded = found.folded and latest.day = found.last_day order by latest.why limit 1
        ), not_found, unhelpful, last_day
    from (
        select folded, sum(case when why = '{Unmet.NOT_FOUND}' then n else 0 end) as not_found,
            sum(case when why = '{Unmet.UNHELPFUL}' then n else 0 end) as unhelpful, max(day) as last_day,
            sum(n) as total
        from unfound where day between ? and ? group by folded order by total desc, folded limit ?
    ) as found
    order by total desc, folded
"""  # noqa: S608 - our own names
_COLUMNS = "phrase, code, by, at"
_ALIASES = f"select {_COLUMNS} from taught_aliases order by at, phrase"  # noqa: S608
_TEACH = f"insert into taught_aliases ({_COLUMNS}) values (?, ?, ?, ?) on conflict (phrase) do nothing"  # noqa: S608
_UNTEACH = f"delete from taught_aliases where phrase = ? returning {_COLUMNS}"  # noqa: S608
# SQLite has triggers that do the same, for older versions of the program that write into the same file.
_BUMP = "update taught_version set version = version + 1"


def add_unfound(database: Transaction, unfound: Unfound) -> None:
    """Within the transaction of whoever calls."""
    database.add(_SEARCHES, (unfound.folded, day_text(unfound.at), unfound.why.value), (1,), (unfound.words,))


class SqlLearning:
    """`bot.store.learning.Learning` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def unfound(self, first: date, last: date, limit: int) -> tuple[UnfoundGroup, ...]:
        def read(database: Database) -> tuple[UnfoundGroup, ...]:
            rows = database.execute(_UNFOUND, [first.isoformat(), last.isoformat(), limit]).fetchall()
            return tuple(UnfoundGroup(f, words, n, bad, date.fromisoformat(day)) for f, words, n, bad, day in rows)

        return await self._readers.run(read)

    async def aliases(self) -> tuple[TaughtAlias, ...]:
        def read(database: Database) -> tuple[TaughtAlias, ...]:
            return tuple(map(_alias, database.execute(_ALIASES).fetchall()))

        return await self._readers.run(read)

    async def version(self) -> int:
        def read(database: Database) -> int:
            return int(database.execute("select version from taught_version").fetchone()[0])

        return await self._readers.run(read)

    async def teach(self, alias: TaughtAlias, act: Act) -> bool:
        row = [alias.phrase, alias.code, alias.by, alias.at.isoformat()]

        def write(database: Transaction) -> bool:
            if not database.execute(_TEACH, row).rowcount:
                return False
            database.execute(_BUMP)
            write_entry(database, Entry(act, _subject(alias), {}, {"code": alias.code}))
            return True

        return await self._writer.run(write)

    async def unteach(self, phrase: str, act: Act) -> TaughtAlias | None:
        def write(database: Transaction) -> TaughtAlias | None:
            rows = database.execute(_UNTEACH, [phrase]).fetchall()
            if not rows:
                return None
            gone = _alias(rows[0])
            database.execute(_BUMP)
            write_entry(database, Entry(act, _subject(gone), {"code": gone.code, "by": gone.by}, {}))
            return gone

        return await self._writer.run(write)


def _subject(alias: TaughtAlias) -> str:
    """What the log calls it."""
    return f"alias:{alias.phrase}"


def _alias(row: tuple[str, str, str, str]) -> TaughtAlias:
    phrase, code, by, at = row
    return TaughtAlias(phrase, code, by, datetime.fromisoformat(at))
