"""Whether a message is one of the phrases of a list of words, but for politeness and pronouns around and within it."""

from __future__ import annotations

from functools import cache

from bot.dialogue.turn import Turn
from bot.search.fold import fold

_Bare = tuple[str, ...]


def says(turn: Turn, list_id: str, around_id: str) -> bool:
    """`list_id`: the phrases; `around_id`: the words that say nothing beside them."""
    around = turn.texts.words(around_id)
    return _bare(turn.text, _folded(around)) in _phrases(turn.texts.words(list_id), around)


# Every message is held against these lists, which never change.
@cache
def _phrases(phrases: tuple[str, ...], around: tuple[str, ...]) -> frozenset[_Bare]:
    return frozenset(_bare(phrase, _folded(around)) for phrase in phrases)


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _bare(text: str, around: frozenset[str]) -> _Bare:
    return tuple(word for word in fold(text).split() if word not in around)
