"""A copy: what differs is found and written, then what was written is read again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from bot.errors import StoreError
from bot.store.backup.progress import Progress, silent
from bot.store.moving.identity import adopt, finish
from bot.store.moving.sides import Source, Target
from bot.store.moving.sums import Adding, sum_of
from bot.store.moving.tables import Kind, Table, differences, in_order
from bot.store.moving.walking import Difference, difference, walked
from bot.store.sql.session import Row


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a table, or would. `rows`: on the source; `found`: on the target before; the others: what was
    written. `checksum`: of both sides alike, afterwards; empty where it was only asked what would be written."""

    table: str
    rows: int
    found: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    checksum: str = ""

    @property
    def written(self) -> int:
        return self.added + self.changed + self.removed


def compare(source: Source, target: Source, progress: Progress = silent) -> tuple[Moved, ...]:
    """What `copy` would do; nothing is written. A target that was never set up counts as empty. Raises StoreError."""
    there = {table.name for table in target.tables}
    compared = []
    with telling(source, target):
        if there:
            _check_tables(source, target)
        for table in in_order(source.tables):
            if table.name in there:
                compared.append(_compared(source, target, table, progress))
            else:
                count = source.count(table)
                compared.append(Moved(table.name, count, 0, added=count))
    return tuple(compared)


def copy(source: Source, target: Target, progress: Progress = silent) -> tuple[Moved, ...]:
    """Make the rows of the target those of the source, whatever it held, and read both again where it wrote.

    The source must stand still, or be read as of one moment. Broken off at any point it goes on where it was when it is
    called again. Raises StoreError, also where the two sides are not the same at the end.
    """
    with telling(source, target):
        _check_tables(source, target)
        adopt(source, target)
        tables = in_order(source.tables)
        referred = {name for table in tables for name in table.refers_to}
        moved = [_moved(source, target, table, progress, keeps=table.name in referred) for table in tables]
        for table in reversed(tables):
            # Only now is nothing left that refers to them.
            if table.name in referred:
                gone = _remove_gone(source, target, table)
                moved = [replace(one, removed=gone) if one.table == table.name else one for one in moved]
        for table in tables:
            _set_numbers(source, target, table)
        checked = tuple(_checked(source, target, table, one) for table, one in zip(tables, moved, strict=True))
        target.settle()
        finish(target)
    return checked


@contextmanager
def telling(*sides: Source) -> Iterator[None]:
    """What the engines' libraries raise becomes a StoreError."""
    faults = tuple(fault for side in sides for fault in side.faults)
    try:
        yield
    except faults as error:
        raise next(side for side in sides if isinstance(error, side.faults)).told(error) from error


def _check_tables(source: Source, target: Source) -> None:
    found = differences(source.tables, target.tables)
    if found:
        raise StoreError(
            f"{found[0]}: the two stores are not of the same release; bring both up to date (python -m bot migrate)"
        )


def _compared(source: Source, target: Source, table: Table, progress: Progress) -> Moved:
    total, moved = source.count(table), Moved(table.name, 0, 0)
    for stretch in walked(source, target, table):
        found = difference(table, stretch)
        moved = _counted(moved, len(stretch.ours), len(stretch.theirs), found)
        progress(table.name, moved.rows, total)
    return moved


def _counted(moved: Moved, ours: int, theirs: int, found: Difference) -> Moved:
    return Moved(
        moved.table,
        moved.rows + ours,
        moved.found + theirs,
        moved.added + len(found.added),
        moved.changed + len(found.changed),
        moved.removed + len(found.removed),
        moved.checksum,
    )


class _Taken(Exception):  # noqa: N818  # Named for what has happened.
    """A row of the target has what only one row may have, and is to be changed or removed later."""


def _moved(source: Source, target: Target, table: Table, progress: Progress, *, keeps: bool) -> Moved:
    """`keeps`: what is gone on the source stays for now."""
    try:
        return _written(source, target, table, progress, keeps=keeps)
    except _Taken:
        # Rare, and only between two runs: what a row had has gone over to another one. Nothing stands in the way where
        # the target has only rows that are the same on the source.
        cleared = _clear(source, target, table)
    try:
        moved = _written(source, target, table, progress, keeps=keeps)
    except _Taken as error:
        raise StoreError(
            f"rows of table {table.name} cannot be written: the target has others with the same"
        ) from error
    return replace(moved, found=moved.found + cleared)


def _written(source: Source, target: Target, table: Table, progress: Progress, *, keeps: bool) -> Moved:
    """With a checksum where nothing was written: then everything has been read on both sides."""
    total, moved, adding = source.count(table), Moved(table.name, 0, 0), Adding(table)
    for stretch in walked(source, target, table):
        found = difference(table, stretch)
        if keeps:
            found = replace(found, removed=[])
        if found.rows or (not table.key and stretch.ours != stretch.theirs):
            _write(target, table, found)
        moved = _counted(moved, len(stretch.ours), len(stretch.theirs), found)
        adding.add(stretch.ours)
        progress(table.name, moved.rows, total)
    same = not moved.written and moved.rows == moved.found
    return replace(moved, checksum=adding.sum.checksum) if same else moved


def _write(target: Target, table: Table, found: Difference) -> None:
    try:
        target.begin(table)
        if not table.key:
            target.empty(table)
        if found.removed:
            target.remove(table, found.removed)
        if found.changed:
            target.change(table, found.changed)
        if found.added:
            target.add(table, found.added)
        target.commit()
    except BaseException as error:
        with suppress(*target.faults):
            target.rollback()
        if isinstance(error, target.faults):
            if target.is_taken(error):
                raise _Taken from error
            unfit = _unfit(table, [*found.changed, *found.added])
            if unfit is not None:
                raise StoreError(unfit) from error
        raise


def _unfit(table: Table, rows: list[Row]) -> str | None:
    """Which row cannot be kept by every engine, and why; not what stands in it."""
    types: dict[Kind, type[object]] = {Kind.INTEGER: int, Kind.REAL: float, Kind.TEXT: str, Kind.BYTES: bytes}
    for row in rows:
        for value, column in zip(row, table.columns, strict=True):
            if value is None or (isinstance(value, types[column.kind]) and "\0" not in str(value)):
                continue
            number = row[table.names.index(table.numbered)] if table.numbered else None
            where = f"row {number} of table {table.name}" if isinstance(number, int) else f"a row of table {table.name}"
            return f"{where} has in column {column.name} what the target cannot keep (no {column.kind}, or a NUL in it)"
    return None


def _clear(source: Source, target: Target, table: Table) -> int:
    """Remove what is other on the target, or not on the source at all; how many rows."""
    removed = 0
    for stretch in walked(source, target, table):
        found = difference(table, stretch)
        keys = [*found.removed, *(table.key_of(row) for row in found.changed)]
        if keys:
            target.begin(table)
            target.remove(table, keys)
            target.commit()
            removed += len(keys)
    return removed


def _remove_gone(source: Source, target: Target, table: Table) -> int:
    removed = 0
    for stretch in walked(source, target, table):
        found = difference(table, stretch)
        if found.removed:
            _write(target, table, Difference([], [], found.removed))
            removed += len(found.removed)
    return removed


def _set_numbers(source: Source, target: Target, table: Table) -> None:
    if table.numbered is not None:
        given = source.highest(table)
        target.set_highest(table, max(given or 0, source.highest_there(table)))


def _checked(source: Source, target: Target, table: Table, moved: Moved) -> Moved:
    ours, theirs = (side.count(table) for side in (source, target))
    if moved.checksum and ours == theirs == moved.rows:
        return moved
    sums = (sum_of(source, table), sum_of(target, table))
    if sums[0] != sums[1] or ours != theirs or ours != sums[0].rows:
        raise StoreError(
            f"table {table.name} is not the same on both sides: {ours} rows with the checksum {sums[0].checksum} on "
            f"the source, {theirs} with {sums[1].checksum} on the target; somebody else is writing to one of them"
        )
    return replace(moved, checksum=sums[0].checksum)
