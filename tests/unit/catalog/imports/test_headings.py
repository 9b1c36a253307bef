"""Which column is which."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.catalog.imports.headings import Headings, find_headings, is_numbering, seen
from bot.catalog.imports.model import Column, Grid, GridRow
from bot.catalog.imports.words import EXACT_ONLY, HEADINGS, plain


def grid(*rows: Sequence[str]) -> Grid:
    return Grid("a.xlsx", "Sheet1", tuple(GridRow(number, tuple(cells)) for number, cells in enumerate(rows, 1)))


def heads(*rows: Sequence[str]) -> Headings:
    found = find_headings(grid(*rows))
    assert found is not None
    return found


def test_every_synonym_is_written_as_it_is_compared_and_means_one_thing() -> None:
    synonyms = [synonym for all_ in HEADINGS.values() for synonym in all_]

    assert [synonym for synonym in synonyms if plain(synonym) != synonym] == []
    assert len(synonyms) == len(set(synonyms))
    assert HEADINGS.keys() == set(Column)
    assert HEADINGS.keys() > EXACT_ONLY


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Mã TTHC", Column.CODE),
        ("Mã số hồ sơ TTHC", Column.CODE),
        ("Mã số\nTTHC trên Cổng Dịch vụ công quốc gia", Column.CODE),
        ("MÃ THỦ TỤC", Column.CODE),
        ("Ma\u0303 thu\u0309 tu\u0323c", Column.CODE),
        ("Mã dịch vụ công", Column.SERVICE_CODE),
        ("Lĩnh vực", Column.FIELD),
        ("Cơ quan  thực hiện ", Column.AGENCY),
        ("Cơ quan giải quyết", Column.AGENCY),
        ("Đơn vị", Column.AGENCY),
        ("Mức độ", Column.LEVEL),
        ("Mức độ DVC", Column.LEVEL),
        ("Dịch vụ công trực tuyến", Column.LEVEL),
        ("Dịch vụ công trực tuyến toàn trình", Column.FULL),
        ("Toàn trình", Column.FULL),
        ("Một phần", Column.PARTIAL),
        ("Mức độ 4", Column.OLD_FOUR),
        ("Cấp thực hiện", Column.TIER),
        ("Cấp giải quyết", Column.TIER),
        ("Cấp xã", Column.AT_COMMUNE),
        ("STT", Column.NUMBER),
        ("TT", Column.NUMBER),
        ("Ghi chú", Column.NOTE),
        ("Bộ, ngành", Column.MINISTRY),
        ("Trạng thái", Column.STATUS),
    ],
)
def test_a_heading_is_known_in_any_spelling(heading: str, column: Column) -> None:
    other = "Mã" if column is not Column.CODE else "Mã dịch vụ công"

    found = heads((heading, "Tên thủ tục hành chính", other), ("1", "Khai sinh", "1.900001"))

    assert (found.places[column], found.written[column], found.doubtful) == (0, " ".join(heading.split()), {})


@pytest.mark.parametrize(
    "heading", ["Mã số thuế", "Đơn vị tính", "Mã TTHC bị bãi bỏ", "Mức độ hài lòng", "Tên TTHC cũ", "Cơ quan phối hợp"]
)
def test_a_heading_of_something_else_is_left_alone(heading: str) -> None:
    found = heads(("Mã TTHC", "Tên TTHC", heading), ("1.900001", "Khai sinh", "9"))

    assert found == Headings(
        places={Column.CODE: 0, Column.NAME: 1},
        written={Column.CODE: "Mã TTHC", Column.NAME: "Tên TTHC"},
        ignored=(heading,),
        first=0,
        last=0,
        doubtful={},
    )


def test_banners_and_empty_rows_may_stand_above() -> None:
    found = heads(("DANH MỤC THỦ TỤC HÀNH CHÍNH",) * 3, ("", "", ""), ("Tên", "Mã", "TT"), ("A", "1.900001", "1"))

    assert (found.places, found.first, found.last) == ({Column.NAME: 0, Column.CODE: 1, Column.NUMBER: 2}, 2, 2)


@pytest.mark.parametrize("repeated", [True, False], ids=["merged", "empty"])
def test_headings_over_two_rows(*, repeated: bool) -> None:
    over = ("TT", "Mã TTHC", "Tên TTHC", "Mức độ", "Mức độ" if repeated else "", "Ghi chú")
    below = (*(over[:3] if repeated else ("", "", "")), "Toàn trình", "Một phần", over[5] if repeated else "")

    found = heads(over, below, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), ("1", "1.900001", "A", "x", "", ""))

    assert found == Headings(
        places={
            Column.NUMBER: 0, Column.CODE: 1, Column.NAME: 2, Column.FULL: 3, Column.PARTIAL: 4, Column.NOTE: 5,
        },
        written={
            Column.NUMBER: "TT", Column.CODE: "Mã TTHC", Column.NAME: "Tên TTHC",
            Column.FULL: "Mức độ / Toàn trình", Column.PARTIAL: "Mức độ / Một phần", Column.NOTE: "Ghi chú",
        },
        ignored=(),
        first=0,
        last=1,
        doubtful={},
    )  # fmt: skip


def test_old_levels_and_tiers_may_be_told_apart_below() -> None:
    found = heads(
        ("Mã", "Tên", "Mức độ", "", "Cấp thực hiện", "", ""),
        ("", "", "3", "4", "Tỉnh", "Huyện", "Xã"),
        ("1.900001", "A", "x", "", "", "x", ""),
    )

    assert (found.places, found.last) == (
        {
            Column.CODE: 0, Column.NAME: 1, Column.OLD_THREE: 2, Column.OLD_FOUR: 3,
            Column.AT_PROVINCE: 4, Column.AT_DISTRICT: 5, Column.AT_COMMUNE: 6,
        },
        1,
    )  # fmt: skip


def test_the_better_of_two_headings_is_taken_and_the_other_shown() -> None:
    found = heads(("Mã TTHC", "Tên TTHC", "Đơn vị", "Cơ quan thực hiện"), ("1.900001", "A", "B", "C"))

    assert (found.places[Column.AGENCY], found.ignored, found.doubtful) == (3, ("Đơn vị",), {})


def test_two_columns_with_one_heading_are_doubtful_only_where_they_differ() -> None:
    head = ("Mã TTHC", "Mã TTHC", "Tên")

    assert heads(head, ("1.900001", "1.900001", "A"), ("1.900002", "", "B")).doubtful == {}
    assert heads(head, ("1.900001", "1.900003", "A")).doubtful == {Column.CODE: (0, 1)}


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),),
        (("Tên thủ tục hành chính", "Lĩnh vực"), ("A", "B")),
        (("Mã TTHC", "Lĩnh vực"), ("1.900001", "B")),
    ],
)
def test_a_table_without_codes_or_names_has_no_headings(rows: tuple[tuple[str, ...], ...]) -> None:
    assert find_headings(grid(*rows)) is None


def test_what_was_seen_in_place_of_headings() -> None:
    assert seen(grid(("Bảng", "Bảng"), ("Số\nliệu", "Năm", "Năm"), ("1", "2", "3"))) == ("Số liệu", "Năm")


def test_rows_that_number_the_columns() -> None:
    assert is_numbering(("(1)", "(2)", "(3)", ""))
    assert is_numbering(("A", "B", "1", "2", "3=1+2"))
    assert not is_numbering(("1", "1.900001", "A"))
    assert not is_numbering(("1", "", "x"))
