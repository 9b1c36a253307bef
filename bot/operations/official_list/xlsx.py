"""XLSX: a sheet for each appendix, ready to print, with the headings on every page."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.operations.official_list.model import HEAD_LINES, WIDTHS, Appendix, OfficialList
from bot.operations.reports.office_files import dated, put_text

_FONT = "Times New Roman"
_SIZE = 11
_CHARS = 150
"""The width of a sheet, in characters."""
_SIDE = Side(style="thin", color="FF808080")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD = PatternFill("solid", fgColor="FFD9E2EC")
_PLAIN, _BOLD, _ITALIC = Font(_FONT, _SIZE), Font(_FONT, _SIZE, bold=True), Font(_FONT, _SIZE, italic=True)
_TITLE = Font(_FONT, 13, bold=True)
_LEFT = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_TOP_CENTRED = Alignment(wrap_text=True, vertical="top", horizontal="center")
_MIDDLE = frozenset({0, 2, 4})
"""Columns whose cells are centred: number, code, level."""


def xlsx(listed: OfficialList) -> bytes:
    at = datetime.combine(listed.as_of, time(), UTC)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = listed.title, ""
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    for appendix in listed.appendices:
        _write(book.create_sheet(appendix.sheet), listed, appendix)
    out = io.BytesIO()
    book.save(out)
    return dated(out.getvalue(), at)


def _write(sheet: Worksheet, listed: OfficialList, appendix: Appendix) -> None:
    last = len(listed.columns)
    for place, share in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = round(_CHARS * share, 1)
    line = 0
    for line, words in enumerate(appendix.heading, start=1):
        cell = _put(sheet, line, 1, words)
        cell.font, cell.alignment = (_TITLE if line <= HEAD_LINES else _ITALIC), _CENTRED
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=last)
    head = line = line + 2
    for place, column in enumerate(listed.columns, start=1):
        cell = _put(sheet, head, place, column)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _GRID, _CENTRED
    for section in appendix.sections:
        line += 1
        _band(sheet, line, last, section.title)
        for row in section.rows:
            line += 1
            for place, words in enumerate(row.cells):
                cell = _put(sheet, line, place + 1, words)
                cell.font, cell.border = _PLAIN, _GRID
                cell.alignment = _TOP_CENTRED if place in _MIDDLE else _LEFT
            number = sheet.cell(line, 1)
            number.value = row.number
    for words in appendix.notes:
        line += 1
        _put(sheet, line, 1, words).font = _ITALIC
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=last)
    sheet.freeze_panes = sheet.cell(head + 1, 1).coordinate
    sheet.print_title_rows = f"{head}:{head}"
    _ready_to_print(sheet)


def _band(sheet: Worksheet, line: int, last: int, words: str) -> None:
    for place in range(1, last + 1):
        sheet.cell(line, place).border = _GRID
    cell = _put(sheet, line, 1, words)
    cell.font, cell.alignment = _BOLD, _LEFT
    sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=last)


def _put(sheet: Worksheet, line: int, place: int, words: str) -> Cell:
    cell = sheet.cell(line, place)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is inside a merged cell")
    put_text(cell, words)
    return cell


def _ready_to_print(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P / &N"))
