"""PDF on A4, ready to be filed: the result, the pictures, the tables and what the words mean, on numbered pages."""

from __future__ import annotations

import io

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.operations.fonts import SANS, embed
from bot.operations.reports.model import Column, Kind, ReportDocument, Table
from bot.operations.reports.pdf_table import Lane, write_table
from bot.operations.reports.words import cell_words, value_words
from bot.ratings.charts.describe import describe
from bot.ratings.charts.draw import draw
from bot.ratings.charts.model import Chart, Format
from bot.texts import Texts, load_texts

_MARGIN = 18.0
_WIDTH = 210.0 - 2 * _MARGIN
_PICTURE_WIDTH = 130.0
_GREY = (90, 90, 90)
_TABLE_SIZE = 7.5
_NAME_WEIGHT, _TEXT_WEIGHT = 3.0, 1.3
"""How much wider columns of words are than those of numbers; the first is of names."""


class _Pages(FPDF):
    """Every page says at its foot which it is and of which report, and at its head where the figures are made up."""

    def __init__(self, document: ReportDocument, texts: Texts) -> None:
        super().__init__(format="A4")
        self._document, self._texts = document, texts
        embed(self)
        self.set_margins(_MARGIN, 20, _MARGIN)
        self.set_auto_page_break(True, 20)

    def header(self) -> None:
        if self._document.demo:
            self.set_y(8)
            self.set_font(SANS, "B", 9)
            self.cell(0, 6, self._document.demo, border=1, align="C")
            self.set_y(20)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(SANS, "", 8)
        self.set_text_color(*_GREY)
        self.cell(0, 4, f"{self._document.place}. {self._document.period_words}", new_y=YPos.TOP)
        page = self._texts.get("report.page", page=self.page_no(), pages=self.str_alias_nb_pages)
        self.set_x(_MARGIN)
        self.cell(0, 4, page, align="R")
        self.set_text_color(0)


def pdf(document: ReportDocument) -> bytes:
    texts = load_texts(document.language)
    pages = _Pages(document, texts)
    pages.set_title(document.title)
    pages.set_subject(document.period_words)
    pages.set_author(document.made)
    pages.set_lang(document.language)
    # The same report gives the same file.
    pages.set_creation_date(document.made_at)
    pages.add_page()
    _write_title(pages, document)
    _write_picture(pages, document.standing, texts)
    _write_facts(pages, document, texts)
    _write_notes(pages, document, texts)
    pages.add_page()
    _write_picture(pages, document.months, texts)
    _write_table(pages, document.trend, texts)
    if document.bars is not None and document.table is not None:
        pages.add_page()
        _write_picture(pages, document.bars, texts)
        _write_table(pages, document.table, texts)
    pages.add_page()
    _write_definitions(pages, document, texts)
    return bytes(pages.output())


def _write_title(pages: _Pages, document: ReportDocument) -> None:
    _write(pages, document.title, 15, is_bold=True)
    _write(pages, document.place, 11, is_bold=True)
    _write(pages, document.period_words, 11)
    pages.set_text_color(*_GREY)
    _write(pages, document.made, 9)
    pages.set_text_color(0)
    pages.ln(3)


def _write_picture(pages: _Pages, chart: Chart, texts: Texts) -> None:
    """As high as it is at its width, or as what is left of a page."""
    pages.image(
        io.BytesIO(draw(chart, Format.PNG, texts)),
        x=(210.0 - _PICTURE_WIDTH) / 2,
        w=_PICTURE_WIDTH,
        h=0,
        alt_text=describe(chart, texts),
    )
    pages.ln(3)


def _write_facts(pages: _Pages, document: ReportDocument, texts: Texts) -> None:
    _write(pages, texts.get("report.pdf.summary"), 12, is_bold=True)
    pages.set_font(SANS, "", 9)
    with pages.table(
        borders_layout="HORIZONTAL_LINES",
        col_widths=(0.68, 0.32),
        first_row_as_headings=False,
        text_align=("LEFT", "RIGHT"),
        line_height=5.2,
        width=_WIDTH,
    ) as table:
        for fact in document.facts:
            table.row((fact.label, value_words(texts, fact.kind, fact.value)))
    pages.ln(3)


def _write_notes(pages: _Pages, document: ReportDocument, texts: Texts) -> None:
    _write(pages, texts.get("report.pdf.notes"), 12, is_bold=True)
    for note in document.notes:
        _write(pages, note, 9)


def _write_table(pages: _Pages, table: Table, texts: Texts) -> None:
    shown = [(place, column) for place, column in enumerate(table.columns) if column.short]
    weights = [_weight(place, column) for place, column in shown]
    lanes = [
        Lane(column.short, _WIDTH * weight / sum(weights), column.kind is not Kind.TEXT)
        for (_, column), weight in zip(shown, weights, strict=True)
    ]
    _write(pages, table.title, 12, is_bold=True)
    rows = ([cell_words(texts, column, row[place]) for place, column in shown] for row in table.rows)
    write_table(pages, SANS, _TABLE_SIZE, lanes, rows)
    pages.ln(3)


def _weight(place: int, column: Column) -> float:
    if place == 0:
        return _NAME_WEIGHT
    return _TEXT_WEIGHT if column.kind is Kind.TEXT else 1.0


def _write_definitions(pages: _Pages, document: ReportDocument, texts: Texts) -> None:
    _write(pages, texts.get("report.sheet.definitions"), 12, is_bold=True)
    for term, meaning in document.definitions:
        _write(pages, term, 9, is_bold=True)
        _write(pages, meaning, 9)
        pages.ln(1.5)


def _write(pages: _Pages, text: str, size: float, *, is_bold: bool = False) -> None:
    pages.set_font(SANS, "B" if is_bold else "", size)
    pages.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
