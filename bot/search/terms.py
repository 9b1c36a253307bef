"""What a query looks for, spelled out: each word with the vocabulary words that may stand for it, each pair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.search.index import Index
from bot.search.query import FILLER, Query
from bot.search.repair import Repairer

UNKNOWN_SHARE = 0.4
"""Weight of a word found in no wording, beside that of the rarest known word."""
CORRECTED = 0.7
"""Likeness of a word put in because it, unlike the typed one, stands beside the typed neighbours somewhere."""
_MOST_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class WordTerm:
    """A word of the query and the known words that may stand for it, with their likeness.

    `accented`: the spelling to compare accents with; None where none were typed or the word itself is not known.
    """

    accented: str | None
    weight: float
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class PairTerm:
    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Terms:
    words: tuple[WordTerm, ...]
    pairs: tuple[PairTerm, ...]

    @property
    def word_weight(self) -> float:
        return sum(term.weight for term in self.words)

    @property
    def pair_weight(self) -> float:
        return sum(term.weight for term in self.pairs)


class TermFinder:
    def __init__(self, index: Index, repairer: Repairer) -> None:
        self._index = index
        self._repairer = repairer

    def find(self, query: Query) -> Terms:
        """The terms of a query; a word that is written twice counts once, with its greater weight.

        Fillers are looked for only in a message that has nothing else.
        """
        query = query.without_fillers()
        readings = [self._alternatives(query, at) for at in range(len(query.tokens))]
        words: dict[str, WordTerm] = {}
        for token, weight, found in zip(query.tokens, query.weights, readings, strict=True):
            idf = self._index.idf.get(found[0][0], 0.0) if found else UNKNOWN_SHARE * self._index.most_idf
            known = words.get(token.folded)
            if known is None or known.weight < weight * idf:
                compared = token.marked and token.folded in self._index.idf
                words[token.folded] = WordTerm(token.text if compared else None, weight * idf, found)
        return Terms(tuple(words.values()), self._pairs(query, readings))

    def _alternatives(self, query: Query, at: int) -> tuple[tuple[str, float], ...]:
        folded = query.tokens[at].folded
        known = folded in self._index.idf
        if not known:
            return self._repairer.neighbours(folded)[:_MOST_ALTERNATIVES]
        own = ((folded, 1.0),)
        if query.weights[at] <= FILLER or len(folded) < 2:
            return own
        before = query.tokens[at - 1].folded if at else ""
        after = query.tokens[at + 1].folded if at + 1 < len(query.tokens) else ""
        if self._beside(before, folded, after):
            return own
        meant = [(word, like) for word, like in self._repairer.neighbours(folded) if self._beside(before, word, after)]
        return (*own, *((word, CORRECTED * like) for word, like in meant[:2]))

    def _beside(self, before: str, word: str, after: str) -> int:
        return self._index.pair_count(before, word) + self._index.pair_count(word, after)

    def _pairs(self, query: Query, readings: list[tuple[tuple[str, float], ...]]) -> tuple[PairTerm, ...]:
        found: dict[tuple[str, str], PairTerm] = {}
        for left_at, right_at in pairwise(range(len(query.tokens))):
            weight = min(query.weights[left_at], query.weights[right_at])
            for left, left_like in readings[left_at] or ((query.tokens[left_at].folded, 1.0),):
                for right, right_like in readings[right_at] or ((query.tokens[right_at].folded, 1.0),):
                    idf = self._index.pair_idf(left, right)
                    if idf:
                        term = PairTerm(left, right, idf * weight * left_like * right_like)
                        known = found.get((left, right))
                        found[left, right] = term if known is None or known.weight < term.weight else known
        return tuple(found.values())
