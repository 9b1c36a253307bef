"""PDFs with text, into grids and into lists; and those that only look like it."""

from __future__ import annotations

import pytest
from fpdf import FPDF
from fpdf.enums import TableSpan
from PIL import Image

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.opening import read_grids
from bot.catalog.imports.model import Grid, GridRow, ListTier, Spot
from bot.catalog.imports.reading import describe_parts, read_files
from bot.catalog.model import Tier
from bot.errors import Unreadable, UnreadableFile
from tests.unit.catalog.imports.making import DECISION_HEAD, blank_pdf, output, pdf_with

LONG = "Thủ tục mẫu có tên rất dài, dài đến mức phải xuống dòng nhiều lần trong một ô hẹp của bảng, số"


def refusal(content: bytes) -> tuple[Unreadable, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.pdf", content)
    return caught.value.reason, str(caught.value)


def picture(made: FPDF) -> None:
    """A page that is one picture, signed digitally."""
    made.add_page()
    made.image(Image.new("L", (60, 80), 200), x=0, y=0, w=made.w, h=made.h)
    made.multi_cell(0, 5, "Người ký: Ủy ban nhân dân tỉnh Mẫu\nThời gian ký: 22/11/2026 08:00:00 +07:00")


def test_a_list_over_several_pages_with_repeated_heads() -> None:
    rows = [(str(n), f"1.9{n:05d}", f"{LONG} {n}", "Sở Nông nghiệp và Môi trường mẫu\nUBND xã") for n in range(1, 31)]
    section = ("I. Lĩnh vực Hộ tịch", None, None, None)

    reading = read_files({"a.pdf": output(pdf_with([("Phụ lục III", [DECISION_HEAD, section, *rows])]))})

    assert [(row.code, row.name) for row in reading.rows] == [(row[1], row[2]) for row in rows]
    assert {(row.field, row.agencies, row.tier, row.list_tier) for row in reading.rows} == {
        ("Hộ tịch", ("Sở Nông nghiệp và Môi trường mẫu", "UBND xã"), Tier.COMMUNE, ListTier.COMMUNE)
    }
    assert reading.rows[0].spot == Spot("a.pdf", "page 1", 3)
    assert reading.unread == ()
    assert describe_parts(reading.parts) == (
        (
            "a.pdf:page 1 to page 3: 30 rows, commune; code ← 'Mã thủ tục', "
            "name ← 'Tên thủ tục hành chính', agency ← 'Cơ quan giải quyết'"
        ),
    )


def test_a_row_that_the_end_of_a_page_cut_is_put_together() -> None:
    first = [DECISION_HEAD, ("1", "1.900001", "Khai sinh", "Sở A"), ("2", "1.900002.000.00.", "Trích lục", "UBND xã")]
    second = [("", "00.H99", "hộ tịch (bản sao)", ""), ("3", "1.900003", "Tách thửa", "")]
    made = pdf_with([("", first)], repeats=False)
    made.add_page()
    with made.table(col_widths=(12, 28, 90, 50), num_heading_rows=0, first_row_as_headings=False) as table:
        for row in second:
            table.row(row)

    reading = read_files({"a.pdf": output(made)})

    assert [(row.spot, row.code, row.name, row.agencies) for row in reading.rows] == [
        (Spot("a.pdf", "page 1", 2), "1.900001", "Khai sinh", ("Sở A",)),
        (Spot("a.pdf", "page 1", 3), "1.900002", "Trích lục hộ tịch (bản sao)", ("UBND xã",)),
        (Spot("a.pdf", "page 2", 2), "1.900003", "Tách thửa", ()),
    ]
    assert reading.unread == ()


def test_two_appendices_and_a_letterhead() -> None:
    made = pdf_with(
        [
            (
                "UBND TỈNH MẪU\nĐiều 1. Danh mục cấp tỉnh, cấp xã\nPhụ lục I",
                [DECISION_HEAD, ("1", "1.900001", "A", "B")],
            ),
            ("Phụ lục II\nDanh mục cấp xã", [DECISION_HEAD, ("1", "1.900002", "C", "D")]),
        ]
    )

    reading = read_files({"a.pdf": output(made)})

    assert [(row.spot, row.code, row.list_tier) for row in reading.rows] == [
        (Spot("a.pdf", "page 1 table 1", 2), "1.900001", ListTier.PROVINCE),
        (Spot("a.pdf", "page 1 table 2", 2), "1.900002", ListTier.COMMUNE),
    ]


def test_merged_cells_are_repeated_both_ways() -> None:
    made = blank_pdf()
    made.add_page()
    with made.table(num_heading_rows=0, first_row_as_headings=False) as table:
        for cells in (("a", TableSpan.COL, "b"), ("c", "d", TableSpan.ROW), ("e", "f", "g")):
            line = table.row()
            for cell in cells:
                line.cell(cell)  # type: ignore[arg-type]

    assert read_grids("a.pdf", output(made)).grids == (
        Grid(
            "a.pdf",
            "page 1",
            (GridRow(1, ("a", "a", "b")), GridRow(2, ("c", "d", "b")), GridRow(3, ("e", "f", "g"))),
            wrapped=True,
            continues=True,
        ),
    )


def test_pictures_are_refused_wherever_they_stand() -> None:
    scan = blank_pdf()
    picture(scan)
    mixed = pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])])
    picture(mixed)
    picture(mixed)

    assert refusal(output(scan)) == (
        Unreadable.SCAN,
        "a.pdf: every page is a picture. Ask for the file it was printed from.",
    )
    assert refusal(output(mixed)) == (
        Unreadable.SCAN,
        ("a.pdf: pages 2, 3 are pictures. A list could stand there. "
        "Ask for the file it was printed from, or print the other pages to a PDF."),
    )  # fmt: skip


def test_a_picture_behind_the_words_of_a_list_hides_nothing() -> None:
    made = pdf_with([("", [DECISION_HEAD, *((str(n), f"1.90000{n}", LONG, "Sở") for n in range(1, 6))])])
    made.image(Image.new("L", (60, 80), 250), x=0, y=0, w=made.w, h=made.h)

    assert len(read_files({"a.pdf": output(made)}).rows) == 5


def test_a_page_without_letters_is_refused() -> None:
    made = blank_pdf()
    made.add_page()
    made.rect(20, 20, 100, 50)

    assert refusal(output(made)) == (
        Unreadable.SCAN,
        "a.pdf: there is no text in the PDF, only what looks like it. Ask for the file it was printed from.",
    )


def test_letters_that_are_not_told_are_refused() -> None:
    made = pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "Đăng ký khai sinh", "B")])])
    made.set_compression(compress=False)

    unmapped = output(made).replace(b"/ToUnicode", b"/ToNowhere").replace(b"/FontFile2", b"/FontFileX")

    assert refusal(unmapped) == (
        Unreadable.SCAN,
        (
            "a.pdf: its letters cannot be told: the PDF does not say which letter a sign stands for. "
            "Ask for the file it was printed from."
        ),
    )


def test_locked_files_are_refused_and_those_that_open_by_themselves_are_read() -> None:
    locked, restricted = (pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])]) for _ in range(2))
    locked.set_encryption(owner_password="owner", user_password="user")
    restricted.set_encryption(owner_password="owner")

    assert refusal(output(locked)) == (
        Unreadable.PASSWORD,
        "a.pdf: the PDF is locked with a password. Open it and print it to a new PDF.",
    )
    assert len(read_files({"a.pdf": output(restricted)}).rows) == 1


def test_words_without_a_table_are_refused() -> None:
    made = blank_pdf()
    made.add_page()
    made.multi_cell(0, 6, "1.900001 Đăng ký khai sinh")

    assert refusal(output(made)) == (
        Unreadable.NO_TABLE,
        "a.pdf: there is no table with lines in the PDF. The list must stand in a table whose cells have lines.",
    )


def test_too_many_pages_and_too_much_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = output(pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])]))

    monkeypatch.setattr(limits, "MOST_SECONDS", -1.0)
    slow = refusal(made)
    monkeypatch.setattr(limits, "MOST_PAGES", 0)
    long = refusal(made)

    assert slow == (
        Unreadable.TOO_LARGE,
        "a.pdf: reading it takes more than -1 seconds. Split it into several files.",
    )
    assert long == (Unreadable.TOO_LARGE, "a.pdf: the PDF has 1 pages, more than 0. Split it into several files.")


def test_progress_tells_rows_but_not_how_many_there_will_be() -> None:
    calls: list[tuple[int, int | None]] = []
    made = pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])])

    read_grids("a.pdf", output(made), lambda *told: calls.append(told))

    assert calls == [(2, None)]
