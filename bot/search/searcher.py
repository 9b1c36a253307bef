"""The steps of the search in one language: a message without a code in, a decision for each of its wishes out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from bot.catalog.model import Catalogue
from bot.search.decide import decide
from bot.search.fold import Token
from bot.search.index import Index
from bot.search.model import Decision, SearchResult, Verdict
from bot.search.outside import NAMED, OutsideDetector
from bot.search.query import Query, Reader
from bot.search.rank import Ranked, Ranker
from bot.search.repair import Repairer
from bot.search.speech import Speech
from bot.search.terms import TermFinder
from bot.search.traits import collect_traits
from bot.search.wishes import clauses, cuts
from bot.search.wordings import collect_docs

_KIND_OF_PLACE = re.compile(r"^(?:phường|xã|thị trấn|thị xã|huyện|thành phố) ", re.IGNORECASE)
_LONGEST_PAIR = 60
"""Words: a longer message tells a story, it does not list wishes."""
_WISH_SCORE = 1.2
"""Score that each half of a message must reach to be a wish of its own."""
_ONE_WISH = 0.85
"""Likeness of the whole message to one wording from which it is one wish, whatever joins its parts."""
_LONGEST_LIST = 5
_ALL_HELD = 0.9
"""Share of the words of a list that one procedure's wordings hold from which it is one wish: names have commas too."""
_OFFERED_ASIDE = 3
"""Procedures offered below an answer about something else that names one."""
_UNLIKELIER = 0.05
"""What a less likely meaning of an ambiguous word must gain to be preferred."""
_NEARLY = 0.1
"""How far behind in score the best hit of another reading may be and still be offered too."""


def place_names(catalogue: Catalogue) -> tuple[str, ...]:
    """The names of the province, its communes, and the units and districts before 2025, without their kind."""
    former = [unit for commune in catalogue.communes.values() for unit in commune.former_units]
    names = [catalogue.province.name, *(commune.name for commune in catalogue.communes.values())]
    names.extend(_KIND_OF_PLACE.sub("", name) for unit in former for name in (unit.name, unit.district))
    return tuple(dict.fromkeys(names))


class Searcher:
    """Searches one catalogue in one language; immutable once built."""

    def __init__(self, catalogue: Catalogue, speech: Speech) -> None:
        self._speech = speech
        self.reader = Reader(catalogue.lexicon, place_names(catalogue), speech)
        codes, docs = collect_docs(catalogue, self.reader.wording)
        self.index = Index(codes, docs)
        repairer = Repairer(self.index.word_counts, self.index.pair_count)
        self.reader.use(repairer)
        traits = collect_traits(catalogue, codes)
        self._ranker = Ranker(self.index, traits, TermFinder(self.index, repairer), self.reader.is_just)
        self._outside = OutsideDetector(catalogue.lexicon.outside)

    @property
    def parts(self) -> tuple[object, ...]:
        """What it is made of: each may hold those before it, none one behind it."""
        return self.index, self.reader, self._outside, self._ranker

    def search(self, text: str) -> SearchResult:
        """The decision for a message, or one for each of its wishes. Never raises, whatever the text."""
        tokens = self.reader.words(text)
        if not tokens:
            return SearchResult((Decision(text, Verdict.NOT_FOUND),))
        query, ranked = self._best_reading(tokens)
        outside = self._outside.detect((tokens, query.tokens, query.content))
        if outside is not None and outside.overrides(ranked.hits[0].like if ranked.hits else 0.0):
            offered = ranked.candidates[:_OFFERED_ASIDE] if ranked.hits and ranked.hits[0].like >= NAMED else ()
            return SearchResult(
                (Decision(text, Verdict.OUT_OF_SCOPE, offered, len(offered), outside.intent, query.asks),)
            )
        decision = decide(text, query, ranked)
        if outside is not None and outside.urgent:
            return SearchResult((dataclasses.replace(decision, intent=outside.intent),))
        if not query.content:
            return SearchResult((Decision(text, Verdict.NOT_FOUND, asks=query.asks),))
        wishes = self._several(text, tokens, ranked)
        return SearchResult(wishes or (decision,))

    def likeness(self, text: str) -> float:
        """How like the message the best procedure is, 0..1; above 1 where it is its very name."""
        tokens = self.reader.words(text)
        hits = self._best_reading(tokens)[1].hits if tokens else ()
        return hits[0].like if hits else 0.0

    def _best_reading(self, tokens: Sequence[Token]) -> tuple[Query, Ranked]:
        """The reading that fits best; where an ambiguous word reads nearly as well otherwise, with those hits too."""
        readings = [(query, self._ranker.rank(query)) for query in self.reader.read(tokens)]
        query, best = max(readings, key=lambda item: item[1].score - _UNLIKELIER * item[0].place)
        others = [ranked for other, ranked in readings if other.place != query.place]
        return query, best.with_others(others, _NEARLY)

    def _several(self, text: str, tokens: Sequence[Token], whole: Ranked) -> tuple[Decision, ...]:
        """The decisions for each wish, if the message clearly holds several; else nothing."""
        if len(tokens) > _LONGEST_PAIR:
            return ()
        listed = self._listed(text, tokens, whole)
        if listed:
            return listed
        if whole.hits and whole.hits[0].like >= _ONE_WISH:
            return ()
        for left, right in cuts(tokens, self._speech.joining):
            first = self._clear_wish(text, left)
            second = self._clear_wish(text, right) if first is not None else None
            if first is not None and second is not None and first.candidates[0].code != second.candidates[0].code:
                return (first, second)
        return ()

    def _listed(self, text: str, tokens: Sequence[Token], whole: Ranked) -> tuple[Decision, ...]:
        """The decisions for a list ("khai sinh, kết hôn, sổ đỏ"), if each of its parts is clearly a wish of its own."""
        parts = clauses(tokens)
        is_one = bool(whole.hits) and whole.hits[0].like >= _ONE_WISH and whole.hits[0].covered >= _ALL_HELD
        if is_one or not 2 <= len(parts) <= _LONGEST_LIST:
            return ()
        wishes = [self._clear_wish(text, part) for part in parts]
        found = {wish.candidates[0].code: wish for wish in wishes if wish is not None}
        return tuple(found.values()) if len(found) == len(parts) else ()

    def _clear_wish(self, text: str, part: Sequence[Token]) -> Decision | None:
        query = self.reader.read(part)[0]
        if not query.content:
            return None
        ranked = self._ranker.rank(query)
        return decide(text, query, ranked) if ranked.score >= _WISH_SCORE else None
