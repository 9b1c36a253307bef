"""Whole files into a `Reading`: what is listed, what each table was understood as, what could not be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.imports.model import (
    Action,
    Answer,
    Column,
    Finding,
    FindingKind,
    Listed,
    ListTier,
    Note,
    NoteKind,
    Part,
    Reading,
    Spot,
)
from bot.catalog.imports.reading import describe_parts, read_files
from bot.catalog.model import OnlineLevel, Tier
from bot.errors import Unreadable, UnreadableFile
from tests.unit.catalog.imports.making import add_table, document, portal_export, workbook, written

SECOND_PROVINCE = Path(__file__).parents[3] / "fixtures" / "second_province"


def read_rows(*rows: Sequence[object]) -> Reading:
    return read_files({"a.xlsx": workbook({"Sheet1": rows})})


def short(reading: Reading) -> list[tuple[str, str, str]]:
    """Code, field, agencies of each row."""
    return [(row.code_written, row.field, "/".join(row.agencies)) for row in reading.rows]


def refusal(files: dict[str, bytes]) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_files(files)
    return caught.value


def test_the_national_portals_export() -> None:
    birth = Listed(
        spot=Spot("export.xlsx", "Danh sách", 3),
        code="1.900001",
        code_written="1.900001",
        name="Thủ tục đăng ký khai sinh",
        field="Hộ tịch",
        agencies=("UBND xã An Mẫu", "UBND phường Bình Mẫu"),
        level=OnlineLevel.FULL,
        level_written="Toàn trình",
    )
    land = Listed(
        spot=Spot("export.xlsx", "Danh sách", 4),
        code="1.900003",
        code_written="1.900003",
        name="Tách thửa đất",
        field="Đất đai",
        level=OnlineLevel.PARTIAL,
        level_written="Một phần",
    )
    columns = {
        Column.NUMBER: "STT",
        Column.CODE: "Mã TTHC",
        Column.NAME: "Tên thủ tục hành chính",
        Column.FIELD: "Lĩnh vực",
        Column.AGENCY: "Cơ quan thực hiện",
        Column.LEVEL: "Mức độ DVC",
        Column.NOTE: "Ghi chú",
    }

    reading = read_files({"export.xlsx": portal_export()})

    assert reading == Reading(
        parts=(Part("export.xlsx", "Danh sách", columns, (), ListTier.UNKNOWN, 2),),
        rows=(birth, land),
        files=("export.xlsx",),
    )
    assert describe_parts(reading.parts) == (
        (
            "export.xlsx:Danh sách: 2 rows, unknown; code ← 'Mã TTHC', name ← 'Tên thủ tục hành chính', "
            "field ← 'Lĩnh vực', agency ← 'Cơ quan thực hiện', level ← 'Mức độ DVC'; not used: 'Ghi chú'"
        ),
    )


def test_codes_stand_as_they_were_written() -> None:
    written = ("1014217", "1.0125010", "1.900001.000.00.00.H99", "1.900001.01", "5.900001", "chưa có", 1014217)
    reading = read_rows(("Mã", "Tên"), *((code, "A") for code in written))

    assert [(row.code, row.code_written, row.service_code) for row in reading.rows] == [
        (None, "1014217", ""),
        (None, "1.0125010", ""),
        ("1.900001", "1.900001.000.00.00.H99", ""),
        ("1.900001", "1.900001.01", "1.900001.01"),
        ("5.900001", "5.900001", ""),
        (None, "chưa có", ""),
        (None, "1014217", ""),
    ]


def test_levels_3_and_4_are_kept_and_never_converted() -> None:
    reading = read_rows(("Mã", "Tên", "Mức độ"), ("1.900001", "A", 4), ("1.900002", "B", "Mức độ 3"))

    assert [(row.level, row.level_written) for row in reading.rows] == [(None, "4"), (None, "Mức độ 3")]


def test_marks_under_levels() -> None:
    reading = read_rows(
        ("Mã", "Tên", "Toàn trình", "Một phần", "Mức độ 4"),
        ("1.900001", "A", "X", None, None),
        ("1.900002", "B", None, "x", "-"),
        ("1.900003", "C", "x", "x", None),
        ("1.900004", "D", None, None, "x"),
        ("1.900005", "E", "từ 2027", None, None),
        ("1.900006", "F", None, None, None),
    )

    assert [(row.level, row.level_written) for row in reading.rows] == [
        (OnlineLevel.FULL, "Toàn trình"),
        (OnlineLevel.PARTIAL, "Một phần"),
        (None, "Toàn trình; Một phần"),
        (None, "Mức độ 4"),
        (None, "Toàn trình: từ 2027"),
        (None, ""),
    ]


def test_tiers_by_words_and_by_marks() -> None:
    by_words = read_rows(
        ("Mã", "Tên", "Cấp thực hiện"),
        ("1.900001", "A", "Cấp tỉnh"),
        ("1.900002", "B", "Cấp xã"),
        ("1.900003", "C", "Cấp huyện"),
        ("1.900004", "D", "Cấp tỉnh\nCấp xã"),
        ("1.900005", "E", "Cấp Bộ"),
        ("1.900006", "F", None),
    )
    by_marks = read_rows(
        ("Mã", "Tên", "Tỉnh", "Huyện", "Xã"),
        ("1.900001", "A", "x", None, None),
        ("1.900002", "B", None, None, "x"),
        ("1.900003", "C", None, "x", None),
        ("1.900004", "D", "x", None, "x"),
    )
    unknown, district = ListTier.UNKNOWN, ListTier.DISTRICT

    assert [(row.tier, row.list_tier, row.tier_written) for row in by_words.rows] == [
        (Tier.PROVINCE, unknown, "Cấp tỉnh"),
        (Tier.COMMUNE, unknown, "Cấp xã"),
        (None, district, "Cấp huyện"),
        (None, unknown, "Cấp tỉnh; Cấp xã"),
        (None, unknown, "Cấp Bộ"),
        (None, unknown, ""),
    ]
    assert [(row.tier, row.list_tier, row.tier_written) for row in by_marks.rows] == [
        (Tier.PROVINCE, unknown, "Cấp tỉnh"),
        (Tier.COMMUNE, unknown, "Cấp xã"),
        (None, district, "Cấp huyện"),
        (None, unknown, "Cấp tỉnh; Cấp xã"),
    ]


def test_sections_and_what_is_as_above() -> None:
    reading = read_rows(
        ("STT", "Mã", "Tên", "Cơ quan"),
        ("(1)", "(2)", "(3)", "(4)"),
        ("I. Lĩnh vực Hộ tịch", None, None, None),
        (1, "1.900001", "A", "Sở Mẫu"),
        (2, "1.900002", "B", "Như trên"),
        ("STT", "Mã", "Tên", "Cơ quan"),
        ("II", None, "Đất đai", None),
        (None, None, None, None),
        (1, "1.900003", "C", "-nt-"),
        ("Tổng cộng", None, 3, None),
        ("Nơi nhận:", None, None, "KT. CHỦ TỊCH"),
    )

    assert short(reading) == [
        ("1.900001", "Hộ tịch", "Sở Mẫu"),
        ("1.900002", "Hộ tịch", "Sở Mẫu"),
        ("1.900003", "Đất đai", "Sở Mẫu"),
    ]
    assert reading.unread == ()


def test_as_above_in_the_first_row_stays_as_it_was_written() -> None:
    assert short(read_rows(("Mã", "Tên", "Cơ quan"), ("1.900001", "A", "Như trên"))) == [("1.900001", "", "Như trên")]


def test_a_section_names_the_agency_only_where_no_column_does() -> None:
    section = ("A. SỞ MẪU", None, None)

    without = read_rows(("Mã", "Tên", "Lĩnh vực"), section, ("1.900001", "A", None))
    beside = read_rows(("Mã", "Tên", "Cơ quan"), section, ("1.900001", "A", None))

    assert (short(without), short(beside)) == ([("1.900001", "", "SỞ MẪU")], [("1.900001", "", "")])


def test_a_table_may_hold_several_lists_and_change_its_columns() -> None:
    reading = read_rows(
        ("PHỤ LỤC I. DANH MỤC CẤP TỈNH", None, None),
        ("Mã", "Tên", "Mức độ"),
        ("1.900001", "A", "Toàn trình"),
        ("PHỤ LỤC II. DANH MỤC CẤP HUYỆN", None, None),
        ("Tên", "Mã", "Mức độ"),
        ("B", "1.900002", "4"),
        ("PHỤ LỤC III. DANH MỤC CẤP XÃ", None, None),
        ("C", "1.900003", "Một phần"),
    )

    assert [(row.code, row.name, row.list_tier, row.tier) for row in reading.rows] == [
        ("1.900001", "A", ListTier.PROVINCE, Tier.PROVINCE),
        ("1.900002", "B", ListTier.DISTRICT, None),
        ("1.900003", "C", ListTier.COMMUNE, Tier.COMMUNE),
    ]
    assert [(part.list_tier, part.rows) for part in reading.parts] == [
        (ListTier.PROVINCE, 1),
        (ListTier.DISTRICT, 1),
        (ListTier.COMMUNE, 1),
    ]


def test_appendices_of_levels() -> None:
    head = ("Mã", "Tên")
    full = workbook({"S": [("Phụ lục I. Danh mục DVC toàn trình", None), head, ("1.900001", "A")]})
    partial = workbook({"S": [("Phụ lục II. Danh mục DVC một phần", None), head, ("1.900002", "B")]})

    both = read_files({"a.xlsx": full, "b.xlsx": partial})
    alone = read_files({"b.xlsx": partial})

    assert [(row.level, row.list_tier) for row in (*both.rows, *alone.rows)] == [
        (OnlineLevel.FULL, ListTier.UNKNOWN),
        (OnlineLevel.PARTIAL, ListTier.UNKNOWN),
        (OnlineLevel.PARTIAL, ListTier.DISTRICT),
    ]


def test_what_was_abolished_is_not_listed() -> None:
    reading = read_rows(
        ("Mã", "Tên"),
        ("1.900001", "A"),
        ("B. DANH MỤC BỊ BÃI BỎ", None),
        ("1.900002", "B"),
    )

    assert short(reading) == [("1.900001", "", "")]
    assert reading.notes == (Note(NoteKind.ABOLISHED, "a.xlsx", "Sheet1", 1),)


def test_an_empty_table_is_no_list_of_which_everything_is_gone() -> None:
    head = ("Mã", "Tên")
    reading = read_files({"a.xlsx": workbook({"Cấp tỉnh": [head, ("1.900001", "A")], "Cấp xã": [head]})})

    assert [(part.list_tier, part.rows) for part in reading.parts] == [(ListTier.PROVINCE, 1)]
    assert reading.notes == (Note(NoteKind.NO_ROWS, "a.xlsx", "Cấp xã"),)


def test_rows_without_a_code_or_a_name_are_told() -> None:
    reading = read_rows(
        ("STT", "Mã", "Tên", "Cơ quan"),
        (1, None, "Cấp  giấy tờ", "Sở Mẫu"),
        (2, "1.900002", " ", "Sở Mẫu"),
        (3, "1.900003", "C", "Như trên"),
    )

    assert reading.unread == (
        Finding(
            id="unreadable:a.xlsx:Sheet1:2",
            kind=FindingKind.UNREADABLE,
            spot=Spot("a.xlsx", "Sheet1", 2),
            code="",
            written="1 | Cấp giấy tờ | Sở Mẫu",
            known="",
            proposal=Answer(Action.LEAVE_OUT),
        ),
        Finding(
            id="unreadable:a.xlsx:Sheet1:3",
            kind=FindingKind.UNREADABLE,
            spot=Spot("a.xlsx", "Sheet1", 3),
            code="",
            written="2 | 1.900002 | Sở Mẫu",
            known="",
            proposal=Answer(Action.LEAVE_OUT),
        ),
    )
    assert short(reading) == [("1.900003", "", "Sở Mẫu")]


def test_several_sheets_and_files_stand_in_their_order() -> None:
    head = ("Mã", "Tên")
    first = workbook(
        {"Cấp tỉnh": [head, ("1.900001", "A")], "Ghi chú": [("Xem thêm",)], "Cấp xã": [head, ("1.900002", "B")]}
    )
    calls: list[tuple[int, int | None]] = []

    reading = read_files({"b.xlsx": first, "a.csv": b"code,name\n1.900003,C\n"}, lambda *told: calls.append(told))

    assert [(row.spot, row.list_tier) for row in reading.rows] == [
        (Spot("b.xlsx", "Cấp tỉnh", 2), ListTier.PROVINCE),
        (Spot("b.xlsx", "Cấp xã", 2), ListTier.COMMUNE),
        (Spot("a.csv", "table", 2), ListTier.UNKNOWN),
    ]
    assert reading.files == ("b.xlsx", "a.csv")
    assert reading.notes == (Note(NoteKind.NO_LIST, "b.xlsx", "Ghi chú"),)
    assert calls == sorted(calls)
    assert calls[-1][0] == calls[-1][1]


def test_our_own_services() -> None:
    reading = read_files({"services.csv": (SECOND_PROVINCE / "services.csv").read_bytes()})
    birth = Listed(
        spot=Spot("services.csv", "table", 2),
        code="1.900001",
        code_written="1.900001",
        name="Đăng ký khai sinh",
        agencies=("H99.100-H99.101",),
        level=OnlineLevel.FULL,
        level_written="full",
        service_code="1.900001.01",
        trial=False,
    )

    assert reading.rows[:3] == (
        birth,
        replace(
            birth,
            spot=Spot("services.csv", "table", 3),
            code="1.900002",
            code_written="1.900002",
            name="Cấp bản sao trích lục hộ tịch",
            agencies=("H99", "H99.100"),
            service_code="1.900002.01",
        ),
        replace(
            birth,
            spot=Spot("services.csv", "table", 4),
            code="1.900002",
            code_written="1.900002",
            name="Cấp bản sao trích lục hộ tịch đã lâu",
            agencies=("H99.100", "H99.101"),
            level=OnlineLevel.PARTIAL,
            level_written="partial",
            service_code="1.900002.02",
            trial=True,
        ),
    )
    assert (len(reading.rows), reading.unread) == (4, ())
    assert reading.parts[0].ignored == ("system", "host")


def test_what_is_no_list_is_refused_whole() -> None:
    good = workbook({"Sheet1": [("Mã", "Tên"), ("1.900001", "A")]})
    no_heads = workbook({"Sheet1": [("Cột 1", "Cột 2"), ("1.900001", "A")]})
    no_list = workbook({"Sheet1": [("Năm", "Số"), ("2026", "3")]})
    twice = workbook({"Sheet1": [("Mã", "Tên", "Tên"), ("1.900001", "A", "B")]})
    no_rows = workbook({"Sheet1": [("Mã", "Tên")]})
    advice = "Give its columns headings such as 'Mã TTHC' and 'Tên thủ tục hành chính'."

    unknown = "Sheet1 holds codes of procedures, but no row of headings is known in it"
    doubtful = "in Sheet1 the columns 2 and 3 are both headed as the name ('Tên') and say different things"
    empty = "there are headings in Sheet1, and no row of a list below them"

    refusals = [refusal({"good.xlsx": good, "a.xlsx": bad}) for bad in (no_heads, no_list, twice, no_rows)]

    assert [(error.reason, str(error)) for error in refusals] == [
        (Unreadable.NO_HEADINGS, f"a.xlsx: {unknown} (seen: 'Cột 1', 'Cột 2'). {advice}"),
        (Unreadable.NO_HEADINGS, f"a.xlsx: no row of headings is known in it (seen: 'Năm', 'Số'). {advice}"),
        (Unreadable.NO_HEADINGS, f"a.xlsx: {doubtful}. Give the one that is not meant another heading."),
        (Unreadable.EMPTY, f"a.xlsx: {empty}. Fetch the list again."),
    ]
    assert refusal({}).reason is Unreadable.EMPTY


HEADS = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ", "Ghi chú")
LIST = (
    ("1", "1.900001", "Đăng ký khai sinh", "Hộ tịch", "UBND xã An Mẫu\nUBND phường Bình Mẫu", "Toàn trình", "mới"),
    ("2", "1014217", "Tách thửa, hợp thửa", "Đất đai", "Như trên", "4", ""),
    ("II", "", "Lĩnh vực Cư trú", "", "", "", ""),
    ("3", "1.900005.01", "Đăng ký thường trú", "", "", "Một phần", "x"),
)


@st.composite
def spellings(draw: st.DrawFn, heading: str) -> str:
    """The heading in another case, with or without accents, in another form, with other blanks."""
    text = draw(st.sampled_from([heading, heading.upper(), heading.lower(), heading.title()]))
    if draw(st.booleans()):
        bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
        text = bare.replace("đ", "d").replace("Đ", "D")
    text = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)
    text = text.replace(" ", draw(st.sampled_from([" ", "  ", "\n", "\u00a0"])))
    return draw(st.sampled_from(["", " ", "\t"])) + text + draw(st.sampled_from(["", " ", ":", "*", "\n"]))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_order_accents_and_case_of_headings_change_nothing(data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(HEADS))))
    heads = [data.draw(spellings(HEADS[place])) for place in order]
    banner = data.draw(st.integers(0, 3))
    rows = [["Danh mục"]] * banner + [heads] + [[row[place] for place in order] for row in LIST]
    plain = read_files({"a.xlsx": workbook({"Sheet1": [HEADS, *LIST]})})

    other = read_files({"a.xlsx": workbook({"Sheet1": rows})})

    assert len(plain.rows) == 3
    moved = [replace(row, spot=Spot("a.xlsx", "Sheet1", row.spot.row - banner)) for row in other.rows]
    assert moved == list(plain.rows)
    assert (other.unread, plain.unread) == ((), ())


TIER_HEAD = ("STT", "Mã TTHC", "Tên TTHC", "Mức độ", "Cấp thực hiện")


@pytest.mark.parametrize(
    ("said", "tier", "list_tier", "is_known"),
    [
        ("Cấp xã", Tier.COMMUNE, ListTier.UNKNOWN, True),
        ("Cấp huyện; Cấp xã", None, ListTier.DISTRICT, True),
        ("Cấp tỉnh, cấp huyện", None, ListTier.DISTRICT, True),
        ("Cấp tỉnh; cấp huyện; cấp xã", None, ListTier.UNKNOWN, True),
        ("Cấp Bộ", None, ListTier.UNKNOWN, False),
        ("Cơ quan khác", Tier.OTHER, ListTier.UNKNOWN, True),
    ],
)
def test_what_a_column_of_tiers_says(said: str, tier: Tier | None, list_tier: ListTier, is_known: bool) -> None:
    (row,) = read_rows(TIER_HEAD, (1, "1.900001", "Khai sinh", "Một phần", said)).rows

    assert (row.tier, row.list_tier, row.tier_is_known, row.tier_written) == (tier, list_tier, is_known, said)


def test_a_place_for_the_level_that_is_left_empty_is_told_from_no_place_at_all() -> None:
    marks = ("Mã TTHC", "Tên TTHC", "Toàn trình", "Một phần")
    blank, marked = read_rows(marks, ("1.900001", "A", "", ""), ("1.900002", "B", "x", "")).rows
    (silent,) = read_rows(marks[:2], ("1.900001", "A")).rows

    assert [row.level_is_blank for row in (blank, marked, silent)] == [True, False, False]


def test_a_status_holds_on_every_page_that_the_list_goes_on() -> None:
    head = ("Mã TTHC", "Tên TTHC", "Trạng thái")
    pages = document()
    add_table(pages, (head, ("1.900001", "A", "")))
    add_table(pages, (("1.900002", "B", "Thử nghiệm"),))
    rows = read_files({"a.docx": written(pages)}).rows

    assert [(row.spot.sheet, row.trial) for row in rows] == [("table 1", False), ("table 2", True)]
    assert read_rows(head[:2], ("1.900001", "A")).rows[0].trial is None


def test_a_row_is_struck_where_its_code_or_its_name_is() -> None:
    pages = document()
    table = add_table(
        pages, (("STT", "Mã TTHC", "Tên TTHC"), ("1", "1.900001", "A"), ("2", "1.900002", "B"), ("3", "1.900003", "C"))
    )
    for cell in (table.cell(1, 0), table.cell(2, 1), table.cell(3, 2)):
        cell.paragraphs[0].runs[0].font.strike = True

    assert [row.is_struck for row in read_files({"a.docx": written(pages)}).rows] == [False, True, True]
