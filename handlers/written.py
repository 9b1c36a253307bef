"""Days and numbers as people write them."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_written(language: str, day: date) -> str:
    """3/10/2026 in Vietnamese; 3 October 2026 in English, where 3/10 may be two days."""
    if language == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number_written(language: str, number: int) -> str:
    """1.482 in Vietnamese, 1,482 in English."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language == "vi" else grouped
