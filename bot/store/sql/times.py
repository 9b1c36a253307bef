"""Times as they are kept."""

from __future__ import annotations

from datetime import datetime

from bot.ratings.periods import day_of


def stamp(at: datetime) -> str:
    """As text that sorts by time: always with microseconds. All times of the store are in UTC."""
    return at.isoformat(timespec="microseconds")


def moment_of(kept: str | None) -> datetime | None:
    """What was kept as text; None where nothing was."""
    return None if kept is None else datetime.fromisoformat(kept)


def day_text(at: datetime) -> str:
    """The day in Vietnam."""
    return day_of(at).isoformat()
