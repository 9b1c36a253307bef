"""Days in addresses: `2026-11-22`, as a browser's field for a day writes them."""

from __future__ import annotations

from datetime import date, timedelta

USUAL_DAYS = 30


def read_day(written: str) -> date | None:
    """None for whatever is no day."""
    try:
        return date.fromisoformat(written.strip()) if len(written.strip()) == len("2026-11-22") else None
    except ValueError:
        return None


def span(first: str, last: str, today: date) -> tuple[date, date]:
    """The days asked for, in their order; where they are not said, the last thirty."""
    end = read_day(last) or today
    begin = read_day(first) or min(end, today) - timedelta(days=USUAL_DAYS - 1)
    return min(begin, end), max(begin, end)
