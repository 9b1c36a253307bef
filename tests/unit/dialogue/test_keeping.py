"""How long is kept what."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogue.keeping import USUAL, Keeping


def test_usual() -> None:
    assert (USUAL.choices, USUAL.events, USUAL.profiles) == (
        timedelta(hours=24),
        timedelta(days=90),
        timedelta(days=365),
    )


def test_as_set() -> None:
    keeping = Keeping(choices_hours=1, events_days=2, profiles_days=3)
    assert (keeping.choices, keeping.events, keeping.profiles) == (
        timedelta(hours=1),
        timedelta(days=2),
        timedelta(days=3),
    )
