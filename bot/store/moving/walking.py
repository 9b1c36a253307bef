"""Two stores side by side, stretch by stretch in the order of the primary key: never more than some pages in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import StoreError
from bot.store.moving.sides import Source
from bot.store.moving.tables import Key, Table
from bot.store.sql.session import Row

ROWS_AT_ONCE = 5000
LARGE_ROWS_AT_ONCE = 8
"""Of tables with bytes: a row may be a file of some megabytes."""
_MOST_WITHOUT_KEY = 10_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """All rows of both sides between two keys."""

    ours: list[Row]
    theirs: list[Row]


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be done to the target. `removed`: keys."""

    added: list[Row]
    changed: list[Row]
    removed: list[Key]

    @property
    def rows(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


def page_size(table: Table) -> int:
    return LARGE_ROWS_AT_ONCE if table.has_bytes else ROWS_AT_ONCE


class _Pages:
    """One side: rows that were read and not yet handed out."""

    def __init__(self, side: Source, table: Table, size: int) -> None:
        self._side, self._table, self._size = side, table, size
        self._rows: list[Row] = []
        self._last: Key | None = None
        self._is_read = False

    def end(self) -> Key | None:
        """The key up to which everything is at hand; None where that is all there is."""
        if not self._rows and not self._is_read:
            self._rows = self._side.page(self._table, self._last, self._size)
            self._is_read = len(self._rows) < self._size
            if self._rows:
                self._last = self._table.key_of(self._rows[-1])
        return None if self._is_read else self._last

    def taken(self, end: Key | None) -> list[Row]:
        """What is at hand up to that key."""
        if end is None or end == self._last:
            rows, self._rows = self._rows, []
            return rows
        cut = bisect_right(self._rows, end, key=self._table.key_of)
        rows, self._rows = self._rows[:cut], self._rows[cut:]
        return rows

    @property
    def is_over(self) -> bool:
        return self._is_read and not self._rows


def walked(source: Source, target: Source, table: Table) -> Iterator[Stretch]:
    """All rows of both, in the order of the key; without a key, all at once.

    What is written to the target up to the end of a stretch does not disturb the next one.
    """
    if not table.key:
        yield Stretch(_whole(source, table), _whole(target, table))
        return
    size = page_size(table)
    ours, theirs = _Pages(source, table, size), _Pages(target, table, size)
    while True:
        end = min((end for end in (ours.end(), theirs.end()) if end is not None), default=None)
        stretch = Stretch(ours.taken(end), theirs.taken(end))
        if stretch.ours or stretch.theirs:
            yield stretch
        if ours.is_over and theirs.is_over:
            return


def pages(side: Source, table: Table) -> Iterator[list[Row]]:
    """All rows of one side, in the same order."""
    if not table.key:
        yield _whole(side, table)
        return
    size = page_size(table)
    rows = side.page(table, None, size)
    while rows:
        yield rows
        rows = side.page(table, table.key_of(rows[-1]), size) if len(rows) == size else []


def _whole(side: Source, table: Table) -> list[Row]:
    if side.count(table) > _MOST_WITHOUT_KEY:
        raise StoreError(f"table {table.name} has no primary key and too many rows to be copied")
    return side.whole(table)


def difference(table: Table, stretch: Stretch) -> Difference:
    """What makes the target's rows the source's. Of a table without a key: all rows are added, once it is empty."""
    if stretch.ours == stretch.theirs:
        return Difference([], [], [])
    if not stretch.theirs or not table.key:
        return Difference(stretch.ours, [], [])
    theirs = {table.key_of(row): row for row in stretch.theirs}
    added, changed = [], []
    for row in stretch.ours:
        other = theirs.pop(table.key_of(row), None)
        if other is None:
            added.append(row)
        elif other != row:
            changed.append(row)
    return Difference(added, changed, list(theirs))
