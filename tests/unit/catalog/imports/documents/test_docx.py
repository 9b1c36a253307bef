"""Decisions' appendices as Word writes them, into grids and into lists."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.opening import read_grids
from bot.catalog.imports.model import Grid, GridRow, ListTier, Spot
from bot.catalog.imports.reading import describe_parts, read_files
from bot.catalog.model import OnlineLevel, Tier
from bot.errors import Unreadable, UnreadableFile
from tests.unit.catalog.imports.making import add_table, document, merge, repacked, written

MAIN = "word/document.xml"


def decision() -> bytes:
    """A letterhead, the decision, and three appendices with the quirks of each."""
    made = document()
    add_table(made, [("UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")])
    made.add_paragraph("Điều 1. Công bố danh mục cấp tỉnh, cấp huyện, cấp xã")
    made.add_paragraph("PHỤ LỤC I")
    head = ("STT", "Mã số TTHC", "Tên thủ tục hành chính", "Mức độ", "", "Cơ quan thực hiện")
    below = ("", "", "", "Toàn trình", "Một phần", "")
    rows = (
        head,
        below,
        ("I", "", "", "", "", ""),
        ("1", "1.900001", "Đăng ký khai sinh", "X", "", "Sở Mẫu"),
        ("2", "1014217", "Khai sinh lại", "", "X", "Như trên"),
        ("3", "", "Chưa có mã", "", "X", ""),
    )
    table = add_table(made, rows)
    merge(table, (0, 3), (0, 4), "Mức độ")
    for column in (0, 1, 2, 5):
        merge(table, (0, column), (1, column), head[column])
    merge(table, (2, 1), (2, 5), "Lĩnh vực Hộ tịch")
    merge(table, (3, 5), (4, 5), "Sở Mẫu")
    made.add_paragraph("")
    more = add_table(made, [("4", "1.900002.000.00.00.H99", "Trích lục", "", "X", "Như trên"), ("Tổng cộng",) * 6])
    merge(more, (1, 0), (1, 5), "Tổng cộng: 4")
    made.add_paragraph("PHỤ LỤC II")
    made.add_paragraph("Danh mục thủ tục hành chính cấp huyện")
    add_table(made, [("TT", "Tên TTHC", "Mã TTHC", "Mức độ"), ("1", "Việc cũ", "1.900003", "4")])
    made.add_paragraph("PHỤ LỤC III")
    made.add_paragraph("II. LĨNH VỰC CƯ TRÚ")
    add_table(made, [("TT", "Tên TTHC", "Mã TTHC", "Mức độ"), ("1", "Thường trú", "1.900005", "Toàn trình")])
    add_table(made, [("Nơi nhận:", "KT. CHỦ TỊCH")])
    return written(made)


def test_a_decision_with_three_appendices() -> None:
    reading = read_files({"qd.docx": decision()})

    assert [
        (row.spot, row.code, row.code_written, row.field, row.agencies, row.level, row.level_written)
        for row in reading.rows
    ] == [
        (Spot("qd.docx", "table 2", 4), "1.900001", "1.900001", "Hộ tịch", ("Sở Mẫu",), OnlineLevel.FULL, "Toàn trình"),
        (Spot("qd.docx", "table 2", 5), None, "1014217", "Hộ tịch", ("Sở Mẫu",), OnlineLevel.PARTIAL, "Một phần"),
        (
            Spot("qd.docx", "table 3", 1),
            "1.900002",
            "1.900002.000.00.00.H99",
            "Hộ tịch",
            ("Như trên",),
            OnlineLevel.PARTIAL,
            "Một phần",
        ),
        (Spot("qd.docx", "table 4", 2), "1.900003", "1.900003", "", (), None, "4"),
        (Spot("qd.docx", "table 5", 2), "1.900005", "1.900005", "CƯ TRÚ", (), OnlineLevel.FULL, "Toàn trình"),
    ]
    assert [(row.list_tier, row.tier) for row in reading.rows] == [
        (ListTier.PROVINCE, Tier.PROVINCE),
        (ListTier.PROVINCE, Tier.PROVINCE),
        (ListTier.PROVINCE, Tier.PROVINCE),
        (ListTier.DISTRICT, None),
        (ListTier.COMMUNE, Tier.COMMUNE),
    ]
    assert [(finding.id, finding.written) for finding in reading.unread] == [
        ("unreadable:qd.docx:table 2:6", "3 | Chưa có mã | X")
    ]
    heads = "code ← 'Mã TTHC', name ← 'Tên TTHC', level ← 'Mức độ'"
    assert describe_parts(reading.parts, reading.notes) == (
        (
            "qd.docx:table 2 to table 3: 3 rows, province; code ← 'Mã số TTHC', name ← 'Tên thủ tục hành chính', "
            "agency ← 'Cơ quan thực hiện', full ← 'Mức độ / Toàn trình', partial ← 'Mức độ / Một phần'"
        ),
        f"qd.docx:table 4: 1 row, district; {heads}",
        f"qd.docx:table 5: 1 row, commune; {heads}",
        "qd.docx:table 1: no list, not read (seen: 'UBND TỈNH MẪU', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')",
        "qd.docx:table 6: no list, not read (seen: 'Nơi nhận:', 'KT. CHỦ TỊCH')",
    )


@pytest.mark.parametrize("repeated", [True, False], ids=["headings repeated", "headings left out"])
def test_a_list_may_go_on_in_another_table(*, repeated: bool) -> None:
    head = ("Mã TTHC", "Tên TTHC", "Cơ quan")
    made = document()
    made.add_paragraph("Phụ lục: danh mục cấp xã")
    add_table(made, [head, ("Lĩnh vực Hộ tịch", "", ""), ("1.900001", "A", "UBND xã")])
    add_table(made, [*([head] if repeated else []), ("1.900002", "B", "Như trên")])

    reading = read_files({"qd.docx": written(made)})

    assert [(row.code, row.field, row.agencies, row.list_tier) for row in reading.rows] == [
        ("1.900001", "Hộ tịch", ("UBND xã",), ListTier.COMMUNE),
        ("1.900002", "Hộ tịch", ("UBND xã",), ListTier.COMMUNE),
    ]
    assert [(part.sheet, part.through, part.rows) for part in reading.parts] == [("table 1", "table 2", 2)]


def test_a_field_may_stand_above_each_table() -> None:
    head = ("Mã TTHC", "Tên TTHC")
    made = document()
    made.add_paragraph("Phụ lục I")
    for number, field in ((1, "Hộ tịch"), (2, "Đất đai")):
        made.add_paragraph(f"{number}. Lĩnh vực {field}")
        add_table(made, [head, (f"1.90000{number}", "A")])

    reading = read_files({"qd.docx": written(made)})

    assert [(row.field, row.list_tier) for row in reading.rows] == [
        ("Hộ tịch", ListTier.PROVINCE),
        ("Đất đai", ListTier.PROVINCE),
    ]


def test_cells_merged_both_ways_and_lines_in_cells() -> None:
    made = document()
    made.add_paragraph("Tiêu đề")
    table = add_table(made, [("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i")])
    merge(table, (0, 0), (1, 1), "x")
    table.cell(2, 2).add_paragraph("j").add_run().add_break()

    assert read_grids("a.docx", written(made)).grids == (
        Grid(
            "a.docx",
            "table 1",
            (GridRow(1, ("x", "x", "c")), GridRow(2, ("x", "x", "f")), GridRow(3, ("g", "h", "i\nj\n"))),
            ("Tiêu đề",),
            continues=True,
        ),
    )


def edited(content: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        xml = package.read(MAIN).decode()
    assert re.search(old, xml, re.DOTALL)
    return repacked(content, {MAIN: re.sub(old, new, xml, flags=re.DOTALL).encode()})


def cells_of(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for grid in read_grids("a.docx", content).grids for row in grid.rows]


def test_words_in_content_controls_and_tracked_changes() -> None:
    made = document()
    add_table(made, [("mới", "cũ"), ("điều khiển", "d")])
    content = written(made)
    inserted = edited(
        content, r"<w:r><w:t>mới</w:t></w:r>", '<w:ins w:id="1" w:author="a"><w:r><w:t>mới</w:t></w:r></w:ins>'
    )
    deleted = edited(
        inserted,
        r"<w:r><w:t>cũ</w:t></w:r>",
        '<w:del w:id="2" w:author="a"><w:r><w:delText>cũ</w:delText></w:r></w:del>',
    )
    controlled = edited(
        deleted, r"(<w:tr>(?:(?!<w:tr>).)*?điều khiển.*?</w:tr>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>"
    )

    assert cells_of(controlled) == [("mới", ""), ("điều khiển", "d")]


def test_tables_in_cells_are_tables_of_their_own() -> None:
    made = document()
    outer = add_table(made, [("a", "b")])
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "c", "d"

    assert [[row.cells for row in grid.rows] for grid in read_grids("a.docx", written(made)).grids] == [
        [("a", "b\n")],
        [("c", "d")],
    ]


def test_a_document_without_a_table_is_refused() -> None:
    made = document()
    made.add_paragraph("1.900001 Đăng ký khai sinh")

    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.docx", written(made))

    assert (caught.value.reason, str(caught.value)) == (
        Unreadable.NO_TABLE,
        "a.docx: there is no table in the document. The list must stand in a table.",
    )


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    made = document()
    add_table(made, [("a",), ("b",), ("c",)])

    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.docx", written(made))

    assert str(caught.value) == "a.docx: table 1 has more than 2 rows. Split it into several files."


def test_a_cell_merged_over_very_many_rows_takes_its_time_only() -> None:
    begin = '<w:vMerge w:val="restart"/>'
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr>{'<w:vMerge/>' if number else begin}</w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
        f"<w:tc><w:p><w:r><w:t>{number}</w:t></w:r></w:p></w:tc></w:tr>"
        for number in range(3000)
    )
    made = document()
    add_table(made, [("x", "y")])
    content = edited(written(made), r"<w:tr>.*</w:tr>", rows)

    assert cells_of(content) == [("a", str(number)) for number in range(3000)]


def test_what_is_struck_through_is_told_cell_by_cell() -> None:
    made = document()
    table = add_table(made, (("a", "b", "c"), ("d", "e", "f")))
    for cell, strikes in ((table.cell(0, 0), True), (table.cell(0, 1), False), (table.cell(1, 2), True)):
        cell.paragraphs[0].runs[0].font.strike = strikes
    half = table.cell(1, 1).paragraphs[0]
    half.runs[0].font.double_strike = True
    half.add_run(" và g")

    (grid,) = read_grids("a.docx", written(made)).grids

    assert [row.struck for row in grid.rows] == [frozenset({0}), frozenset({2})]
