"""What the search could not find, and the words that staff teach it, in SQLite."""

from __future__ import annotations

from datetime import date, datetime

from sqlite_utils import Database

from bot.store.counting import day_text
from bot.store.interface import Unfound, Unmet
from bot.store.lanes import Readers, Writer
from bot.store.learning import TaughtAlias, UnfoundGroup

_ADD = """
    insert into unfound (folded, day, why, words, n) values (?, ?, ?, ?, 1)
    on conflict (folded, day, why) do update set n = n + 1, words = excluded.words
"""
_UNFOUND = f"""
    select folded, max(words), sum(case when why = '{Unmet.NOT_FOUND}' then n else 0 end),
        sum(case when why = '{Unmet.UNHELPFUL}' then n else 0 end), max(day)
    from unfound where day between ? and ? group by folded order by sum(n) desc, folded limit ?
"""  # noqa: S608 - our own names


def add_unfound(database: Database, unfound: Unfound) -> None:
    """Within the transaction of whoever calls."""
    database.execute(_ADD, [unfound.folded, day_text(unfound.at), unfound.why.value, unfound.words])


class SqliteLearning:
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
            rows = database.execute("select phrase, code, by, at from taught_aliases order by at, phrase").fetchall()
            return tuple(TaughtAlias(phrase, code, by, datetime.fromisoformat(at)) for phrase, code, by, at in rows)

        return await self._readers.run(read)
