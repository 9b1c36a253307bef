"""The search as the rest of the project sees it: a message in, a decision out. Pure and deterministic."""

from __future__ import annotations

import dataclasses
import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.catalog.codes import find_codes
from bot.catalog.model import Catalogue
from bot.search.decide import decide
from bot.search.fold import Token, tokenise
from bot.search.help_search import HelpSearch
from bot.search.index import Index
from bot.search.model import Candidate, Decision, Reason, SearchResult, Verdict
from bot.search.outside import FIRST_OF_ALL, NAMED, OutsideDetector
from bot.search.query import Query, Reader
from bot.search.rank import Ranked, Ranker
from bot.search.repair import Repairer
from bot.search.terms import TermFinder
from bot.search.traits import collect_traits
from bot.search.wishes import cuts
from bot.search.wordings import collect_docs

_WORDS_OF_A_CODE = 6
"""A longer message says more than a code: with an unknown one it is searched by its words."""
_KIND_OF_PLACE = re.compile(r"^(?:phường|xã|thị trấn|thị xã|huyện|thành phố) ", re.IGNORECASE)
_LONGEST_PAIR = 60
"""Words: a longer message tells a story, it does not list wishes."""
_WISH_SCORE = 1.2
"""Score that each half of a message must reach to be a wish of its own."""
_ONE_WISH = 0.85
"""Likeness of the whole message to one wording from which it is one wish, whatever joins its parts."""
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


@contextmanager
def _without_collector() -> Iterator[None]:
    """Building makes a million objects that all stay: the collector would only walk them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class SearchEngine:
    """Searches one catalogue. Building it takes well under a second; it is immutable afterwards."""

    def __init__(self, catalogue: Catalogue) -> None:
        with _without_collector():
            self._build(catalogue)

    def _build(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._reader = Reader(catalogue.lexicon, place_names(catalogue))
        codes, docs = collect_docs(catalogue, self._reader.wording)
        self.index = Index(codes, docs)
        repairer = Repairer(self.index.word_counts, self.index.pair_count)
        self._reader.use(repairer)
        traits = collect_traits(catalogue, codes)
        self._ranker = Ranker(self.index, traits, TermFinder(self.index, repairer), self._reader.is_just)
        self._outside = OutsideDetector(catalogue.lexicon.outside)
        self._own_matters = {(topic.id, intent) for topic in catalogue.help_topics for intent in topic.intents}
        self._help = HelpSearch(catalogue.lexicon, self.index.idf.__contains__)

    def search(self, text: str) -> SearchResult:
        """The decision for a message, or one for each of its wishes. Never raises, whatever the text."""
        by_code = self._by_code(text)
        if by_code is not None:
            return by_code
        tokens = self._reader.words(text)
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

    def help_topic(self, text: str) -> str | None:
        """The help topic that a message asks for; None where it asks for none, or rather for a procedure.

        None too in danger, and where a code is written. Never raises, whatever the text.
        """
        match = None if find_codes(text) else self._help.find(text)
        if match is None:
            return None
        decision = self.search(text).first
        hits = self._best_reading(self._reader.words(text))[1].hits
        rival = hits[0].like if hits else 0.0
        is_own = (match.topic, decision.intent) in self._own_matters
        urgent = decision.intent in FIRST_OF_ALL
        return match.topic if not urgent and match.prevails(decision, rival, is_own=is_own) else None

    def _by_code(self, text: str) -> SearchResult | None:
        written = find_codes(text)
        if not written:
            return None
        procedures = self._catalogue.procedures
        if not any(code in procedures for code in written) and len(tokenise(text)) > _WORDS_OF_A_CODE:
            return None
        decisions = []
        for code in written[:5]:
            procedure = procedures.get(code)
            if procedure is None:
                decisions.append(Decision(text, Verdict.NOT_FOUND, intent="unknown_code"))
                continue
            current = procedure.superseded_by or code
            candidate = Candidate(current, 2.0, (Reason("code", 2.0, code),))
            decisions.append(Decision(text, Verdict.ANSWERED, (candidate,), written=code))
        return SearchResult(tuple(decisions))

    def _best_reading(self, tokens: Sequence[Token]) -> tuple[Query, Ranked]:
        """The reading that fits best; where an ambiguous word reads nearly as well otherwise, with those hits too."""
        readings = [(query, self._ranker.rank(query)) for query in self._reader.read(tokens)]
        query, best = max(readings, key=lambda item: item[1].score - _UNLIKELIER * item[0].place)
        others = [ranked for other, ranked in readings if other.place != query.place]
        return query, best.with_others(others, _NEARLY)

    def _several(self, text: str, tokens: Sequence[Token], whole: Ranked) -> tuple[Decision, ...]:
        """The decisions for two wishes, if the message clearly holds two; else nothing."""
        if len(tokens) > _LONGEST_PAIR or (whole.hits and whole.hits[0].like >= _ONE_WISH):
            return ()
        for left, right in cuts(tokens):
            first = self._clear_wish(text, left)
            second = self._clear_wish(text, right) if first is not None else None
            if first is not None and second is not None and first.candidates[0].code != second.candidates[0].code:
                return (first, second)
        return ()

    def _clear_wish(self, text: str, part: Sequence[Token]) -> Decision | None:
        query = self._reader.read(part)[0]
        if not query.content:
            return None
        ranked = self._ranker.rank(query)
        return decide(text, query, ranked) if ranked.score >= _WISH_SCORE else None
