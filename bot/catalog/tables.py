"""Reading a CSV file with the place of every cell.

Python's `csv` parses fast but gives no columns, so a cell's place is worked out again from the text, and only when
a problem is reported there. Both follow the same rules: cells split at commas, a cell that begins with a quote
ends at its closing quote, and a doubled quote inside stands for one.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.catalog.report import Report, quote

_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
"""Blanks other than the usual one are among them: nobody sees that they are others."""
# Python's words for these differ between its versions.
_ERRORS = {
    "unexpected end of data": "a quote that is never closed",
    "',' expected after": "characters behind a closing quote",
    "new-line character": "a carriage return in a cell without quotes",
    "field larger than": "a cell longer than CSV readers take",
}
_PLAIN_TEXT = re.compile(r"[\n -~\u00a1-\u00ac\u00ae-\u0377\u1e00-\u1ef9–—‘’“”…]*")


class Table:
    """The rows of one file. `readable` is False when it is missing or its header is wrong: then it has no rows."""

    def __init__(self, path: str, columns: Sequence[str], report: Report, lines: Sequence[str] = ()) -> None:
        self.path = path
        self.columns = tuple(columns)
        self.places = {name: place for place, name in enumerate(columns)}
        self.lines = lines
        self.report = report
        self.readable = False
        self.rows: list[Row] = []


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One record: `line` is the physical line, from 1, on which it starts."""

    table: Table
    line: int
    cells: tuple[str, ...]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.table.places[column]]

    def problem(self, column: str, what: str, expected: str) -> None:
        """Reports something wrong in one cell, at the place where that cell starts."""
        line, start = cell_places(self.table.lines, self.line)[self.table.places[column]]
        self.table.report.add(self.table.path, line, start, what, expected)

    @property
    def place(self) -> str:
        """`file:line`, for saying where the same thing stood before."""
        return f"{self.table.path}:{self.line}"


def cell_places(lines: Sequence[str], first: int) -> list[tuple[int, int]]:
    """Line and column, both from 1, of every cell of the record that starts on physical line `first`.

    `lines` are the physical lines with their ends. A quoted cell starts at its opening quote.
    """
    places = [(first, 1)]
    state = "start"
    for number in range(first, len(lines) + 1):
        for column, char in enumerate(lines[number - 1], start=1):
            state = _NEXT_STATE.get((state, char), _OTHERWISE[state])
            if state == "start":
                places.append((number, column + 1))
        if state != "quoted":
            break
    return places


# Where the reader stands after a character: at the start of a cell, in a bare one, in a quoted one, or behind a
# quote in a quoted one, which closes it unless another quote follows. Behind what CSV forbids the record is broken,
# and its last place is that of the broken cell.
_NEXT_STATE = {
    ("start", ","): "start",
    ("start", '"'): "quoted",
    ("start", "\r"): "broken",
    ("bare", ","): "start",
    ("bare", "\r"): "broken",
    ("quoted", '"'): "closed",
    ("closed", '"'): "quoted",
    ("closed", ","): "start",
}
_OTHERWISE = {"start": "bare", "bare": "bare", "quoted": "quoted", "closed": "broken", "broken": "broken"}


def decode(content: bytes, path: str, report: Report) -> str:
    """The text of a file. A byte-order mark is dropped; bytes that are not UTF-8 are reported line by line."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode("utf-8")) + 1
            report.add(path, number, column, f"byte 0x{line[error.start]:02x} is not UTF-8", "text in UTF-8")
    return content.decode("utf-8", errors="replace")


def split_lines(text: str) -> list[str]:
    """Physical lines with their ends; only a line feed ends a line."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def read_table(content: bytes, path: str, columns: Sequence[str], report: Report) -> Table:
    """Parses one file into rows of exactly `columns`.

    Reports a file that breaks off, a wrong header, wrong numbers of cells, broken quoting, and in every cell: text
    that is not NFC, control and invisible characters, and spaces at its ends. Rows with a wrong number of cells are
    left out.
    """
    text = decode(content, path, report)
    table = Table(path, columns, report, split_lines(text))
    if text and not text.endswith("\n"):
        last = table.lines[-1]
        report.add(
            path, len(table.lines), len(last) + 1, "the file breaks off", "a line feed at the end of the last line"
        )
    records = _records(table)
    line, header, _ = next(records, (1, (), 1))
    if header != table.columns:
        _report_header(table, line, header)
        return table
    table.readable = True
    suspicious = _is_suspicious(text)
    for line, cells, lines in records:
        if len(cells) != len(columns):
            what = f"{len(cells)} cells" if cells else "an empty line"
            report.add(path, line, 1, what, f"{len(columns)} cells: {','.join(columns)}")
            continue
        row = Row(table, line, cells)
        table.rows.append(row)
        if suspicious or lines > 1:
            _check_characters(row)
        if tuple(map(str.strip, cells)) != cells:
            _check_ends(row)
    return table


def _records(table: Table) -> Iterator[tuple[int, tuple[str, ...], int]]:
    """First line, cells and number of lines of every record; reports those that are not CSV."""
    reader = csv.reader(iter(table.lines), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number, column = cell_places(table.lines, line)[-1]
            table.report.add(table.path, number, column, _what(error), "a cell as CSV writes it")
            continue
        yield line, tuple(cells), reader.line_num - line + 1


def _what(error: csv.Error) -> str:
    return next((what for begin, what in _ERRORS.items() if str(error).startswith(begin)), str(error))


def _report_header(table: Table, line: int, header: tuple[str, ...]) -> None:
    pairs = zip_longest(header, table.columns)
    differing = next(place for place, (found, wanted) in enumerate(pairs) if found != wanted)
    places = cell_places(table.lines, line)
    number, column = places[min(differing, len(places) - 1)]
    what = f"the header is {quote(','.join(header))}" if header else "no header"
    table.report.add(table.path, number, column, what, ",".join(table.columns))


def _is_suspicious(text: str) -> bool:
    """True where the characters must be looked at cell by cell; nearly always False, and then cheap."""
    return not (_PLAIN_TEXT.fullmatch(text) and unicodedata.is_normalized("NFC", text))


def wrong_characters(text: str) -> tuple[str, str] | None:
    """What is wrong with the characters of a text, and what is expected; None where they are fine."""
    char = next((char for char in text if char != " " and unicodedata.category(char) in _UNWANTED), None)
    if char is not None:
        return f"character U+{ord(char):04X} in {quote(text)}", "no control or invisible characters"
    if not unicodedata.is_normalized("NFC", text):
        return f"{quote(text)} is not NFC", "composed characters (Unicode NFC)"
    return None


def _check_characters(row: Row) -> None:
    for column, cell in zip(row.table.columns, row.cells, strict=True):
        if wrong := wrong_characters(cell):
            row.problem(column, *wrong)


def _check_ends(row: Row) -> None:
    for column, cell in zip(row.table.columns, row.cells, strict=True):
        if cell != cell.strip():
            row.problem(column, f"spaces around {quote(cell)}", "no spaces at the ends of a cell")
