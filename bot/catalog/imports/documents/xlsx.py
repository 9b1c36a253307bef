"""Workbooks, row by row, so that 20,000 rows need little memory."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils import range_boundaries
from openpyxl.workbook.workbook import Workbook

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.document import STEP, Document, Progress
from bot.catalog.imports.documents.packages import broken
from bot.catalog.imports.model import Grid, GridRow, Note, NoteKind
from bot.errors import Unreadable, UnreadableFile

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_DECIMALS = re.compile(r"0\.(0+)")
_CHUNK = 262_144

_AnyCell = Cell | MergedCell | ReadOnlyCell | EmptyCell


@dataclass(slots=True)
class _Outline:
    """What is known of a sheet before its cells are read."""

    rows: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First column, first row, last column, last row; from 1."""
    hidden: set[int] = field(default_factory=set)
    valueless: int = 0
    """Cells with a formula and without a value."""


def read_xlsx(file: str, content: bytes, package: zipfile.ZipFile, progress: Progress) -> Document:
    """The visible sheets. Values are those last shown: nothing is computed, no link is followed, no macro is run."""
    try:
        with warnings.catch_warnings():
            # The reader warns of colours and checks that it does not know; neither is in the words of a list.
            warnings.simplefilter("ignore")
            return _read(file, content, package, progress)
    except UnreadableFile:
        raise
    except Exception as error:
        # The reader raises whatever a broken file makes it stumble over.
        raise broken(file) from error


def _read(file: str, content: bytes, package: zipfile.ZipFile, progress: Progress) -> Document:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        outlines = {sheet.title: _outline(file, package, _part_of(sheet)) for sheet in book.worksheets}
        total = sum(outline.rows for outline in outlines.values())
        grids, notes, done = [], [], 0
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                notes.append(Note(NoteKind.HIDDEN_SHEET, file, sheet.title))
                continue
            rows = []
            for row in _rows(file, book, sheet.title):
                rows.append(row)
                done += 1
                if done % STEP == 0:
                    progress(min(done, total), total)
            outline = outlines[sheet.title]
            grids.append(Grid(file, sheet.title, _spread(file, rows, outline.merged), (sheet.title,)))
            hidden = sum(row.number in outline.hidden for row in rows)
            for kind, count in ((NoteKind.HIDDEN_ROWS, hidden), (NoteKind.NO_VALUES, outline.valueless)):
                if count:
                    notes.append(Note(kind, file, sheet.title, count))
        progress(total, total)
        return Document(tuple(grids), tuple(notes))
    finally:
        book.close()


def _part_of(sheet: object) -> str:
    """The name of a sheet's part in the archive; openpyxl keeps it for itself."""
    path = getattr(sheet, "_worksheet_path", "")
    return str(path).lstrip("/")


def _outline(file: str, package: zipfile.ZipFile, part: str) -> _Outline:
    """Rows and merged cells, which the streaming reader does not tell; refuses places that no sheet has."""
    outline = _Outline()
    parser = expat.ParserCreate(namespace_separator=" ")
    is_text, waits = False, False

    def value(words: str) -> None:
        nonlocal waits
        waits = waits and not words.strip()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_text, waits
        tag = name.rpartition(" ")[2]
        if tag == "c":
            outline.valueless += waits
            is_text, waits = attributes.get("t") == "str", False
            parser.CharacterDataHandler = None
        elif tag == "f":
            # Behind it stands what it comes to. An empty text is a value as well.
            waits = not is_text
        elif tag == "v" and waits:
            parser.CharacterDataHandler = value
        elif tag == "row":
            outline.rows += 1
            number = int(attributes.get("r", "1"))
            if not 0 < number <= _LAST_ROW:
                raise broken(file)
            if attributes.get("hidden") in ("1", "true"):
                outline.hidden.add(number)
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            if left is None or top is None or right is None or bottom is None or right > _LAST_COLUMN:
                raise broken(file)
            outline.merged.append((left, top, right, bottom))

    parser.StartElementHandler = start
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    outline.valueless += waits
    return outline


def _rows(file: str, book: Workbook, title: str) -> Iterator[GridRow]:
    """Rows with something in them, with the numbers that Excel shows; what a sheet says of its size is not believed."""
    sheet = book[title]
    found = 0
    empty: tuple[_AnyCell, ...] | None = None
    for number, cells in enumerate(
        sheet.iter_rows(min_row=1, min_col=1, max_row=_LAST_ROW, max_col=limits.MOST_COLUMNS), 1
    ):
        if cells is empty:
            # The reader gives the same row for each of the millions that a sheet leaves out.
            continue
        if not any(cell.value is not None for cell in cells):
            empty = cells
            continue
        texts = [_shown(cell) for cell in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        found += 1
        if found > limits.MOST_ROWS:
            what = f"sheet {title!r} has more than {limits.MOST_ROWS} rows"
            raise UnreadableFile(file, Unreadable.TOO_LARGE, what, "Split it into several files")
        struck = frozenset(place for place, cell in enumerate(cells[: len(texts)]) if texts[place] and _is_struck(cell))
        yield GridRow(number, tuple(texts), struck)


def _is_struck(cell: _AnyCell) -> bool:
    return not isinstance(cell, EmptyCell) and bool(cell.font.strike)


def _shown(cell: _AnyCell) -> str:
    """A cell as Excel shows it: a code that was typed as a number keeps the decimals of its format."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float):
        decimals = _DECIMALS.fullmatch(str(cell.number_format))
        if decimals is not None:
            return f"{value:.{len(decimals[1])}f}"
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _spread(file: str, rows: list[GridRow], merged: list[tuple[int, int, int, int]]) -> tuple[GridRow, ...]:
    """The rows, with what stands in a merged cell at each place that it covers."""
    places = {row.number: place for place, row in enumerate(rows)}
    cells = {place: list(row.cells) for place, row in enumerate(rows)} if merged else {}
    last = max(places, default=0)
    covered = 0
    for left, top, right, bottom in merged:
        first = places.get(top)
        text = rows[first].cells[left - 1] if first is not None and left <= len(rows[first].cells) else ""
        if not text:
            continue
        width = min(right, limits.MOST_COLUMNS)
        for number in range(top, min(bottom, last) + 1):
            covered += width - left + 1
            if covered > limits.MOST_MERGED:
                raise broken(file)
            place = places.get(number)
            if place is None:
                # A row of nothing but a merged cell says nothing of its own.
                continue
            row = cells[place]
            row.extend([""] * (width - len(row)))
            row[left - 1 : width] = [text] * (width - left + 1)
    if not merged:
        return tuple(rows)
    return tuple(GridRow(row.number, tuple(cells[place]), row.struck) for place, row in enumerate(rows))
