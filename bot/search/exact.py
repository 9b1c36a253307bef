"""Messages that are an official wording, word for word: those come first whatever the lexicon makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.search.fold import Token
from bot.search.query import Query
from bot.search.wordings import Doc, Wording

IsJust = Callable[[Sequence[Token], Sequence[Token]], bool]
"""Whether typed words are an official wording and nothing else but fillers."""

_OPENING = 3
"""Words by which official wordings are looked up; a shorter one is looked up by all it has."""
_OFFICIAL = (Wording.TITLE, Wording.SHORT)


def _folded(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens)


class ExactWordings:
    def __init__(self, docs: Sequence[Doc], is_just: IsJust) -> None:
        self._docs = docs
        self._is_just = is_just
        self._openings: dict[tuple[str, ...], list[int]] = {}
        self._by_content: dict[tuple[str, ...], list[int]] = {}
        for at, doc in enumerate(docs):
            if doc.wording in _OFFICIAL:
                self._openings.setdefault(_folded(doc.written[:_OPENING]), []).append(at)
                self._by_content.setdefault(_folded(doc.tokens), []).append(at)

    def find(self, query: Query) -> list[int]:
        """The longest official wording that the message is, but for fillers around it, in all its procedures."""
        typed = query.typed
        found: list[int] = []
        for start in range(len(typed)):
            opening = _folded(typed[start : start + _OPENING])
            for length in range(len(opening), 0, -1):
                candidates = self._openings.get(opening[:length], ())
                found.extend(at for at in candidates if self._is_just(typed, self._docs[at].written))
        if found:
            # "… mo khoa …" is unlocking and, with "mo" read as "đâu", locking: the longer wording is the message.
            longest = max(len(self._docs[at].written) for at in found)
            return [at for at in found if len(self._docs[at].written) == longest]
        return self._by_content.get(_folded(query.content), [])
