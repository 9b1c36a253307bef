"""Recognising messages that ask for no procedure: small talk, courts, weather, emergencies, secrets …"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.catalog.model import OutsideCue
from bot.search.fold import Token, fold
from bot.search.phrases import PhraseTable, contains

FIRST_OF_ALL = ("emergency_medical", "emergency_fire", "emergency_police", "otp")
"""Intents that are answered whatever else a message says, the most urgent first."""


@dataclass(frozen=True, slots=True)
class _Cue:
    intent: str
    words: int
    unless: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """`whole`: the message says nothing else. `words`: how many words the longest sign has."""

    intent: str
    whole: bool
    words: int

    @property
    def urgent(self) -> bool:
        return self.intent in FIRST_OF_ALL


def _table(cues: Iterable[OutsideCue]) -> PhraseTable[_Cue]:
    return PhraseTable(
        (
            cue.phrase,
            _Cue(cue.intent, len(fold(cue.phrase).split()), tuple(tuple(fold(u).split()) for u in cue.unless)),
        )
        for cue in cues
    )


class OutsideDetector:
    def __init__(self, cues: Sequence[OutsideCue]) -> None:
        self._whole = _table(cue for cue in cues if cue.whole)
        self._within = _table(cue for cue in cues if not cue.whole)

    def detect(self, readings: Iterable[Sequence[Token]]) -> Outside | None:
        """What the message is instead, judged over several readings of it (as typed, rewritten, without fillers)."""
        readings = [tokens for tokens in readings if tokens]
        within = [sign for tokens in readings for sign in self._signs(tokens)]
        urgent = [sign for sign in within if sign.urgent]
        if urgent:
            return min(urgent, key=lambda sign: FIRST_OF_ALL.index(sign.intent))
        for tokens in readings:
            for cue in self._whole.whole(tokens):
                return Outside(cue.intent, True, cue.words)
        for tokens in readings:
            whole = next((sign for sign in self._signs(tokens) if sign.words == len(tokens)), None)
            if whole is not None:
                return Outside(whole.intent, True, whole.words)
        return max(within, key=lambda sign: sign.words, default=None)

    def _signs(self, tokens: Sequence[Token]) -> list[Outside]:
        return [
            Outside(found.value.intent, False, found.length)
            for found in self._within.anywhere(tokens)
            if not any(contains(tokens, unless) for unless in found.value.unless)
        ]
