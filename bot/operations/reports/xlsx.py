"""XLSX: real numbers, so that it can be counted on with; a sheet for each part, ready to print."""

from __future__ import annotations

import io
from fractions import Fraction
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.operations.reports.model import Kind, ReportDocument, Table, Value
from bot.operations.reports.office_files import dated, put_text
from bot.texts import Texts, load_texts

_FORMATS = {Kind.COUNT: "#,##0", Kind.SHARE: "0.00%", Kind.LOW: "0.00%", Kind.HIGH: "0.00%", Kind.POINTS: "+0.0;-0.0;0"}
_WIDTHS = {Kind.TEXT: 16.0, Kind.COUNT: 12.0}
_USUAL_WIDTH = 13.0
_NAME_WIDTH, _LABEL_WIDTH, _VALUE_WIDTH, _TEXT_WIDTH = 48.0, 60.0, 28.0, 100.0
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_HEAD = PatternFill("solid", fgColor="FFD9E2EC")
_LINE = Border(bottom=Side(style="thin"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
# Shares are kept to the second place of a percentage, rounded as they are written elsewhere.
_PLACES = 10_000


def xlsx(document: ReportDocument) -> bytes:
    texts = load_texts(document.language)
    book = Workbook()
    book.properties.title = document.title
    book.properties.creator = document.made
    # Without a zone: the file's own times are in UTC.
    book.properties.created = book.properties.modified = document.made_at.replace(tzinfo=None)
    summary = book.worksheets[0]
    summary.title = texts.get("report.sheet.summary")
    _write_summary(summary, document, texts)
    if document.table is not None:
        _write_table(book.create_sheet(texts.get("report.sheet.table")), document, document.table, texts)
    _write_table(book.create_sheet(texts.get("report.sheet.trend")), document, document.trend, texts)
    _write_definitions(book.create_sheet(texts.get("report.sheet.definitions")), document)
    out = io.BytesIO()
    book.save(out)
    return dated(out.getvalue(), document.made_at)


def _write_summary(sheet: Worksheet, document: ReportDocument, texts: Texts) -> None:
    at = _write_heading(sheet, document, document.title)
    for place, fact in enumerate(document.facts, start=at):
        _put(sheet, place, 1, fact.label).alignment = _WRAPPED
        _put(sheet, place, 2, _shown(fact.value, texts), fact.kind)
        sheet.cell(place, 2).alignment = Alignment(horizontal="right", wrap_text=True, vertical="top")
    at += len(document.facts) + 1
    for place, note in enumerate(document.notes, start=at):
        _put(sheet, place, 1, note).alignment = _WRAPPED
        sheet.merge_cells(start_row=place, start_column=1, end_row=place, end_column=2)
        sheet.row_dimensions[place].height = 30
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _LABEL_WIDTH, _VALUE_WIDTH
    _ready_to_print(sheet, document, is_wide=False)


def _write_table(sheet: Worksheet, document: ReportDocument, table: Table, texts: Texts) -> None:
    head = _write_heading(sheet, document, table.title)
    for place, column in enumerate(table.columns, start=1):
        cell = _put(sheet, head, place, column.heading)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _LINE, _CENTRED
        width = _NAME_WIDTH if place == 1 else _WIDTHS.get(column.kind, _USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, row in enumerate(table.rows, start=head + 1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            _put(sheet, line, place, _shown(value, texts) if column.id == "share" else value, column.kind)
        sheet.cell(line, 1).alignment = _WRAPPED
    sheet.freeze_panes = sheet.cell(head + 1, 2).coordinate
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A{head}:{last}{head + len(table.rows)}"
    sheet.print_title_rows = f"{head}:{head}"
    _ready_to_print(sheet, document, is_wide=True)


def _write_definitions(sheet: Worksheet, document: ReportDocument) -> None:
    head = _write_heading(sheet, document, sheet.title)
    for place, (term, meaning) in enumerate(document.definitions, start=head):
        _put(sheet, place, 1, term).font = _BOLD
        _put(sheet, place, 2, meaning).alignment = _WRAPPED
        sheet.cell(place, 1).alignment = _WRAPPED
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34.0, _TEXT_WIDTH
    _ready_to_print(sheet, document, is_wide=True)


def _write_heading(sheet: Worksheet, document: ReportDocument, title: str) -> int:
    """What stands above every sheet. Returns the first row below."""
    _put(sheet, 1, 1, title).font = _TITLE
    lines = [document.place, document.period_words, document.made]
    for place, line in enumerate([*lines, *([document.demo] if document.demo else [])], start=2):
        _put(sheet, place, 1, line).font = _BOLD if line == document.demo else Font()
    return 3 + len(lines) + bool(document.demo)


def _put(sheet: Worksheet, line: int, place: int, value: Value, kind: Kind = Kind.TEXT) -> Cell:
    cell = sheet.cell(line, place)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is inside a merged cell")
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value if isinstance(value, int) else _number(value, kind)
        cell.number_format = _FORMATS.get(kind, "General")
    return cell


def _shown(value: Value, texts: Texts) -> Value:
    """No data is said in words where it would be taken for nothing at all."""
    return texts.get("report.none") if value is None else value


def _number(value: Fraction, kind: Kind) -> float:
    if kind is Kind.POINTS:
        return float(round(value, 1))
    scaled = value * _PLACES
    return (ceil(scaled) if kind is Kind.HIGH else int(scaled)) / _PLACES


def _ready_to_print(sheet: Worksheet, document: ReportDocument, *, is_wide: bool) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # What a header takes for a command begins with an ampersand.
    if document.demo:
        sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(document.demo.replace("&", "&&")))
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(document.period_words.replace("&", "&&")), right=_HeaderFooterPart("&P / &N")
    )
