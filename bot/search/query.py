"""A message made ready for ranking: repaired, rewritten, its negated part dropped, its fillers weighed down."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.model import Lexicon
from bot.search.fold import Token, make_tokens, tokenise
from bot.search.negation import drop_negated
from bot.search.phrases import PhraseTable, is_accented
from bot.search.repair import Repairer
from bot.search.rewrite import Rewriter

FILLER = 0.08
"""What a word weighs that carries no wish; above zero, so that a title made of such words is still found."""

_MOST_WORDS = 300
_MOST_READINGS = 4
_SYNONYM_KINDS = frozenset({"synonym"})
_ABBREVIATION_KINDS = frozenset({"abbreviation"})
_PLAIN_KINDS = frozenset({"polite", "subject", "want", "other"})


@dataclass(frozen=True, slots=True)
class Filled:
    """Words and their weights."""

    tokens: tuple[Token, ...]
    weights: tuple[float, ...]

    def holds(self, wording: Sequence[Token]) -> bool:
        """Whether this is `wording` and nothing else but fillers around it."""
        size, words = len(wording), [token.folded for token in wording]
        for start in range(len(self.tokens) - size + 1):
            if [token.folded for token in self.tokens[start : start + size]] == words:
                around = (*self.weights[:start], *self.weights[start + size :])
                return all(weight <= FILLER for weight in around)
        return False


@dataclass(frozen=True, slots=True)
class Query:
    """Words with their weights (0..1), in order. `asks`: which side of a procedure is asked about.

    `undropped`: the words with what the message takes back still in them, when it takes something back.
    """

    tokens: tuple[Token, ...]
    weights: tuple[float, ...]
    asks: tuple[str, ...]
    accented: bool
    cues: frozenset[str]
    undropped: Filled | None = None

    def without_fillers(self) -> Query:
        """The query without the words that carry no wish; itself where nothing else would be left."""
        content = self.content
        return dataclasses.replace(self, tokens=content, weights=(1.0,) * len(content)) if content else self

    @property
    def filled(self) -> Filled:
        return Filled(self.tokens, self.weights)

    @property
    def content(self) -> tuple[Token, ...]:
        """The words that carry the wish."""
        return tuple(token for token, weight in zip(self.tokens, self.weights, strict=True) if weight > FILLER)


class Reader:
    """Turns messages into queries with a catalogue's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.synonyms = Rewriter(r for r in lexicon.rewrites if r.kind in _SYNONYM_KINDS)
        self._abbreviations = Rewriter(r for r in lexicon.rewrites if r.kind in _ABBREVIATION_KINDS)
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

    def wordings(self, text: str) -> tuple[tuple[Token, ...], ...]:
        """How a title or alias is indexed: abbreviations spelled out; as spoken, and in official words if that differs."""
        spoken = self._abbreviations.first(make_tokens(text))
        return tuple(dict.fromkeys((spoken, self.synonyms.first(spoken))))

    def read(self, tokens: Sequence[Token]) -> list[Query]:
        """The readings of a message, likeliest first: ambiguous words one way or the other, in official words and as
        spoken, because a synonym may say less than what it replaces."""
        variants = self._everyday.variants(tokens)
        readings: dict[tuple[str, ...], Query] = {}
        for official in (True, False):
            for variant in variants:
                query = self._weigh(variant, official)
                readings.setdefault(tuple(token.text for token in query.tokens), query)
        return list(readings.values())[:_MOST_READINGS]

    def _weigh(self, tokens: Sequence[Token], official: bool) -> Query:
        kept = drop_negated(tokens)
        words = self.synonyms.first(kept) if official else kept
        weights, asks = self._fill(words)
        cues = frozenset(found.value for found in self._cues.anywhere(words)) | frozenset(
            found.value for found in self._cues.anywhere(kept)
        )
        undropped = None
        if len(kept) < len(tokens):
            whole = self.synonyms.first(tokens)
            undropped = Filled(whole, self._fill(whole)[0])
        return Query(words, weights, asks, is_accented(tokens), cues, undropped)

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
