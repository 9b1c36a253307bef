"""Cells of tables: what a spreadsheet would run is quoted, and a code stays a text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.cells import as_text, harmless


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_what_begins_like_a_formula_is_quoted(begins: str) -> None:
    assert harmless(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("cell", ["", "Sở Mẫu", "1.000010", "'=1", "a=1", "a - b", "a, b", "a; b-c", "a|b"])
def test_everything_else_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a, =1+1", "a, '=1+1"),
        ("a\t@x", "a\t'@x"),
        ("a\n-x;+y", "a\n'-x;'+y"),
        ('a"; "=1', 'a"; "\'=1'),
        ("=1,=2", "'=1,'=2"),
    ],
)
def test_a_spreadsheet_that_parts_cells_otherwise_runs_nothing_either(cell: str, quoted: str) -> None:
    assert harmless(cell) == quoted


@given(st.text(st.sampled_from('=+-@;,|\t\r\n "a'), max_size=12), st.sampled_from(",;\t"), st.sampled_from(",;\t"))
def test_no_cell_of_a_file_begins_a_formula_whatever_it_is_opened_with(cell: str, written: str, read: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=written).writerow(["x", harmless(cell), "y"])
    file.seek(0)
    # A blank or a quote before it, and it is a text.
    found = [one for row in csv.reader(file, delimiter=read) for one in row]
    assert [one for one in found if one.startswith(("=", "+", "-", "@"))] == []


def test_a_code_is_no_number() -> None:
    assert as_text("1.000010") == "1.000010\u00a0"
