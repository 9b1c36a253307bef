"""A message made ready for ranking: repaired, rewritten, its negated part dropped, its fillers weighed down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.model import Lexicon
from bot.search.fold import Token, tokenise
from bot.search.negation import drop_negated
from bot.search.phrases import PhraseTable, is_accented
from bot.search.repair import Repairer
from bot.search.rewrite import Rewriter

FILLER = 0.08
"""What a word weighs that carries no wish; above zero, so that a title made of such words is still found."""

_MOST_WORDS = 120
_SYNONYM_KINDS = frozenset({"synonym"})
_PLAIN_KINDS = frozenset({"polite", "subject", "want", "other"})


@dataclass(frozen=True, slots=True)
class Query:
    """Words with their weights (0..1), in order. `asks`: which side of a procedure is asked about."""

    tokens: tuple[Token, ...]
    weights: tuple[float, ...]
    asks: tuple[str, ...]
    accented: bool
    cues: frozenset[str]

    @property
    def content(self) -> tuple[Token, ...]:
        """The words that carry the wish."""
        return tuple(token for token, weight in zip(self.tokens, self.weights, strict=True) if weight > FILLER)


class Reader:
    """Turns messages into queries with a catalogue's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.synonyms = Rewriter(r for r in lexicon.rewrites if r.kind in _SYNONYM_KINDS)
        self._everyday = Rewriter(r for r in lexicon.rewrites if r.kind not in _SYNONYM_KINDS)
        self._fillers = PhraseTable((filler.phrase, filler.kind) for filler in lexicon.fillers)
        self._cues = PhraseTable((cue, q.id) for q in lexicon.qualifiers for cue in (*q.cues, *q.in_title))
        self._words = self.synonyms.words | self._everyday.words | self._fillers.words
        self._repairer: Repairer | None = None

    def use(self, repairer: Repairer) -> None:
        """From now on repair words with the vocabulary of an index."""
        self._repairer = repairer

    def words(self, text: str) -> tuple[Token, ...]:
        """The message's words, repaired."""
        tokens = tokenise(text)[:_MOST_WORDS]
        return tokens if self._repairer is None else self._repairer.mend(tokens, self._words)

    def read(self, tokens: Sequence[Token]) -> list[Query]:
        """The readings of a message, likeliest first."""
        readings: dict[tuple[str, ...], Query] = {}
        for variant in self._everyday.variants(tokens):
            query = self._weigh(variant)
            readings.setdefault(tuple(token.text for token in query.tokens), query)
        return list(readings.values())

    def _weigh(self, tokens: Sequence[Token]) -> Query:
        kept = drop_negated(tokens)
        words = self.synonyms.first(kept)
        weights, asks = self._fill(words)
        cues = frozenset(found.value for found in self._cues.anywhere(words)) | frozenset(
            found.value for found in self._cues.anywhere(kept)
        )
        return Query(words, weights, asks, is_accented(tokens), cues)

    def _fill(self, tokens: Sequence[Token]) -> tuple[tuple[float, ...], tuple[str, ...]]:
        accented = is_accented(tokens)
        weights = [1.0] * len(tokens)
        asks: dict[str, None] = {}
        at = 0
        while at < len(tokens):
            found = next(iter(self._fillers.at(tokens, at, accented)), None)
            if found is None:
                at += 1
                continue
            weights[at : at + found.length] = [FILLER] * found.length
            if found.value not in _PLAIN_KINDS:
                asks[found.value] = None
            at += found.length
        return tuple(weights), tuple(asks)
