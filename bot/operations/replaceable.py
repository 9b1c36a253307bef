"""Whoever answers from a catalogue and a search that others take the place of while it runs."""

from __future__ import annotations

from typing import Protocol

from bot.catalog.guide import Guide
from bot.dialogue.turn import Searches


class Replaceable(Protocol):
    """An assistant whose catalogue and search can be replaced."""

    guide: Guide
    engine: Searches

    def take(self, guide: Guide, engine: Searches) -> None: ...
