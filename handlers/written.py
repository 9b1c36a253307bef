"""Days and numbers as people write them."""

from __future__ import annotations

from datetime import date


def day_written(day: date) -> str:
    """3/10/2026."""
    return f"{day.day}/{day.month}/{day.year}"


def number_written(language: str, number: int) -> str:
    """1.482 in Vietnamese, 1,482 in English."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language == "vi" else grouped
