"""Cells of tables: what a spreadsheet would run is quoted, and a code stays a text."""

from __future__ import annotations

import pytest

from bot.texts.cells import as_text, harmless


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_begins_like_a_formula_is_quoted(begins: str) -> None:
    assert harmless(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("cell", ["", "Sở Mẫu", "1.000010", "'=1", "a=1"])
def test_everything_else_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_code_is_no_number() -> None:
    assert as_text("1.000010") == "1.000010\u00a0"
