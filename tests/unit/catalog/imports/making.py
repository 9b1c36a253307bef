"""Published files as they come, made here: workbooks, documents and PDFs with tables, with their quirks."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
import matplotlib
from docx.table import Table
from fpdf import FPDF
from fpdf.fonts import FontFace, TTFFont
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]

FONTS = Path(matplotlib.get_data_path(), "fonts", "ttf")

PORTAL_HEAD = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ DVC", "Ghi chú")
DECISION_HEAD = ("STT", "Mã thủ tục", "Tên thủ tục hành chính", "Cơ quan giải quyết")


def workbook(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook; `merged`: the merged ranges by sheet."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(title, ()):
            sheet.merge_cells(cells)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def portal_export() -> bytes:
    """As the national portal exports it: a merged banner, headings in row 2, several agencies in a cell, dirt."""
    rows = (
        ("DANH SÁCH THỦ TỤC HÀNH CHÍNH", *[None] * 6),
        PORTAL_HEAD,
        (
            1,
            "1.900001",
            "Thủ tục đăng ký khai sinh",
            "Hộ tịch",
            "UBND xã An Mẫu\nUBND phường Bình Mẫu",
            "Toàn trình",
            "",
        ),
        (2, " 1.900003\t", "  Ta\u0301ch  thu\u031b\u0309a đất\u00a0", "Đất đai", None, "Một phần", "mới"),
    )
    return workbook({"Danh sách": rows}, {"Danh sách": ["A1:G1"]})


def document() -> docx.document.Document:
    return docx.Document()


def written(made: docx.document.Document) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def add_table(made: docx.document.Document, rows: Sequence[Sequence[str]]) -> Table:
    table: Table = made.add_table(rows=len(rows), cols=max(map(len, rows)))
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
    return table


def merge(table: Table, first: tuple[int, int], last: tuple[int, int], text: str) -> None:
    """Merges the cells from `first` to `last` (row, column; from 0); all of them say `text` then."""
    cell = table.cell(*first).merge(table.cell(*last))
    cell.text = text


def pdf_with(
    tables: Sequence[tuple[str, Sequence[Sequence[str | None]]]],
    widths: Sequence[int] = (12, 28, 90, 50),
    *,
    repeats: bool = True,
) -> FPDF:
    """A PDF with tables, each under its title. None: the cell to the left covers it. `repeats`: heads on each page."""
    made = blank_pdf()
    made.add_page()
    for title, rows in tables:
        if title:
            made.multi_cell(0, 6, title, new_x="LMARGIN", new_y="NEXT")
        head = {"num_heading_rows": 1, "headings_style": FontFace(emphasis="")} if repeats else {"num_heading_rows": 0}
        with made.table(col_widths=tuple(widths), first_row_as_headings=repeats, **head) as table:
            for row in rows:
                line = table.row()
                for place, cell in enumerate(row):
                    if cell is not None:
                        span = next((n for n, c in enumerate(row[place + 1 :]) if c is not None), len(row) - place - 1)
                        line.cell(cell, colspan=span + 1)
    return made


def blank_pdf() -> FPDF:
    """A PDF without a page, with a font that has Vietnamese letters."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    made = FPDF()
    made.add_font("DejaVu", "", FONTS / "DejaVuSans.ttf")
    made.set_font("DejaVu", size=10)
    return made


def output(made: FPDF) -> bytes:
    content = bytes(made.output())
    for font in made.fonts.values():
        # fpdf2 leaves the font's file open, of which Python complains.
        if isinstance(font, TTFFont):
            font.ttfont.close()
    return content


def repacked(content: bytes, replaced: Mapping[str, bytes]) -> bytes:
    """The same archive with other members in their places, or more of them."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, replaced.get(name, source.read(name)))
        for name in replaced.keys() - set(source.namelist()):
            made.writestr(name, replaced[name])
    return target.getvalue()
