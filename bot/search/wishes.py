"""Several wishes in one message: where it may be cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.search.fold import Token
from bot.search.speech import VIETNAMESE

_FEWEST_WORDS = 2
_MOST_CUTS = 4


def cuts(
    tokens: Sequence[Token], joining: Sequence[tuple[str, ...]] = VIETNAMESE.joining
) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """The ways to read a message as two wishes: at clause ends and joining words; at most four, in order."""
    found: list[tuple[tuple[Token, ...], tuple[Token, ...]]] = []
    for at in range(_FEWEST_WORDS, len(tokens) - 1):
        joined = next((j for j in joining if tuple(t.folded for t in tokens[at : at + len(j)]) == j), ())
        if not joined and not tokens[at].starts_clause:
            continue
        left, right = tuple(tokens[:at]), tuple(tokens[at + len(joined) :])
        if len(right) >= _FEWEST_WORDS:
            found.append((left, right))
    return found[:_MOST_CUTS]


def clauses(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The message at its punctuation."""
    starts = [0, *(at for at in range(1, len(tokens)) if tokens[at].starts_clause), len(tokens)]
    return [tuple(tokens[start:end]) for start, end in pairwise(starts)]
