"""Days, times and numbers as people write them."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from math import ceil, floor

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_written(language: str, day: date) -> str:
    """3/10/2026 in Vietnamese; 3 October 2026 in English, where 3/10 may be two days."""
    if language == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_written(language: str, at: time) -> str:
    """1 giờ 05 in Vietnamese, 15 giờ on the hour; 01:05 in English."""
    if language == "vi":
        return f"{at.hour} giờ {at:%M}" if at.minute else f"{at.hour} giờ"
    return f"{at:%H:%M}"


def number_written(language: str, number: int) -> str:
    """1.482 in Vietnamese, 1,482 in English."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language == "vi" else grouped


def share_written(language: str, share: Fraction) -> str:
    """93,4% in Vietnamese, 93.4% in English, of a share within 0..1.

    Rounded down, so that 94,96 % does not read as the 95 % that it misses.
    """
    tenths = floor(share * 1000)
    written = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{written.replace('.', ',') if language == 'vi' else written}%"


def interval_written(language: str, low: float, high: float) -> tuple[str, str]:
    """The bounds of an interval, rounded outwards, so that it never reads narrower than it is."""
    # Beyond the twelfth place there is only what floats add of their own.
    lower, upper = (Fraction(round(bound, 12)).limit_denominator(10**12) for bound in (low, high))
    return share_written(language, lower), share_written(language, Fraction(ceil(upper * 1000), 1000))
