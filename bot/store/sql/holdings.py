"""What is held, counted; the tables are those of the privacy register."""

from __future__ import annotations

from bot.store.holdings import Due, Erased, Held
from bot.store.interface import Cutoffs
from bot.store.register import load_register
from bot.store.sql.forgetting import old_rows
from bot.store.sql.session import Database, Readers

_DAY_CHARS = len("2026-01-31")
_ASKED = """
    select channel, sum(n), min(hour), max(hour) from event_counts where status = ? group by channel
    order by channel
"""


class SqlHoldings:
    """`bot.store.holdings.Holdings` says what the methods do."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def held(self) -> tuple[Held, ...]:
        entries = [entry for entry in load_register().entries if not entry.only_on]
        named = [(table, entry.dated_by) for entry in entries for table in entry.tables]
        # One after the other, so that nothing else waits for all of it.
        return tuple([await self._readers.run(_Counting(table, dated_by)) for table, dated_by in named])

    async def due(self, before: Cutoffs) -> tuple[Due, ...]:
        found = []
        for old in old_rows(before):
            rows = await self._readers.run(old.count)
            found.append(Due(old.table, old.term, old.takes, rows))
        return tuple(found)

    async def erased(self) -> tuple[Erased, ...]:
        return await self._asked("erased")

    async def shown(self) -> tuple[Erased, ...]:
        return await self._asked("own_data")

    async def _asked(self, status: str) -> tuple[Erased, ...]:
        def read(database: Database) -> tuple[Erased, ...]:
            rows = database.execute(_ASKED, [status]).fetchall()
            return tuple(Erased(channel, int(times), first, last) for channel, times, first, last in rows)

        return await self._readers.run(read)


class _Counting:
    """`dated_by`: the column with the day or the moment of a row; empty: there is none."""

    def __init__(self, table: str, dated_by: str) -> None:
        self._table = table
        self._oldest = f"min(nullif({dated_by}, ''))" if dated_by else "null"

    def __call__(self, database: Database) -> Held:
        rows, oldest = database.execute(f"select count(*), {self._oldest} from {self._table}").fetchone()  # noqa: S608
        return Held(self._table, int(rows), str(oldest or "")[:_DAY_CHARS])
