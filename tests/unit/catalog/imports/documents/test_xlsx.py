"""Workbooks as they come."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.opening import read_grids
from bot.catalog.imports.model import Grid, GridRow, Note, NoteKind
from bot.errors import Unreadable, UnreadableFile
from tests.unit.catalog.imports.making import portal_export, repacked, saved, workbook

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    (grid,) = read_grids("a.xlsx", content).grids
    return [(row.number, row.cells) for row in grid.rows]


def first_sheet(book: Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def with_sheet(content: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        xml = package.read(SHEET).decode()
    assert re.search(old, xml)
    return repacked(content, {SHEET: re.sub(old, lambda _: new, xml, count=1).encode()})


def test_cells_stand_as_they_are_and_merged_ones_are_repeated() -> None:
    assert read_grids("export.xlsx", portal_export()).grids == (
        Grid(
            "export.xlsx",
            "Danh sách",
            (
                GridRow(1, ("DANH SÁCH THỦ TỤC HÀNH CHÍNH",) * 7),
                GridRow(
                    2,
                    (
                        "STT",
                        "Mã TTHC",
                        "Tên thủ tục hành chính",
                        "Lĩnh vực",
                        "Cơ quan thực hiện",
                        "Mức độ DVC",
                        "Ghi chú",
                    ),
                ),
                GridRow(
                    3,
                    (
                        "1",
                        "1.900001",
                        "Thủ tục đăng ký khai sinh",
                        "Hộ tịch",
                        "UBND xã An Mẫu\nUBND phường Bình Mẫu",
                        "Toàn trình",
                    ),
                ),
                GridRow(
                    4,
                    (
                        "2",
                        " 1.900003\t",
                        "  Ta\u0301ch  thu\u031b\u0309a đất\u00a0",
                        "Đất đai",
                        "",
                        "Một phần",
                        "mới",
                    ),
                ),
            ),
            ("Danh sách",),
        ),
    )


def test_a_cell_merged_downwards_is_repeated_too() -> None:
    content = workbook({"S": [("a", "b"), ("c", None), ("d", None), (None, None), ("e", "f")]}, {"S": ["B1:B3"]})

    assert rows_of(content) == [(1, ("a", "b")), (2, ("c", "b")), (3, ("d", "b")), (5, ("e", "f"))]


def test_numbers_are_read_as_they_are_shown() -> None:
    book = Workbook()
    sheet = first_sheet(book)
    sheet.append([1.90001, 1.900001, 12, 3.0, 1014217])
    sheet["A1"].number_format = "0.000000"

    assert rows_of(saved(book)) == [(1, ("1.900010", "1.900001", "12", "3", "1014217"))]


def test_formulas_are_not_computed_and_links_not_followed() -> None:
    book = Workbook()
    first_sheet(book).append(["a", "='[http://127.0.0.1/x.xlsx]S'!A1", "=1+1"])

    assert rows_of(saved(book)) == [(1, ("a",))]


def test_hidden_sheets_are_passed_over_and_named() -> None:
    book = load_workbook(BytesIO(workbook({"Mới": [("a",)], "Cũ": [("b",)]})))
    book["Cũ"].sheet_state = "hidden"

    document = read_grids("a.xlsx", saved(book))

    assert [grid.sheet for grid in document.grids] == ["Mới"]
    assert document.notes == (Note(NoteKind.HIDDEN_SHEET, "a.xlsx", "Cũ"),)


def test_what_is_struck_through_is_told_cell_by_cell() -> None:
    book = load_workbook(BytesIO(workbook({"S": [("a", "b", None), ("c", "d", "e")]})))
    for name in ("B1", "C1", "A2", "C2"):
        book["S"][name].font = Font(strike=True)

    (grid,) = read_grids("a.xlsx", saved(book)).grids

    assert [row.struck for row in grid.rows] == [frozenset({1}), frozenset({0, 2})]


def test_hidden_rows_and_formulas_without_values_are_told() -> None:
    book = load_workbook(BytesIO(workbook({"S": [("a", "b"), ("c", "d"), ("e", "=B1"), ("=A1", "f")]})))
    book["S"].row_dimensions[2].hidden = True
    book["S"].row_dimensions[9].hidden = True

    document = read_grids("a.xlsx", saved(book))

    assert document.grids[0].rows == (
        *(GridRow(1, ("a", "b")), GridRow(2, ("c", "d")), GridRow(3, ("e",)), GridRow(4, ("", "f"))),
    )
    assert document.notes == (
        Note(NoteKind.HIDDEN_ROWS, "a.xlsx", "S", 1),
        Note(NoteKind.NO_VALUES, "a.xlsx", "S", 2),
    )


def test_a_formula_with_its_value_is_nothing_special() -> None:
    content = with_sheet(workbook({"S": [("a", "=A1")]}), "<f>A1</f><v ?/>|<f>A1</f><v></v>", "<f>A1</f><v>7</v>")

    assert (rows_of(content), read_grids("a.xlsx", content).notes) == ([(1, ("a", "7"))], ())


@pytest.mark.parametrize("claimed", ["A1:XFD1048576", "A1", "C3:D4"])
def test_what_a_sheet_claims_of_its_size_is_not_believed(claimed: str) -> None:
    content = with_sheet(
        workbook({"S": [("a", "b"), ("c", "d")]}), 'dimension ref="[^"]*"', f'dimension ref="{claimed}"'
    )

    assert rows_of(content) == [(1, ("a", "b")), (2, ("c", "d"))]


def test_millions_of_empty_rows_and_columns_are_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = with_sheet(workbook({"S": [("a", "b")]}), "</sheetData>", far)

    assert rows_of(content) == [(1, ("a", "b"))]


@pytest.mark.parametrize(
    "wrong",
    [
        '<row r="99999999999"><c r="A1" t="n"><v>1</v></c></row>',
        '<row r="0"><c r="A1" t="n"><v>1</v></c></row>',
        '<row r="x"><c r="A1" t="n"><v>1</v></c></row>',
    ],
)
def test_places_that_no_sheet_has_are_refused(wrong: str) -> None:
    content = with_sheet(workbook({"S": [("a", "b")]}), "</sheetData>", wrong + "</sheetData>")

    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.xlsx", content)

    assert caught.value.reason is Unreadable.BROKEN


def test_merged_cells_over_each_other_are_refused_before_they_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MERGED", 1000)
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 50 + "</mergeCells>"
    content = with_sheet(workbook({"S": [("a", "b")]}), "</sheetData>", "</sheetData>" + merged)

    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.xlsx", content)

    assert caught.value.reason is Unreadable.BROKEN


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)

    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.xlsx", workbook({"S": [("a",), ("b",), ("c",)]}))

    assert str(caught.value) == "a.xlsx: sheet 'S' has more than 2 rows. Split it into several files."


def test_progress_knows_all_rows_from_the_start() -> None:
    calls: list[tuple[int, int | None]] = []

    read_grids("a.xlsx", workbook({"S": [(number,) for number in range(1200)]}), lambda *told: calls.append(told))

    assert calls == [(500, 1200), (1000, 1200), (1200, 1200)]
