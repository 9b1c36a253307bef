"""All that is held of one person, in SQL; which tables and columns, the privacy register says."""

from __future__ import annotations

from functools import partial

from bot.store.own_data import MOST_ROWS, OwnRows
from bot.store.register import Entry, load_register
from bot.store.sql.session import Database, Readers


class SqlOwnData:
    """`bot.store.own_data.OwnData` says what the method does."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def of(self, person: str) -> tuple[OwnRows, ...]:
        if not person:
            # What is nobody's any more stands under an empty one.
            return ()
        entries = [entry for entry in load_register().entries if entry.exported]
        # One after the other, so that nothing else waits for all of it.
        found = [await self._readers.run(partial(_own_rows, entry=entry, person=person)) for entry in entries]
        return tuple(one for one in found if one.count)


def _own_rows(database: Database, entry: Entry, person: str) -> OwnRows:
    (table,), whose = entry.tables, "where person = ? and person <> ''"
    counted = f"select count(*) from {table} {whose}"  # noqa: S608 - our own names
    count = int(database.execute(counted, [person]).fetchone()[0])
    columns = entry.exported
    asked = f"select {', '.join(columns)} from {table} {whose} order by {entry.dated_by} desc limit {MOST_ROWS}"  # noqa: S608
    rows = database.execute(asked, [person]).fetchall() if count else []
    return OwnRows(table, count, tuple(dict(zip(columns, row, strict=True)) for row in rows))
