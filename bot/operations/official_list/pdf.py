"""PDF on A4 across: an appendix begins a page, the headings stand on each, and so does its number."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import matplotlib
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.operations.official_list.model import HEAD_LINES, WIDTHS, Appendix, OfficialList
from bot.operations.reports.pdf_table import Band, Lane, write_table
from bot.texts import Texts, load_texts

_FONT = "DejaVu Serif"
"""The only font with serifs that is here, may be embedded, and has every Vietnamese letter."""
_MARGIN = 14.0
_WIDTH = 297.0 - 2 * _MARGIN
_SIZE = 8.0


class _Pages(FPDF):
    def __init__(self, texts: Texts) -> None:
        super().__init__(orientation="landscape", format="A4")
        self._texts = texts
        fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        self.add_font(_FONT, "", fonts / "DejaVuSerif.ttf")
        self.add_font(_FONT, "B", fonts / "DejaVuSerif-Bold.ttf")
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, 16)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(_FONT, "", 7.5)
        page = self._texts.get("official_list.page", page=self.page_no(), pages=self.str_alias_nb_pages)
        self.cell(0, 4, page, align="C")


def pdf(listed: OfficialList) -> bytes:
    """The same list gives the same file."""
    # It tells of each table of a font, at length.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    texts = load_texts()
    pages = _Pages(texts)
    pages.set_title(listed.title)
    pages.set_lang(texts.language)
    pages.set_creation_date(datetime.combine(listed.as_of, time(), UTC))
    for appendix in listed.appendices:
        _write(pages, listed.columns, appendix)
    return bytes(pages.output())


def _write(pages: _Pages, columns: Sequence[str], appendix: Appendix) -> None:
    pages.add_page()
    pages.start_section(appendix.sheet)
    for line, words in enumerate(appendix.heading):
        _line(pages, words, 12 if line < HEAD_LINES else 9, is_bold=line < HEAD_LINES)
    pages.ln(3)
    lanes = [
        Lane(heading, _WIDTH * share, is_number=place == 0)
        for place, (heading, share) in enumerate(zip(columns, WIDTHS, strict=True))
    ]
    write_table(pages, _FONT, _SIZE, lanes, _rows(appendix), is_ruled=True)
    pages.ln(2)
    for words in appendix.notes:
        pages.set_font(_FONT, "", _SIZE)
        pages.multi_cell(0, 4, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def _rows(appendix: Appendix) -> Iterator[Sequence[str] | Band]:
    for section in appendix.sections:
        yield Band(section.title)
        for row in section.rows:
            yield row.cells


def _line(pages: _Pages, words: str, size: float, *, is_bold: bool) -> None:
    pages.set_font(_FONT, "B" if is_bold else "", size)
    pages.multi_cell(0, size * 0.5, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="C")
