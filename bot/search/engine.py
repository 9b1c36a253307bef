"""The search as the rest of the project sees it: a message in, a decision out. Pure and deterministic."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from bot.catalog.codes import find_codes
from bot.catalog.model import Catalogue
from bot.search.english import as_english
from bot.search.fold import tokenise
from bot.search.help_search import HelpSearch
from bot.search.index import Index
from bot.search.language import Language, detect_language, english_words
from bot.search.model import Candidate, Decision, Reason, SearchResult, Verdict
from bot.search.outside import FIRST_OF_ALL
from bot.search.query import Reader
from bot.search.searcher import Searcher
from bot.search.speech import ENGLISH, VIETNAMESE

_WORDS_OF_A_CODE = 6
"""A longer message says more than a code: with an unknown one it is searched by its words."""


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
        self._catalogue = catalogue
        self._words = english_words(catalogue.english.words)
        with _without_collector():
            self._vietnamese = Searcher(catalogue, VIETNAMESE)
            self._english = Searcher(as_english(catalogue), ENGLISH)
        self._own_matters = {(topic.id, intent) for topic in catalogue.help_topics for intent in topic.intents}
        self._help = HelpSearch(catalogue.lexicon, self.index.idf.__contains__)

    @property
    def index(self) -> Index:
        """The wordings of all procedures, in Vietnamese."""
        return self._vietnamese.index

    @property
    def reader(self) -> Reader:
        """How messages in Vietnamese are read."""
        return self._vietnamese.reader

    @property
    def parts(self) -> tuple[object, ...]:
        """What it is made of. Whoever lets these go one by one, the last first, frees a million objects in pieces."""
        return (*self._vietnamese.parts, *self._english.parts, self._help)

    def language(self, text: str) -> Language | None:
        """The language a message is in; None where it does not tell ("passport", a code)."""
        return detect_language(text, self._words)

    def search(self, text: str, language: Language = "vi") -> SearchResult:
        """The decision for a message, or one for each of its wishes. Never raises, whatever the text.

        `language`: what the person reads. In English a message is searched among the procedures that have an English
        name; one in Vietnamese, or that tells no language and leads to nothing, is searched as Vietnamese.
        """
        by_code = self._by_code(text)
        if by_code is not None:
            return by_code
        written = self.language(text) if language == "en" else "vi"
        if written == "vi":
            return self._vietnamese.search(text)
        found = self._english.search(text)
        if written is None and found.first.verdict is Verdict.NOT_FOUND:
            return self._vietnamese.search(text)
        return found

    def help_topic(self, text: str, language: Language = "vi") -> str | None:
        """The help topic that a message asks for; None where it asks for none, or rather for a procedure.

        None too in danger, and where a code is written. Never raises, whatever the text.
        """
        match = None if find_codes(text) else self._help.find(text)
        if match is None:
            return None
        decision = self.search(text, language).first
        searcher = self._english if language == "en" else self._vietnamese
        is_own = (match.topic, decision.intent) in self._own_matters
        urgent = decision.intent in FIRST_OF_ALL
        prevails = not urgent and match.prevails(decision, searcher.likeness(text), is_own=is_own)
        return match.topic if prevails else None

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
