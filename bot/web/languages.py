"""The languages in which the page can be shown: those that there are texts in. A test holds that they are complete."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.texts import LANGUAGES, Texts, load_texts

DEFAULT = LANGUAGES[0]


@cache
def offered() -> Mapping[str, Texts]:
    """The texts of each language; the default one first."""
    return {language: load_texts(language) for language in LANGUAGES}
