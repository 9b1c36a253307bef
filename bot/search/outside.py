"""Recognising messages that ask for no procedure: small talk, courts, weather, emergencies, secrets …"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.catalog.model import OutsideCue
from bot.search.fold import Token, fold
from bot.search.phrases import PhraseTable, contains

FIRST_OF_ALL = ("emergency_medical", "emergency_fire", "emergency_police", "otp")
"""Intents that are answered whatever else a message says, the most urgent first."""


ASIDE = frozenset(
    {
        "case_status",
        "contact",
        "credentials",
        "do_it_for_me",
        "officials_complaint",
        "opening_hours",
        "prompt_injection",
    }
)
"""Intents that may well name a procedure and still ask for something else."""

NAMED = 0.7
"""Likeness from which a message that also has a sign of another matter still names a procedure."""
SURELY_NAMED = 0.8
"""… and from which even an urgent sign ("cháy") may be part of its story; the urgent answer then comes first."""


@dataclass(frozen=True, slots=True)
class _Cue:
    intent: str
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """`whole`: the message says nothing else. `words`: how many words the longest sign has."""

    intent: str
    whole: bool
    words: int

    @property
    def urgent(self) -> bool:
        return self.intent in FIRST_OF_ALL

    def overrides(self, likeness: float) -> bool:
        """Whether this, and not the procedure that the message is so like, is what to answer."""
        if self.whole or self.intent in ASIDE:
            return True
        return likeness < (SURELY_NAMED if self.urgent else NAMED)


@lru_cache(maxsize=4096)
def _folded(phrase: str) -> tuple[str, ...]:
    """Folded when first needed: most phrases of this kind never are."""
    return tuple(fold(phrase).split())


def _table(cues: Iterable[OutsideCue]) -> PhraseTable[_Cue]:
    return PhraseTable(
        (
            cue.phrase,
            _Cue(cue.intent, cue.unless),
        )
        for cue in cues
    )


class OutsideDetector:
    def __init__(self, cues: Sequence[OutsideCue]) -> None:
        self._whole = _table(cue for cue in cues if cue.whole)
        self._within = _table(cue for cue in cues if not cue.whole)

    def detect(self, readings: Iterable[Sequence[Token]]) -> Outside | None:
        """What the message is instead, judged over several readings of it (as typed, rewritten, without fillers)."""
        distinct = list(dict.fromkeys(tuple(tokens) for tokens in readings if tokens))
        signs = [self._signs(tokens) for tokens in distinct]
        within = [sign for found in signs for sign in found]
        urgent = [sign for sign in within if sign.urgent]
        if urgent:
            return min(urgent, key=lambda sign: FIRST_OF_ALL.index(sign.intent))
        for tokens, found in zip(distinct, signs, strict=True):
            whole = [cue.intent for cue in self._whole.whole(tokens)]
            whole.extend(sign.intent for sign in found if sign.words == len(tokens))
            if whole:
                return Outside(whole[0], True, len(tokens))
        return max(within, key=lambda sign: sign.words, default=None)

    def _signs(self, tokens: Sequence[Token]) -> list[Outside]:
        return [
            Outside(found.value.intent, False, found.length)
            for found in self._within.anywhere(tokens)
            if not any(contains(tokens, _folded(unless)) for unless in found.value.unless)
        ]
