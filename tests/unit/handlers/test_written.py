"""Days and numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.written import day_written, number_written


def test_days() -> None:
    assert day_written("vi", date(2026, 10, 3)) == "3/10/2026"
    assert day_written("en", date(2026, 10, 3)) == "3 October 2026"
    assert day_written("en", date(2026, 1, 31)) == "31 January 2026"


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [(0, "0", "0"), (999, "999", "999"), (1482, "1.482", "1,482"), (1234567, "1.234.567", "1,234,567")],
)
def test_numbers(number: int, vietnamese: str, english: str) -> None:
    assert (number_written("vi", number), number_written("en", number)) == (vietnamese, english)
