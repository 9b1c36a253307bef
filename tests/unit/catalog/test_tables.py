"""Reading CSV with the place of every cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.report import Report
from bot.catalog.tables import Table, cell_places, read_table, split_lines
from tests.unit.catalog.conftest import Tiny

COLUMNS = ("a", "b")

CELLS = st.text(alphabet='ab",;\n ớđ€😀', max_size=6)


def read(content: bytes) -> tuple[Table, list[str]]:
    report = Report()
    table = read_table(content, "t.csv", COLUMNS, report)
    return table, [str(problem) for problem in report.problems()]


def rows(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    table, problems = read(content)
    assert problems == []
    return [(row.line, row.cells) for row in table.rows]


def test_reads_rows_with_their_lines() -> None:
    assert rows(b'a,b\n1,2\n"3,4","5""6"\n') == [(2, ("1", "2")), (3, ("3,4", '5"6'))]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfa,b\n1,2\n", b"a,b\r\n1,2\r\n", b'"a","b"\n"1","2"\n'],
    ids=["byte-order mark", "carriage returns", "all quoted"],
)
def test_tolerates_what_spreadsheets_write(content: bytes) -> None:
    assert rows(content) == [(2, ("1", "2"))]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"", ["t.csv:1:1: no header; expected a,b"]),
        (
            b"a,b\n1,2\n3,4/x",
            ["t.csv:3:6: the file breaks off; expected a line feed at the end of the last line"],
        ),
        (b"a,c\n1,2\n", ['t.csv:1:3: the header is "a,c"; expected a,b']),
        (b"a\n1\n", ['t.csv:1:1: the header is "a"; expected a,b']),
        (b"a,b,c\n1,2,3\n", ['t.csv:1:5: the header is "a,b,c"; expected a,b']),
        (b"b,a\n1,2\n", ['t.csv:1:1: the header is "b,a"; expected a,b']),
        (
            b"a,b\n1\n2,3,4\n",
            [
                "t.csv:2:1: 1 cells; expected 2 cells: a,b",
                "t.csv:3:1: 3 cells; expected 2 cells: a,b",
            ],
        ),
        (b"a,b\n\n1,2\n", ["t.csv:2:1: an empty line; expected 2 cells: a,b"]),
        ("a,b\nđ, x\n".encode(), ['t.csv:2:3: spaces around " x"; expected no spaces at the ends of a cell']),
        (
            "a,b\nđược,ho\u0300a\n".encode(),
            ['t.csv:2:6: "ho\u0300a" is not NFC; expected composed characters (Unicode NFC)'],
        ),
        (
            "a,b\nx,y\u00a0z\n".encode(),
            ['t.csv:2:3: character U+00A0 in "y\\xa0z"; expected no control or invisible characters'],
        ),
        (
            "a,b\nx,y\u200bz\n".encode(),
            ['t.csv:2:3: character U+200B in "y\\u200bz"; expected no control or invisible characters'],
        ),
        (
            b'a,b\nx,"y\nz"\n1,\t2\x00\n',
            [
                't.csv:2:3: character U+000A in "y\\nz"; expected no control or invisible characters',
                't.csv:4:3: character U+0009 in "\\t2\\x00"; expected no control or invisible characters',
                't.csv:4:3: spaces around "\\t2\\x00"; expected no spaces at the ends of a cell',
            ],
        ),
        (
            "a,b\nđ,\xff\n".encode()[:-3] + b"\xff\nok,\xe1\xbb\n",
            [
                "t.csv:2:3: byte 0xff is not UTF-8; expected text in UTF-8",
                "t.csv:3:4: byte 0xe1 is not UTF-8; expected text in UTF-8",
            ],
        ),
        (
            b'a,b\n1,"x"y\n"x"y,1\nx\ry,1\n2,"3\n4,5\n',
            [
                "t.csv:2:3: characters behind a closing quote; expected a cell as CSV writes it",
                "t.csv:3:1: characters behind a closing quote; expected a cell as CSV writes it",
                "t.csv:4:1: a carriage return in a cell without quotes; expected a cell as CSV writes it",
                "t.csv:5:3: a quote that is never closed; expected a cell as CSV writes it",
            ],
        ),
        (
            b"a,b\n1," + b"x" * 200_000 + b"\n",
            ["t.csv:2:3: a cell longer than CSV readers take; expected a cell as CSV writes it"],
        ),
    ],
)
def test_problem_is_reported_at_its_place(content: bytes, problems: list[str]) -> None:
    assert read(content)[1] == problems


def test_cell_of_two_lines_does_not_shift_the_lines_below(tiny: Tiny) -> None:
    tiny.change("procedures.csv", "Tách thửa hoặc hợp thửa đất", '"Tách thửa\nhoặc hợp thửa đất"')
    tiny.change("procedures.csv", "cu-tru,assigned", "cu-tru,guessed")

    assert tiny.problems() == [
        (
            'procedures.csv:4:10: character U+000A in "Tách thửa\\nhoặc hợp thửa đất"; '
            "expected no control or invisible characters"
        ),
        'procedures.csv:6:33: field_source is "guessed"; expected one of official, assigned',
    ]


def test_table_with_a_wrong_header_has_no_rows_and_is_not_readable() -> None:
    table, _ = read(b"x,y\n1,2\n")

    assert (table.readable, table.rows) == (False, [])


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_places_are_where_the_cells_were_written(records: list[list[str]]) -> None:
    """Cutting the text at the reported places gives back each cell as csv wrote it."""
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([list(COLUMNS), *records])
    text = sink.getvalue()
    lines = split_lines(text)
    table, _ = read(text.encode())
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    assert [row.cells for row in table.rows] == [tuple(record) for record in records]
    for row in table.rows:
        offsets = [starts[line - 1] + column - 1 for line, column in cell_places(lines, row.line)]
        after = offsets[1] - 1
        first = next(csv.reader(io.StringIO(text[offsets[0] : after]), strict=True), [""])
        second = next(csv.reader(io.StringIO(text[offsets[1] :]), strict=True), [""])
        assert (text[after], (first or [""])[0], (second or [""])[0]) == (",", *row.cells)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    read(b"a,b\n" + content)
    read(content)
