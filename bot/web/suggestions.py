"""Suggestions while someone types. Nothing of what is typed is logged or kept, and private numbers are not read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from bot.catalog.model import Catalogue
from bot.dialogue.choices import CardChoice
from bot.dialogue.clean import clean
from bot.dialogue.personal_data import masker_of
from bot.search.english import as_english
from bot.search.suggest import Suggester
from bot.texts import Texts
from bot.web.languages import DEFAULT
from handlers.naming import ENGLISH, labels

_MAX_CHARS = 200


class HasCatalogue(Protocol):
    """Whoever answers from a catalogue, which may be replaced by another one."""

    @property
    def catalogue(self) -> Catalogue: ...


class Suggestions:
    """Choices for what has been typed so far; made anew when the catalogue changes."""

    def __init__(self, assistant: HasCatalogue, languages: Mapping[str, Texts]) -> None:
        self._assistant = assistant
        self._masker = masker_of(languages.values())
        self._lock = asyncio.Lock()
        self._catalogue = assistant.catalogue
        self._suggesters = _build(self._catalogue)

    async def offer(self, typed: str, language: str = DEFAULT) -> list[dict[str, str]]:
        """At most six of `{"id", "label"}`; none for what is too long or looks private.

        In English the procedures that have an English name, and where none of them fits those of the Vietnamese words.
        """
        async with self._lock:
            catalogue = self._assistant.catalogue
            # Not its version: words that staff have taught change it, and are in no file. What editors say beside it
            # is no name of a procedure: nothing is built for that.
            known = self._catalogue
            if catalogue.lexicon is not known.lexicon or catalogue.procedures is not known.procedures:
                self._suggesters = await asyncio.to_thread(_build, catalogue)
            self._catalogue = catalogue
        text = clean(typed, _MAX_CHARS)
        if len(text) > _MAX_CHARS or self._masker.mask(text).found:
            return []
        # A blank at the end says that the last word is finished.
        codes = self._suggest(f"{text} " if typed[-1:].isspace() else text, language)
        shown = labels(self._catalogue, codes, language)
        return [{"id": str(CardChoice(code)), "label": label} for code, label in zip(codes, shown, strict=True)]

    def _suggest(self, text: str, language: str) -> tuple[str, ...]:
        found = self._suggesters[language].suggest(text) if language in self._suggesters else ()
        return found or self._suggesters[DEFAULT].suggest(text)


def _build(catalogue: Catalogue) -> Mapping[str, Suggester]:
    return {DEFAULT: Suggester(catalogue), ENGLISH: Suggester(as_english(catalogue))}
