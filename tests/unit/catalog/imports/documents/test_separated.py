"""CSV as it comes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.opening import read_grids
from bot.catalog.imports.model import Grid, GridRow
from bot.errors import Unreadable, UnreadableFile

ROWS = (
    ("Mã TTHC", "Tên", "Cơ quan"),
    ("1.900001", "Khai sinh, khai tử; khác", "UBND xã A\nUBND xã B"),
    ("1.900002", 'Gọi là "thửa"', ""),
)
ADVICE = "Save it from Excel as 'CSV UTF-8 (Comma delimited)'."


def text_of(separator: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue()


def refusal(content: bytes) -> tuple[Unreadable, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.csv", content)
    return caught.value.reason, str(caught.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_separator_with_and_without_a_mark(separator: str, mark: bytes) -> None:
    content = mark + text_of(separator).encode()

    assert read_grids("a.csv", content).grids == (
        Grid("a.csv", "table", (GridRow(1, ROWS[0]), GridRow(2, ROWS[1]), GridRow(4, ROWS[2]))),
    )


@pytest.mark.parametrize("separator", [";", "\t"])
def test_commas_in_names_are_no_separators(separator: str) -> None:
    content = "\n".join(separator.join(cells) for cells in [("Mã", "Tên"), ("1.900001", "A, B"), ("1.900002", "C, D")])

    (grid,) = read_grids("a.csv", content.encode()).grids

    assert [row.cells for row in grid.rows] == [("Mã", "Tên"), ("1.900001", "A, B"), ("1.900002", "C, D")]


@given(
    st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["C"]))] * 3), min_size=1),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read(rows: list[tuple[str, str, str]], separator: str) -> None:
    head = ("Mã TTHC", "Tên", "Cơ quan")
    wanted = [head, *(row for row in rows if any(cell.strip() for cell in row))]
    target = io.StringIO()
    csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([head, *rows])

    (grid,) = read_grids("a.csv", target.getvalue().encode()).grids

    assert [row.cells for row in grid.rows] == wanted


def test_other_encodings_are_refused() -> None:
    old = "Mã,Tên\n1.900001,".encode() + "Đất".encode("cp1258", "replace") + b"\xd0\xe2\n"

    assert refusal(old) == (
        Unreadable.ENCODING,
        (
            "a.csv: line 2 is not UTF-8 (byte 0xd0); Vietnamese text of older programs is Windows-1258 or TCVN3, "
            f"in which letters cannot be told apart for certain. {ADVICE}"
        ),
    )
    assert refusal("Mã,Tên\n".encode("utf-16")) == (
        Unreadable.ENCODING,
        f"a.csv: the text is UTF-16, not UTF-8. {ADVICE}",
    )


def test_broken_quotes_are_refused_with_their_line() -> None:
    assert refusal(b'a,b\n1,2\n3,"4\n5,6\n') == (
        Unreadable.BROKEN,
        f"a.csv: the record that begins on line 3 is not CSV (unexpected end of data). {ADVICE}",
    )


def test_what_is_no_text_is_refused() -> None:
    assert refusal(b"a,b\n\x00\x01") == (
        Unreadable.FOREIGN,
        (
            "a.csv: this is no text: line 2 holds the character U+0000. "
            "Lists are read from .xlsx, .docx, .pdf with text, and .csv: save it as one of these."
        ),
    )


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)

    assert refusal(b"a,b\nc,d\ne,f\n") == (
        Unreadable.TOO_LARGE,
        "a.csv: more than 2 rows. Split it into several files.",
    )


def test_progress() -> None:
    calls: list[tuple[int, int | None]] = []

    read_grids("a.csv", b"a,b\n" * 1100, lambda *told: calls.append(told))

    assert calls == [(500, 1101), (1000, 1101), (1101, 1101)]
