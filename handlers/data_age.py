"""The caution where what is told may be out of date."""

from __future__ import annotations

from datetime import date

from bot.catalog.age import is_old
from bot.dialogue.turn import Turn


def caution(turn: Turn, day: date, text_id: str = "freshness.card") -> str | None:
    """The sentence for data of `day`; None while they are young enough."""
    return turn.texts.get(text_id) if is_old(day, turn.today, turn.data_old_days) else None
