"""Suggestions while someone types. Nothing of what is typed is logged or kept, and private numbers are not read."""

from __future__ import annotations

import asyncio
from typing import Protocol

from bot.catalog.model import Catalogue
from bot.dialogue.choices import CardChoice
from bot.dialogue.clean import clean
from bot.dialogue.personal_data import masker_of
from bot.search.suggest import Suggester
from bot.texts import Texts
from handlers.naming import labels

_MOST_CHARS = 200


class HasCatalogue(Protocol):
    """Whoever answers from a catalogue, which may be replaced by another one."""

    catalogue: Catalogue


class Suggestions:
    """Choices for what has been typed so far; made anew when the catalogue changes."""

    def __init__(self, assistant: HasCatalogue, texts: Texts) -> None:
        self._assistant = assistant
        self._masker = masker_of(texts)
        self._lock = asyncio.Lock()
        self._use(assistant.catalogue, Suggester(assistant.catalogue))

    def _use(self, catalogue: Catalogue, suggester: Suggester) -> None:
        self._catalogue, self._suggester = catalogue, suggester

    async def offer(self, typed: str) -> list[dict[str, str]]:
        """At most six of `{"id", "label"}`; none for what is too long or looks private."""
        async with self._lock:
            catalogue = self._assistant.catalogue
            if catalogue.version != self._catalogue.version:
                self._use(catalogue, await asyncio.to_thread(Suggester, catalogue))
        text = clean(typed, _MOST_CHARS)
        if len(text) > _MOST_CHARS or self._masker.mask(text).found:
            return []
        # A blank at the end says that the last word is finished.
        codes = self._suggester.suggest(f"{text} " if typed[-1:].isspace() else text)
        shown = labels(self._catalogue, codes)
        return [{"id": str(CardChoice(code)), "label": label} for code, label in zip(codes, shown, strict=True)]
