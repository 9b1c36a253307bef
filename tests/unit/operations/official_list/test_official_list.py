"""The printed list: what stands in it, as a whole; and that each file holds just that, and can be imported again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.catalog.editorial import Editorial, Hiding
from bot.catalog.imports.findings import NO_ANSWERS, examine
from bot.catalog.imports.reading import read_files
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue, Procedure, Removal, Tier
from bot.operations.official_list.compose import official_list, roman
from bot.operations.official_list.files import file_name, list_file, write_list
from bot.operations.official_list.model import Appendix, Heading, ListFormat, ListRow, OfficialList, Section, TierChoice
from tests.unit.catalog.conftest import SECOND_PROVINCE
from tests.unit.shipped import shipped_catalogue

CATALOGUE = load_catalogue(SECOND_PROVINCE)
HEADING = Heading("12/QĐ-UBND", date(2026, 11, 2))
COLUMNS = ("STT", "Tên thủ tục hành chính", "Mã thủ tục", "Cơ quan thực hiện", "Mức độ", "Ghi chú")
COPY = "CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH (CẤP XÃ)"
PROVINCE = Appendix(
    Tier.PROVINCE,
    "Cấp tỉnh",
    (
        "PHỤ LỤC I",
        "DANH MỤC DỊCH VỤ CÔNG TRỰC TUYẾN CẤP TỈNH",
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 2/11/2026)",
        f"Danh mục của tỉnh Mẫu. Dữ liệu ngày 3/10/2026. Phiên bản {CATALOGUE.version}. Số dòng: 2, số thủ tục: 2.",
    ),
    (
        Section(
            "I. Lĩnh vực Đất đai",
            (ListRow(1, "Tách thửa hoặc hợp thửa đất", "1.900003", "Sở Nông nghiệp và Môi trường", "Một phần", ""),),
        ),
        Section(
            "II. Lĩnh vực Hộ tịch",
            (ListRow(2, COPY, "1.900002", "Ủy ban nhân dân tỉnh Mẫu", "Toàn trình", ""),),
        ),
    ),
    (),
)
COMMUNE = Appendix(
    Tier.COMMUNE,
    "Cấp xã",
    (
        "PHỤ LỤC II",
        "DANH MỤC DỊCH VỤ CÔNG TRỰC TUYẾN CẤP XÃ",
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 2/11/2026)",
        f"Danh mục của tỉnh Mẫu. Dữ liệu ngày 3/10/2026. Phiên bản {CATALOGUE.version}. Số dòng: 3, số thủ tục: 2.",
    ),
    (
        Section(
            "I. Lĩnh vực Hộ tịch",
            (
                ListRow(1, COPY, "1.900002", "Ủy ban nhân dân phường Bình Mẫu", "Toàn trình", ""),
                ListRow(2, COPY, "1.900002", "Ủy ban nhân dân xã, phường (2)", "Một phần", "Thử nghiệm"),
                ListRow(3, "Thủ tục đăng ký khai sinh", "1.900001", "Ủy ban nhân dân xã, phường (2)", "Toàn trình", ""),
            ),
        ),
    ),
    (),
)


def listed(choice: TierChoice = TierChoice.ALL, heading: Heading = HEADING) -> OfficialList:
    return official_list(CATALOGUE, choice, heading)


def test_where_editors_hide_it_no_level_is_printed() -> None:
    def rows(*hidings: Hiding) -> list[ListRow]:
        data = replace(CATALOGUE, editorial=Editorial(hidings=hidings))
        appendices = official_list(data, TierChoice.ALL, HEADING).appendices
        return [row for appendix in appendices for section in appendix.sections for row in section.rows]

    birth = Hiding("1.900001", "Danh mục mới ghi khác.", date(2026, 11, 22))
    one = ListRow(3, "Thủ tục đăng ký khai sinh", "1.900001", "Ủy ban nhân dân xã, phường (2)", "Toàn trình", "")
    assert rows()[-1] == one
    assert rows(birth)[-1] == replace(one, level="Đang được kiểm tra lại")
    at_one = replace(birth, agency="H99.101")
    assert rows(at_one)[-2:] == [
        replace(one, agencies="Ủy ban nhân dân phường Bình Mẫu"),
        replace(one, number=4, agencies="Ủy ban nhân dân xã An Mẫu", level="Đang được kiểm tra lại"),
    ]


def table_of(appendix: Appendix) -> list[list[str]]:
    """The whole table, a section's row with its title first and nothing behind it."""
    rows = [list(COLUMNS)]
    for section in appendix.sections:
        rows.append([section.title, *[""] * (len(COLUMNS) - 1)])
        rows.extend(list(row.cells) for row in section.rows)
    return rows


def test_the_whole_list() -> None:
    assert listed() == OfficialList(
        "Danh mục dịch vụ công trực tuyến của tỉnh Mẫu", date(2026, 10, 3), COLUMNS, (PROVINCE, COMMUNE)
    )
    assert listed(TierChoice.COMMUNE).appendices == (COMMUNE,)
    assert listed(TierChoice.OTHER).appendices == ()
    assert list_file(CATALOGUE, TierChoice.OTHER, ListFormat.PDF, HEADING) is None


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        (Heading(), None),
        (Heading("12/QĐ-UBND"), "(Kèm theo Quyết định số 12/QĐ-UBND)"),
        (Heading("", date(2026, 11, 2)), "(Ngày 2/11/2026)"),
    ],
)
def test_the_decision_as_far_as_it_is_known(heading: Heading, line: str | None) -> None:
    above = listed(TierChoice.COMMUNE, heading).appendices[0].heading
    assert above == tuple(filter(None, (*COMMUNE.heading[:2], line, COMMUNE.heading[3])))


def test_what_left_the_list_and_fields_that_nobody_published() -> None:
    def changed(procedure: Procedure) -> Procedure:
        if procedure.code == "1.900001":
            return replace(procedure, removal=Removal(date(2026, 11, 2), ""))
        return replace(procedure, field_is_official=False, name="  CẤP \n bản  sao ")

    procedures = {code: changed(procedure) for code, procedure in CATALOGUE.procedures.items()}
    appendix = official_list(replace(CATALOGUE, procedures=procedures), TierChoice.COMMUNE, HEADING).appendices[0]
    assert [(row.code, row.name, row.note) for section in appendix.sections for row in section.rows] == [
        ("1.900002", "CẤP bản sao", "Lĩnh vực tạm xếp"),
        ("1.900002", "CẤP bản sao", "Thử nghiệm; Lĩnh vực tạm xếp"),
    ]
    assert appendix.notes == ("Lĩnh vực tạm xếp: danh mục công bố không ghi lĩnh vực của thủ tục này.",)


def test_numbers_in_roman_letters() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 88, 99, 134)] == [
        *("I", "IV", "IX", "XIV", "XL", "LXXXVIII", "XCIX", "CXXXIV")
    ]


def test_the_workbook_holds_it() -> None:
    book = load_workbook(io.BytesIO(write_list(listed(), ListFormat.XLSX)))
    assert book.sheetnames == ["Cấp tỉnh", "Cấp xã"]
    for sheet, appendix in zip(book.worksheets, (PROVINCE, COMMUNE), strict=True):
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert [row[0] for row in rows[: len(appendix.heading)]] == list(appendix.heading)
        assert rows[len(appendix.heading) + 1 :] == table_of(appendix)
        head = len(appendix.heading) + 2
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == (f"${head}:${head}", "landscape")


def test_no_cell_is_a_formula() -> None:
    procedures = {code: replace(procedure, name='=HYPERLINK("x")') for code, procedure in CATALOGUE.procedures.items()}
    made = list_file(replace(CATALOGUE, procedures=procedures), TierChoice.COMMUNE, ListFormat.XLSX, HEADING)
    assert made is not None
    cells = [cell for row in load_workbook(io.BytesIO(made)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == '=HYPERLINK("x")'} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_document_holds_it() -> None:
    document = Document(io.BytesIO(write_list(listed(), ListFormat.DOCX)))
    assert [p.text for p in document.paragraphs if p.text] == [*PROVINCE.heading, *COMMUNE.heading]
    for table, appendix in zip(document.tables, (PROVINCE, COMMUNE), strict=True):
        rows = []
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            # A merged cell is given once for each column it spans.
            rows.append(cells if len(set(cells)) > 1 else [cells[0], *[""] * (len(COLUMNS) - 1)])
        assert rows == table_of(appendix)
        heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert heads == [True] + [False] * (len(rows) - 1)
    section = document.sections[0]
    assert (section.page_width, section.page_height) > (section.page_height, section.page_height)
    assert 'w:instr="PAGE"' in section.footer._element.xml


def test_the_pages_hold_it() -> None:
    made = write_list(listed(), ListFormat.PDF)
    with pdfplumber.open(io.BytesIO(made)) as pages:
        assert len(pages.pages) == 2
        for page, appendix in zip(pages.pages, (PROVINCE, COMMUNE), strict=True):
            rows = [[(cell or "").replace("\n", " ") for cell in row] for row in page.extract_table() or []]
            assert rows == table_of(appendix)
            assert (page.extract_text() or "").split("\n")[:2] == list(appendix.heading[:2])
    assert [page.extract_text().split("\n")[-1] for page in PdfReader(io.BytesIO(made)).pages] == [
        *("Trang 1/2", "Trang 2/2")
    ]


@pytest.mark.parametrize("form", ListFormat)
def test_the_same_list_gives_the_same_file(form: ListFormat) -> None:
    assert write_list(listed(), form) == write_list(listed(), form)


@pytest.mark.parametrize("form", ListFormat)
def test_what_was_printed_is_imported_without_a_question(form: ListFormat) -> None:
    assert questions(CATALOGUE, form) == []


@pytest.mark.parametrize("form", [ListFormat.XLSX, ListFormat.DOCX])
def test_so_is_the_shipped_list(form: ListFormat) -> None:
    assert questions(shipped_catalogue(), form) == []


def questions(catalogue: Catalogue, form: ListFormat) -> list[object]:
    """What an editor would be asked if the printed list were the newly published one."""
    made = list_file(catalogue, TierChoice.ALL, form, HEADING)
    assert made is not None
    files: Mapping[str, bytes] = {f"list.{form}": made}
    reading = read_files(files)
    assert len(reading.rows) == sum(a.rows for a in official_list(catalogue, TierChoice.ALL, HEADING).appendices)
    return list(examine(catalogue, reading, True, NO_ANSWERS).findings)


def test_the_file_s_name() -> None:
    assert file_name(CATALOGUE, TierChoice.COMMUNE, ListFormat.DOCX) == "danh-muc-h99-commune-2026-10-03.docx"
