"""Tables that are lists, in order: what heads them, and which of them go on with the one before.

A table of a document goes on where it has the same columns and no headings of its own. A row that a page's end cut in
two is put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.catalog.codes import find_codes
from bot.catalog.imports.cells import certain_code, tidy
from bot.catalog.imports.headings import Headings, find_headings, seen
from bot.catalog.imports.model import Column, Grid, GridRow, Note, NoteKind
from bot.catalog.imports.sections import is_after_the_list, section_text
from bot.errors import Unreadable, UnreadableFile

_CODE_START = re.compile(r"[1-6]\.[0-9]{3}")
_ADVICE = "Give its columns headings such as 'Mã TTHC' and 'Tên thủ tục hành chính'"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ListTable:
    """`rows`: below the headings. `title`: what stands above them, in the table too. `repeated`: the same list as the
    table before, whose headings it repeats or leaves out.
    """

    grid: Grid
    headings: Headings
    title: tuple[str, ...]
    rows: tuple[GridRow, ...]
    goes_on: bool


def find_lists(file: str, grids: Sequence[Grid]) -> tuple[tuple[ListTable, ...], tuple[Note, ...]]:
    """The lists of a file, and a note on each table that is none. Raises UnreadableFile: no list, or one not known."""
    tables: list[ListTable] = []
    notes: list[Note] = []
    for grid in grids:
        if not grid.rows:
            continue
        table = _list_table(grid, tables[-1] if tables else None)
        if table is not None:
            _refuse_doubtful(table)
            _add(tables, table)
            continue
        if any(find_codes(cell) for row in grid.rows for cell in row.cells):
            what = f"{grid.sheet} holds codes of procedures, but no row of headings is known in it{_seen([grid])}"
            raise UnreadableFile(file, Unreadable.NO_HEADINGS, what, _ADVICE)
        notes.append(Note(NoteKind.NO_LIST, file, grid.sheet, seen=seen(grid)[:_SHOWN]))
    if not tables:
        what = (
            f"no row of headings is known in it{_seen(grids)}"
            if any(g.rows for g in grids)
            else "there is no table in it"
        )
        raise UnreadableFile(file, Unreadable.NO_HEADINGS, what, _ADVICE)
    return tuple(tables), tuple(notes)


def certainly_coded(cells: Sequence[str], headings: Headings) -> bool:
    """Whether a code stands where codes stand: then it is a row of the list, whatever else it looks like."""
    for column in (Column.CODE, Column.SERVICE_CODE):
        place = headings.places.get(column)
        if place is not None and place < len(cells) and certain_code(cells[place].strip()) is not None:
            return True
    return False


def _seen(grids: Sequence[Grid]) -> str:
    words = [word for grid in grids for word in seen(grid)][:_SHOWN]
    return f" (seen: {', '.join(repr(word[:60]) for word in words)})" if words else ""


def _list_table(grid: Grid, before: ListTable | None) -> ListTable | None:
    headings = find_headings(grid)
    same_file = before is not None and grid.continues
    if headings is not None:
        inside = tuple(
            dict.fromkeys(tidy(cell) for row in grid.rows[: headings.first] for cell in row.cells if cell.strip())
        )
        goes_on = same_file and before is not None and before.headings.places == headings.places
        return ListTable(grid, headings, (*grid.title, *inside), grid.rows[headings.last + 1 :], goes_on)
    if before is None or not same_file or not _fits(grid, before):
        return None
    return ListTable(grid, before.headings, grid.title, grid.rows, goes_on=True)


def _fits(grid: Grid, before: ListTable) -> bool:
    """Whether a table without headings has the columns of the list before it."""
    width = max(len(row.cells) for row in grid.rows)
    if width != max(len(row.cells) for row in (*before.grid.rows, *before.rows)):
        return False
    return grid.wrapped or any(certainly_coded(row.cells, before.headings) for row in grid.rows)


def _refuse_doubtful(table: ListTable) -> None:
    for column, places in table.headings.doubtful.items():
        which = " and ".join(str(place + 1) for place in places)
        raise UnreadableFile(
            table.grid.file,
            Unreadable.NO_HEADINGS,
            f"in {table.grid.sheet} the columns {which} are both headed as the {column.value.replace('_', ' ')}"
            f" ({table.headings.written[column]!r}) and say different things",
            "Give the one that is not meant another heading",
        )


def _add(tables: list[ListTable], table: ListTable) -> None:
    """Adds a table; its first row goes to the last one of the table before, if a page's end cut them apart."""
    if (
        table.goes_on
        and table.grid.wrapped
        and table.rows
        and tables[-1].rows
        and _is_rest(table.rows[0], table.headings)
    ):
        before = tables[-1]
        whole = _joined(before.rows[-1], table.rows[0])
        tables[-1] = replace(before, rows=(*before.rows[:-1], whole))
        table = replace(table, rows=table.rows[1:])
    tables.append(table)


def _is_rest(row: GridRow, headings: Headings) -> bool:
    """Whether the row has no number and no code of its own, and is nothing else that has none."""
    places = headings.places
    if section_text(row.cells, headings) is not None or is_after_the_list(row.cells):
        return False
    number, code = places.get(Column.NUMBER), places.get(Column.CODE, places.get(Column.SERVICE_CODE))
    count = _cell(row, number)
    written = _cell(row, code)
    return not count if number is not None and not _CODE_START.match(written) else not written


def _cell(row: GridRow, place: int | None) -> str:
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""


def _joined(upper: GridRow, lower: GridRow) -> GridRow:
    return GridRow(upper.number, tuple(_both(upper, lower)))


def _both(upper: GridRow, lower: GridRow) -> Iterator[str]:
    for place in range(max(len(upper.cells), len(lower.cells))):
        parts = (_cell(upper, place), _cell(lower, place))
        yield "\n".join(part for part in parts if part)
