"""Days as people here write them."""

from __future__ import annotations

from datetime import date


def written(day: date) -> str:
    """3/10/2026."""
    return f"{day.day}/{day.month}/{day.year}"
