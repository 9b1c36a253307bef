"""The same report in every kind of file: all of it is there, as it is meant, and the same each time."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from bot.operations.reports.csv_table import csv_table
from bot.operations.reports.json_file import json_file
from bot.operations.reports.model import ReportDocument, ReportFormat
from bot.operations.reports.pdf import pdf
from bot.operations.reports.plain_table import plain_table
from bot.operations.reports.writing import write_document
from bot.operations.reports.xlsx import xlsx
from bot.ratings.charts.draw import draw
from bot.ratings.charts.model import Format
from bot.texts import load_texts
from tests.unit.operations.reports.samples import document, empty, made_up

EXPECTED = Path(__file__).parent / "expected"
HEADING = [
    "Tỉnh Mẫu",
    "Kỳ báo cáo tháng 10/2026 (15/9/2026 – 14/10/2026)",
    "Lập lúc 09:05 ngày 20/10/2026. Người lập: Bà Lan.",
]
DEMO = "Toàn bộ là dữ liệu trình diễn, không phải số liệu thật."


def expected(name: str) -> str:
    return (EXPECTED / name).read_text(encoding="utf-8")


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def book_of(of: ReportDocument) -> Workbook:
    return load_workbook(io.BytesIO(xlsx(of)))


def rows_of(book: Workbook, sheet: str) -> list[list[object]]:
    """Without the empty cells at the ends of rows."""
    rows: list[list[object]] = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


def printed_above(sheet: Worksheet) -> str | None:
    header = sheet.oddHeader
    return None if header is None else header.center.text


@pytest.mark.parametrize("form", ReportFormat)
def test_the_same_report_gives_the_same_file(form: ReportFormat) -> None:
    assert write_document(document(), form) == write_document(document(), form)


def test_an_xlsx_has_the_time_of_the_report_and_not_of_the_clock() -> None:
    made = xlsx(document())
    with ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 10, 20, 2, 5, 0)}
    properties = load_workbook(io.BytesIO(made)).properties
    assert (properties.created, properties.modified) == (datetime(2026, 10, 20, 2, 5),) * 2  # noqa: DTZ001 - UTC
    assert (properties.title, properties.creator) == (document().title, document().made)


def test_a_table_in_the_terminal() -> None:
    assert plain_table(document()) + "\n" == expected("report.txt")
    assert plain_table(empty()) + "\n" == expected("empty.txt")


def test_a_pdf_says_all_of_it() -> None:
    assert "\f".join(pages(pdf(document()))) + "\n" == expected("report.pdf.txt")


def test_a_pdf_is_marked_on_every_page_where_it_is_made_up() -> None:
    found = pages(pdf(made_up()))
    assert [page.splitlines()[0] for page in found] == [DEMO] * len(found)
    assert [page.splitlines()[-1].rpartition(") ")[2] for page in found] == [
        f"Trang {page} trong {len(found)}" for page in range(1, len(found) + 1)
    ]


def test_a_pdf_is_a4_with_its_own_letters_and_three_pictures() -> None:
    reader = PdfReader(io.BytesIO(pdf(document())))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    fonts = set(re.findall(rb"/BaseFont /[A-Z]+\+(\w+)", pdf(document())))
    assert (fonts, pdf(document()).count(b"/FontFile2")) == ({b"DejaVuSansBook", b"DejaVuSansBold"}, 2)
    assert [len(page.images) for page in reader.pages if page.images] == [1, 1, 1]
    information = reader.metadata
    assert information is not None
    assert (information.title, information.author) == (document().title, document().made)


def test_a_csv_for_spreadsheets() -> None:
    made = csv_table(document())
    assert made.decode("utf-8-sig") == expected("report.csv").replace("\n", "\r\n")
    assert made.startswith(b"\xef\xbb\xbf")


def test_no_cell_of_a_csv_is_run_as_a_formula() -> None:
    lines = list(csv.reader(io.StringIO(csv_table(document()).decode("utf-8-sig")), delimiter=";"))
    assert [cell for line in lines for cell in line if cell[:1] in {"=", "+", "-", "@"}] == []
    assert lines[2][2] == "'=cmd|'/C calc'!A0"


def test_a_csv_of_made_up_figures_says_so_on_every_line() -> None:
    lines = list(csv.reader(io.StringIO(csv_table(made_up()).decode("utf-8-sig")), delimiter=";"))
    assert [line[-1] for line in lines] == ["Ghi chú", DEMO, DEMO, DEMO]


def test_json_for_programs() -> None:
    made = json_file(document())
    assert json.loads(made) == json.loads(expected("report.json"))
    assert json.loads(json_file(made_up()))["is_demonstration"] is True


def test_the_picture_is_that_of_the_table_or_of_the_whole() -> None:
    report, texts = document(), load_texts()
    assert report.bars is not None
    assert write_document(report, ReportFormat.PNG) == draw(report.bars, Format.PNG, texts)


def test_an_xlsx_has_a_sheet_for_each_part() -> None:
    book = book_of(document())
    assert book.sheetnames == ["Tổng quan", "Bảng số liệu", "Theo tháng", "Định nghĩa"]
    assert rows_of(book, "Tổng quan") == [
        ["Báo cáo mức độ hài lòng khi dùng dịch vụ công trực tuyến"],
        *([line] for line in HEADING),
        [],
        ["Số phiếu được tính", 399],
        ["Số phiếu “Rất hài lòng”", 275],
        ["Số phiếu “Hài lòng”", 104],
        ["Số phiếu “Chưa hài lòng”", 20],
        ["Tỷ lệ hài lòng", 0.9498],
        ["Khoảng tin cậy 95%, từ", 0.9238],
        ["Khoảng tin cậy 95%, đến", 0.9674],
        ["Mục tiêu", 0.95],
        ["Nguồn của mục tiêu", "KH 457/KH-UBND 20/8/2025"],
        ["So với mục tiêu", "chưa đạt"],
        ["Mức chắc chắn", "sát ngưỡng"],
        ["Số phiếu hài lòng cần thêm để đạt mục tiêu", 1],
        ["Số lượt hỏi", 824],
        ["Số lượt trả lời", 412],
        ["Tỷ lệ trả lời", 0.5],
        ["Trong số được tính: có người hỗ trợ khi đánh giá", 2],
        ["Tỷ lệ hài lòng của phần có người hỗ trợ", 1],
        ["Trong số được tính: bị đánh dấu để xem lại", 3],
        ["Để riêng theo quy tắc, không tính", 7],
        ["Nộp tại quầy, không tính", 5],
        ["Tỷ lệ hài lòng của người nộp tại quầy", 0.8],
        ["Nhờ người nộp, không tính", 1],
        ["Tỷ lệ hài lòng của người nhờ nộp", 0],
        ["Trả lời theo thang khác, không tính", 3],
        ["Thay đổi so với kỳ trước (điểm phần trăm)", 0.4],
        ["Thay đổi đó", "có thể do ngẫu nhiên"],
        [],
        *([note] for note in document().notes),
    ]
    assert rows_of(book, "Định nghĩa") == [
        ["Định nghĩa"],
        *([line] for line in HEADING),
        [],
        *(list(definition) for definition in document().definitions),
    ]


def test_the_table_of_an_xlsx_has_real_numbers() -> None:
    book = book_of(document())
    head = [column.heading for column in document().trend.columns]
    assert rows_of(book, "Bảng số liệu")[5:] == [
        ["Cơ quan", "Mã", *head[1:]],
        *[
            [
                *("Sở Mẫu", "H27.01", 387, 0.9483, 0.9215, 0.9663, "chưa đạt", "sát ngưỡng", 13, 266, 101, 20, 367),
                *(800, 400, 0.5, 2, 3, 7, 4, 1, 3),
            ],
            [
                *("=cmd|'/C calc'!A0", "H27.02", 12, 1, 0.7575, 1, "chưa kết luận", "ít phiếu", 0, 9, 3, 0, 12),
                *(24, 12, 0.5, 0, 0, 0, 0, 0, 0),
            ],
            [
                *("Xã Mẫu", "H27.03", 0, "không có dữ liệu", None, None, None, None, None, 0, 0, 0, 0),
                *(0, 0, None, 0, 0, 0, 1, 0, 0),
            ],
        ],
    ]
    sheet = book["Bảng số liệu"]
    assert [sheet.cell(7, place).number_format for place in range(1, 8)] == [
        *("General", "General", "#,##0", "0.00%", "0.00%", "0.00%", "General")
    ]
    assert (sheet.cell(8, 1).data_type, sheet.cell(8, 1).quotePrefix) == ("s", True)
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("B7", "$6:$6", "A6:V9")
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)


def test_every_sheet_is_marked_where_it_is_made_up() -> None:
    book = book_of(made_up())
    assert [(sheet["A5"].value, printed_above(sheet)) for sheet in book.worksheets] == [(DEMO, DEMO)] * 4
    assert [printed_above(sheet) for sheet in book_of(document()).worksheets] == [None] * 4


def test_a_month_without_ratings_is_no_month_of_nought_percent() -> None:
    assert [row[:3] for row in rows_of(book_of(document()), "Theo tháng")[6:]] == [
        ["08/2026", 740, 0.9459],
        ["09/2026", 0, "không có dữ liệu"],
        ["10/2026", 399, 0.9498],
    ]
