"""Suggestions while someone types. Nothing of what is typed is logged or kept, and private numbers are not read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.dialogue.choices import CardChoice
from bot.dialogue.clean import clean
from bot.dialogue.personal_data import Masker
from bot.operations.background import in_background
from bot.search.english import as_english
from bot.search.suggest import Suggester
from bot.web.languages import DEFAULT
from handlers.naming import ENGLISH, labels

_MAX_CHARS = 200


class HasCatalogue(Protocol):
    """Whoever answers from a catalogue, which may be replaced by another one."""

    @property
    def catalogue(self) -> Catalogue: ...


@dataclass(frozen=True, slots=True)
class _Suggesters:
    catalogue: Catalogue
    by_language: Mapping[str, Suggester]

    def fits(self, catalogue: Catalogue) -> bool:
        """Whether it has the same names and words."""
        own = self.catalogue
        return own.lexicon is catalogue.lexicon and own.procedures is catalogue.procedures


class Suggestions:
    """Choices for what has been typed so far; made anew when the catalogue changes."""

    def __init__(self, assistant: HasCatalogue, masker: Masker) -> None:
        self._assistant = assistant
        self._masker = masker
        self._lock = asyncio.Lock()
        self._current = _build(assistant.catalogue)
        self._next: _Suggesters | None = None

    @staticmethod
    def make(guide: Guide) -> object:
        """What will be suggested from (see `Follower`)."""
        return _build(guide.catalogue)

    def wants(self, guide: Guide) -> bool:
        return not any(one is not None and one.fits(guide.catalogue) for one in (self._current, self._next))

    def get_ready(self, made: object) -> None:
        if isinstance(made, _Suggesters):
            self._next = made

    async def offer(self, typed: str, language: str = DEFAULT) -> list[dict[str, str]]:
        """At most six of `{"id", "label"}`; none for what is too long or looks private.

        In English the procedures that have an English name, and where none of them fits those of the Vietnamese words.
        """
        async with self._lock:
            catalogue = self._assistant.catalogue
            # Not its version: words that staff have taught change it, and are in no file. What editors say beside it
            # is no name of a procedure: nothing is built for that.
            if not self._current.fits(catalogue):
                ready, self._next = self._next, None
                fits = ready is not None and ready.fits(catalogue)
                self._current = ready if ready and fits else await in_background(_build, catalogue)
        text = clean(typed, _MAX_CHARS)
        if len(text) > _MAX_CHARS or self._masker.mask(text).found:
            return []
        # A blank at the end says that the last word is finished.
        codes = self._suggest(f"{text} " if typed[-1:].isspace() else text, language)
        shown = labels(self._current.catalogue, codes, language)
        return [{"id": str(CardChoice(code)), "label": label} for code, label in zip(codes, shown, strict=True)]

    def _suggest(self, text: str, language: str) -> tuple[str, ...]:
        suggesters = self._current.by_language
        found = suggesters[language].suggest(text) if language in suggesters else ()
        return found or suggesters[DEFAULT].suggest(text)


def _build(catalogue: Catalogue) -> _Suggesters:
    return _Suggesters(catalogue, {DEFAULT: Suggester(catalogue), ENGLISH: Suggester(as_english(catalogue))})
