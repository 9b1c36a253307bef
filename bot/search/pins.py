"""The phrases that editors have pinned to a procedure, looked up beside an engine that knows nothing of them.

A code typed is always the code, and a call for help is always answered first. Then comes a pin, before titles and
aliases: an editor pins a phrase because of what they make of it, and for exactly that phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.catalog.codes import find_codes
from bot.catalog.editorial import Pin
from bot.search.engine import SearchEngine
from bot.search.fold import tokenise
from bot.search.language import Language
from bot.search.model import Candidate, Decision, Reason, SearchResult, Verdict
from bot.search.outside import FIRST_OF_ALL
from bot.search.phrases import PhraseTable

_URGENT = frozenset({*FIRST_OF_ALL, "police_report"})
_FOUND = frozenset({Verdict.ANSWERED, Verdict.ASKED_BACK})
_SCORE = 2.0
"""As that of a code: nothing else comes near it."""


class PinnedSearch:
    """Searches as its engine does, but for what is pinned. Made in no time; immutable."""

    def __init__(self, engine: SearchEngine, pins: Sequence[Pin]) -> None:
        self.engine = engine
        everyday = ((engine.reader.everyday(pin.phrase), pin) for pin in pins)
        # As they are written stands first: it is what is meant where both fit.
        self._pins = PhraseTable([*((pin.phrase, pin) for pin in pins), *everyday])

    def search(self, text: str, language: Language = "vi") -> SearchResult:
        """See `SearchEngine.search`."""
        pin = self._pin(text)
        found = self.engine.search(text, language)
        if pin is None or _is_urgent(found):
            return found
        first = found.first
        # What came near where nothing was found is hardly meant.
        near = first.candidates if first.verdict in _FOUND else ()
        others = tuple(candidate for candidate in near if candidate.code != pin.code)
        candidate = Candidate(pin.code, _SCORE, (Reason("pin", _SCORE, pin.phrase),))
        pinned = Decision(text, Verdict.ANSWERED, (candidate, *others), asks=first.asks)
        return replace(found, wishes=(pinned,))

    def help_topic(self, text: str, language: Language = "vi") -> str | None:
        """See `SearchEngine.help_topic`; a pinned phrase asks for its procedure."""
        return None if self._pin(text) is not None else self.engine.help_topic(text, language)

    def language(self, text: str) -> Language | None:
        """See `SearchEngine.language`."""
        return self.engine.language(text)

    def _pin(self, text: str) -> Pin | None:
        if find_codes(text):
            return None
        reader = self.engine.reader
        # As it is first: a pinned phrase may be one that would be mended.
        return reader.phrase_of(tokenise(text), self._pins) or reader.phrase_of(reader.words(text), self._pins)


def _is_urgent(found: SearchResult) -> bool:
    return any(wish.intent in _URGENT for wish in found.wishes)
