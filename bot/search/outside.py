"""Recognising messages that ask for no procedure: small talk, courts, weather, emergencies, secrets …"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.catalog.model import OutsideCue
from bot.search.fold import Token, fold
from bot.search.phrases import PhraseTable, contains

FIRST_OF_ALL = ("emergency_distress", "emergency_medical", "emergency_fire", "emergency_police", "otp")
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

_YES_OR_NO = frozenset({"confirm", "deny"})
_LEFT_OVER = 3
"""Words dropped from a message of which a "được" remains, from which that is a leftover and no answer."""

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
        """What the message is instead, judged over several readings of it (as typed, rewritten, without fillers).

        Urgent signs come first; of the others the longest counts, and of equal ones the one that says it all.
        """
        distinct = list(dict.fromkeys(tuple(tokens) for tokens in readings if tokens))
        whole = [sign for tokens in distinct for sign in self._whole_signs(tokens, distinct)]
        within = [sign for tokens in distinct for sign in self._signs(tokens, distinct)]
        urgent = [sign for sign in (*whole, *within) if sign.urgent]
        if urgent:
            return min(urgent, key=lambda sign: FIRST_OF_ALL.index(sign.intent))
        longest = max((*whole, *within), key=lambda sign: sign.words, default=None)
        if longest is None or not whole:
            return longest
        # Without its fillers the message is just a sign: then it names no procedure, whichever sign is the longest.
        return dataclasses.replace(longest, intent=_meant(longest, distinct[0]), whole=True)

    def _whole_signs(self, tokens: Sequence[Token], readings: Sequence[Sequence[Token]]) -> list[Outside]:
        cues = (cue for cue in self._whole.whole(tokens) if not _taken_back(cue, readings))
        signs = [Outside(cue.intent, True, len(tokens)) for cue in cues]
        signs.extend(Outside(s.intent, True, s.words) for s in self._signs(tokens, readings) if s.words == len(tokens))
        return signs

    def _signs(self, tokens: Sequence[Token], readings: Sequence[Sequence[Token]]) -> list[Outside]:
        return [
            Outside(found.value.intent, False, found.length)
            for found in self._within.anywhere(tokens)
            if not _taken_back(found.value, readings)
        ]


def _taken_back(cue: _Cue, readings: Sequence[Sequence[Token]]) -> bool:
    """Whether a reading has words that bring the message back into scope, though another dropped them as fillers."""
    return any(contains(tokens, _folded(unless)) for unless in cue.unless for tokens in readings)


def _meant(sign: Outside, typed: Sequence[Token]) -> str:
    left_over = len(typed) - sign.words >= _LEFT_OVER
    return "vague" if sign.intent in _YES_OR_NO and left_over else sign.intent
