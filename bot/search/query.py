"""A message made ready for ranking: repaired, rewritten, its negated part dropped, its fillers weighed down."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.catalog.lexicon_model import Lexicon
from bot.search.fold import Token, make_tokens, tokenise
from bot.search.inflection import stem
from bot.search.negation import drop_negated
from bot.search.phrases import PhraseTable, is_accented
from bot.search.repair import Repairer
from bot.search.rewrite import Rewriter
from bot.search.speech import VIETNAMESE, Speech

T = TypeVar("T")

FILLER = 0.08
"""What a word weighs that carries no wish; above zero, so that a title made of such words is still found."""

_MOST_WORDS = 300
_SYNONYM_KINDS = frozenset({"synonym"})
_ABBREVIATION_KINDS = frozenset({"abbreviation"})
_PARTICLE = "particle"
_PLAIN_KINDS = frozenset({"polite", "subject", "want", "other"})


@dataclass(frozen=True, slots=True)
class Query:
    """Words with their weights (0..1), in order. `asks`: which side of a procedure is asked about.

    `place`: which meaning of ambiguous words this reading takes, 0 the likeliest.
    `typed`: the message's words before anything was rewritten or dropped.
    """

    tokens: tuple[Token, ...]
    weights: tuple[float, ...]
    asks: tuple[str, ...]
    cues: frozenset[str]
    place: int = 0
    typed: tuple[Token, ...] = ()

    def without_fillers(self) -> Query:
        """The query without the words that carry no wish; itself where nothing else would be left."""
        content = self.content
        return dataclasses.replace(self, tokens=content, weights=(1.0,) * len(content)) if content else self

    @property
    def content(self) -> tuple[Token, ...]:
        """The words that carry the wish."""
        return tuple(token for token, weight in zip(self.tokens, self.weights, strict=True) if weight > FILLER)


class Reader:
    """Turns messages into queries with a catalogue's lexicon."""

    def __init__(self, lexicon: Lexicon, places: Iterable[str] = (), speech: Speech = VIETNAMESE) -> None:
        """`places`: names of communes and districts; where someone lives says nothing of what they want."""
        self._speech = speech
        self._synonyms = Rewriter(r for r in lexicon.rewrites if r.kind in _SYNONYM_KINDS)
        self._abbreviations = Rewriter(r for r in lexicon.rewrites if r.kind in _ABBREVIATION_KINDS)
        self._everyday = Rewriter(r for r in lexicon.rewrites if r.kind not in _SYNONYM_KINDS)
        fillers = [(f.phrase, f.kind) for f in lexicon.fillers if f.kind != _PARTICLE]
        if speech.inflects:
            rewritten = [(self._rewritten(phrase), kind) for phrase, kind in fillers]
            fillers = list(dict.fromkeys([*fillers, *rewritten]))
        self._fillers = PhraseTable(fillers)
        self._particles = PhraseTable((f.phrase, f.kind) for f in lexicon.fillers if f.kind == _PARTICLE)
        self._places = PhraseTable((name, name) for name in places if " " in name)
        self._cues = PhraseTable((cue, q.id) for q in lexicon.qualifiers for cue in (*q.cues, *q.in_title))
        self._words = self._synonyms.words | self._everyday.words | self._fillers.words
        # Without accents a cue of one syllable ("bỏ") is any of several words; only those without marks are sure.
        self._bare_cues = frozenset(
            q.id for q in lexicon.qualifiers for cue in q.cues if " " not in cue and cue.isascii()
        )
        self._repairer: Repairer | None = None

    def _rewritten(self, phrase: str) -> str:
        """A filler as it stands in a message whose words have been rewritten: "which documents", "which paper"."""
        return " ".join(token.text for token in self._synonyms.first(make_tokens(phrase)))

    def use(self, repairer: Repairer) -> None:
        """From now on repair words with the vocabulary of an index."""
        self._repairer = repairer

    def words(self, text: str) -> tuple[Token, ...]:
        """The message's words, repaired."""
        tokens = tokenise(text)[:_MOST_WORDS]
        if self._repairer is None or not self._speech.typed_by_key:
            return tokens
        return self._repairer.mend(tokens, self._words)

    def wording(self, text: str) -> tuple[Token, ...]:
        """How a title or alias is indexed: abbreviations spelled out, then in official words, as messages are."""
        words = self._synonyms.first(self._abbreviations.first(make_tokens(text)))
        if not self._speech.inflects:
            return words
        weights, _ = self._fill(words, accented=False)
        content = [word for word, weight in zip(words, weights, strict=True) if weight > FILLER]
        return tuple(map(stem, content or words))

    def read(self, tokens: Sequence[Token]) -> list[Query]:
        """The readings of a message, likeliest first: one, unless an ambiguous word stands in it."""
        accented = is_accented(tokens)
        readings: dict[tuple[Token, ...], Query] = {}
        for place, variant in enumerate(self._everyday.variants(tokens, accented)):
            query = self._weigh(variant, accented, place, tuple(tokens))
            readings.setdefault(query.tokens, query)
        return list(readings.values())

    def _weigh(self, tokens: Sequence[Token], accented: bool, place: int, typed: tuple[Token, ...]) -> Query:
        kept = drop_negated(tokens)
        words = self._synonyms.first(kept, accented)
        weights, asks = self._fill(words, accented)
        cues = {
            found.value
            for read in {words, kept}
            for found in self._cues.anywhere(read, accented)
            if found.length > 1 or accented or found.value in self._bare_cues
        }
        compared = tuple(map(stem, words)) if self._speech.inflects else words
        return Query(compared, weights, asks, frozenset(cues), place, typed)

    def is_just(self, typed: Sequence[Token], wording: Sequence[Token]) -> bool:
        """Whether a message as typed is `wording`, letter for letter but for accents, and fillers around it."""
        size, words = len(wording), [token.folded for token in wording]
        accented = is_accented(typed)
        for start in range(len(typed) - size + 1):
            if [token.folded for token in typed[start : start + size]] == words:
                parts = (typed[:start], typed[start + size :])
                return all(self._says_nothing(part, accented) for part in parts)
        return False

    def everyday(self, text: str) -> str:
        """The text in everyday words: abbreviations spelled out, dialect and shorthand put into what they stand for."""
        return " ".join(token.text for token in self._everyday.first(make_tokens(text)))

    def phrase_of(self, typed: Sequence[Token], phrases: PhraseTable[T]) -> T | None:
        """What a message stands for that is one of the phrases, with accents where it has them, and fillers around it.

        As it is typed first, then in everyday words.
        """
        accented = is_accented(typed)
        for words in (typed, self._everyday.first(typed, accented)):
            for found in phrases.anywhere(words, accented):
                parts = (words[: found.start], words[found.start + found.length :])
                if all(self._says_nothing(part, accented) for part in parts):
                    return found.value
        return None

    def _says_nothing(self, tokens: Sequence[Token], accented: bool) -> bool:
        words = self._everyday.first(tokens, accented)
        return all(weight <= FILLER for weight in self._fill(words, accented)[0])

    def _fill(self, tokens: Sequence[Token], accented: bool) -> tuple[tuple[float, ...], tuple[str, ...]]:
        weights = [FILLER if self._is_stray(tokens, at) else 1.0 for at in range(len(tokens))]
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
        for at in range(len(tokens)):
            # Without accents a name counts only after such a word: "dong tien" may be paying.
            for place in self._places.at(tokens, at, accented)[:1]:
                if accented or (at and tokens[at - 1].folded in self._speech.place_markers):
                    weights[at : at + place.length] = [FILLER] * place.length
            if self._particles.at(tokens, at, accented) and (tokens[at].marked or _trails(tokens, weights, at)):
                weights[at] = FILLER
        return tuple(weights), tuple(asks)

    def _is_stray(self, tokens: Sequence[Token], at: int) -> bool:
        """A letter left over from chat ("á", "v", "j"); not the E of "Mẫu E", which stands in a title beside "mẫu"."""
        folded = tokens[at].folded
        if len(folded) != 1 or not folded.isalpha() or folded == "y":
            return False
        before = tokens[at - 1].folded if at else ""
        after = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        known = self._repairer
        return known is None or not (known.pair_count(before, folded) or known.pair_count(folded, after))


def _trails(tokens: Sequence[Token], weights: Sequence[float], at: int) -> bool:
    """Whether a word ends its clause after a filler: the place of particles, also where no accents are typed."""
    ends = at + 1 == len(tokens) or tokens[at + 1].starts_clause
    return ends and at > 0 and weights[at - 1] == FILLER
