"""A table on the pages of a PDF. The library's own takes ten times as long for two thousand rows of short cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue

_LINE = 4.4
"""Millimetres from one line to the next."""
_HEAD_FILL = (217, 226, 236)
_RULE = 0.1
_AFTER_BAND = 3


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its heading, how wide it is (in millimetres), and whether its cells are numbers."""

    heading: str
    width: float
    is_number: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A row of one cell over all columns, in bold: what the rows below it are of."""

    words: str


def write_table(
    pages: FPDF,
    font: str,
    size: float,
    lanes: Sequence[Lane],
    rows: Iterable[Sequence[str] | Band],
    *,
    is_ruled: bool = False,
) -> None:
    """Below what is written; the headings stand on every page. `is_ruled`: with lines between the columns as well.

    Leaves the font as it was told.
    """
    _write_head(pages, font, size, lanes, is_ruled=is_ruled)
    for row in rows:
        if isinstance(row, Band):
            _write_band(pages, font, size, lanes, row.words, is_ruled=is_ruled)
            continue
        lines = _lines(pages, lanes, row)
        if pages.will_page_break(_height(lines)):
            pages.add_page()
            _write_head(pages, font, size, lanes, is_ruled=is_ruled)
        _write_row(pages, lanes, lines, is_head=False, is_ruled=is_ruled)


def _write_band(pages: FPDF, font: str, size: float, lanes: Sequence[Lane], words: str, *, is_ruled: bool) -> None:
    whole = [Lane("", sum(lane.width for lane in lanes), is_number=False)]
    pages.set_font(font, "B", size)
    lines = _lines(pages, whole, [words])
    # Nor does it stand alone at the foot of a page.
    if pages.will_page_break(_height(lines) + _AFTER_BAND * _LINE):
        pages.add_page()
        _write_head(pages, font, size, lanes, is_ruled=is_ruled)
        pages.set_font(font, "B", size)
    _write_row(pages, whole, lines, is_head=False, is_ruled=is_ruled)
    pages.set_font(font, "", size)


def _write_head(pages: FPDF, font: str, size: float, lanes: Sequence[Lane], *, is_ruled: bool) -> None:
    pages.set_font(font, "B", size)
    lines = _lines(pages, lanes, [lane.heading for lane in lanes])
    # A heading alone at the foot of a page would be of nothing.
    if pages.will_page_break(_height(lines) + 2 * _LINE):
        pages.add_page()
        pages.set_font(font, "B", size)
    pages.set_fill_color(*_HEAD_FILL)
    pages.rect(pages.l_margin, pages.y, sum(lane.width for lane in lanes), _height(lines), style="F")
    _write_row(pages, lanes, lines, is_head=True, is_ruled=is_ruled)
    pages.set_font(font, "", size)


def _write_row(
    pages: FPDF, lanes: Sequence[Lane], lines: Sequence[Sequence[str]], *, is_head: bool, is_ruled: bool
) -> None:
    top, left = pages.y, pages.l_margin
    for lane, cell in zip(lanes, lines, strict=True):
        align = Align.R if lane.is_number else Align.L
        for place, line in enumerate(cell):
            pages.set_xy(left, top + place * _LINE)
            pages.cell(lane.width, _LINE, line, align=align)
        left += lane.width
    bottom = top + _height(lines)
    pages.set_line_width(_RULE * (3 if is_head else 1))
    pages.line(pages.l_margin, bottom, left, bottom)
    if is_ruled:
        pages.set_line_width(_RULE)
        edges = accumulate((lane.width for lane in lanes), initial=pages.l_margin)
        for edge in edges:
            pages.line(edge, top, edge, bottom)
        if is_head:
            pages.line(pages.l_margin, top, left, top)
    pages.set_xy(pages.l_margin, bottom)


def _lines(pages: FPDF, lanes: Sequence[Lane], cells: Sequence[str]) -> list[list[str]]:
    """Each cell, broken where it is too long for its column."""
    return [_broken(pages, cell, lane.width) for lane, cell in zip(lanes, cells, strict=True)]


def _broken(pages: FPDF, cell: str, width: float) -> list[str]:
    if "\n" not in cell and pages.get_string_width(cell) <= width - 2 * pages.c_margin:
        return [cell]
    lines = pages.multi_cell(width, _LINE, cell, dry_run=True, output=MethodReturnValue.LINES)
    return [str(line) for line in lines] if isinstance(lines, list) else [cell]


def _height(lines: Sequence[Sequence[str]]) -> float:
    return _LINE * max(len(cell) for cell in lines)
