"""The report in a terminal: the summary, and the table by columns that fit."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width, normalize

from bot.operations.reports.model import Kind, ReportDocument, Table
from bot.operations.reports.words import cell_words, value_words
from bot.texts import load_texts

_NAME_CHARS = 44
_NOTE_CHARS = 100


def plain_table(document: ReportDocument) -> str:
    texts = load_texts(document.language)
    lines = [document.title, document.place, document.period_words, *([document.demo] if document.demo else []), ""]
    width = max(len(fact.label) for fact in document.facts)
    lines += [f"{_padded(fact.label, width)}  {value_words(texts, fact.kind, fact.value)}" for fact in document.facts]
    lines += ["", *_table_lines(document.table or document.trend, document.language), ""]
    for note in document.notes:
        lines += textwrap.wrap(note, _NOTE_CHARS)
    return "\n".join(lines)


def _table_lines(table: Table, language: str) -> Iterator[str]:
    """Only the columns that have a short heading."""
    texts = load_texts(language)
    shown = [place for place, column in enumerate(table.columns) if column.short]
    heads = [table.columns[place].short for place in shown]
    rows = [[cell_words(texts, table.columns[place], row[place]) for place in shown] for row in table.rows]
    cells = [[_cut(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(_width(row[place]) for row in cells) for place in range(len(shown))]
    is_number = [table.columns[place].kind is not Kind.TEXT for place in shown]
    yield table.title
    for number, row in enumerate(cells):
        yield _line(row, widths, is_number)
        if number == 0:
            yield "  ".join("─" * width for width in widths)


def _line(row: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    cells = zip(row, widths, is_number, strict=True)
    return "  ".join(_padded(cell, width, is_right=right) for cell, width, right in cells).rstrip()


def _cut(cell: str) -> str:
    plain = " ".join(normalize("NFC", cell).split())
    return plain if len(plain) <= _NAME_CHARS else f"{plain[: _NAME_CHARS - 1]}…"


def _padded(cell: str, width: int, *, is_right: bool = False) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if is_right else cell + blanks


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
