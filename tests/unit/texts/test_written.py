"""Days and numbers as people write them."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from bot.texts.written import day_written, interval_written, number_written, share_written, time_written


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


@pytest.mark.parametrize(
    ("share", "vietnamese", "english"),
    [
        (Fraction(0), "0%", "0%"),
        (Fraction(1), "100%", "100%"),
        (Fraction(19, 20), "95%", "95%"),
        (Fraction(9345, 10000), "93,4%", "93.4%"),
        (Fraction(94999, 100000), "94,9%", "94.9%"),
        (Fraction(1, 3), "33,3%", "33.3%"),
        (Fraction(99999, 100000), "99,9%", "99.9%"),
    ],
)
def test_a_share_never_reads_as_more_than_it_is(share: Fraction, vietnamese: str, english: str) -> None:
    assert (share_written("vi", share), share_written("en", share)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (0.9319, 0.9641, ("93,1%", "96,5%")),
        (0.95, 0.96, ("95%", "96%")),
        (0.0, 1.0, ("0%", "100%")),
        (0.9500000000000001, 0.9299999999999999, ("95%", "93%")),
    ],
)
def test_an_interval_never_reads_as_narrower_than_it_is(low: float, high: float, written: tuple[str, str]) -> None:
    assert interval_written("vi", low, high) == written


@pytest.mark.parametrize(
    ("at", "vietnamese", "english"),
    [
        (time(1, 5), "1 giờ 05", "01:05"),
        (time(15), "15 giờ", "15:00"),
        (time(0, 59), "0 giờ 59", "00:59"),
        (time(23, 32), "23 giờ 32", "23:32"),
    ],
)
def test_a_time_is_written_as_it_is_said(at: time, vietnamese: str, english: str) -> None:
    assert (time_written("vi", at), time_written("en", at)) == (vietnamese, english)
