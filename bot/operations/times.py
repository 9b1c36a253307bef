"""The time, and moments as people in Vietnam read them. What other programs read stays in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ratings.periods import VIETNAM


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> str:
    """`2026-11-22 11:20 (Vietnam)`; `moment` knows its own zone."""
    return f"{moment.astimezone(VIETNAM):%Y-%m-%d %H:%M} (Vietnam)"
