"""How names of a list are compared, and when two differ only in how they are spelled."""

from __future__ import annotations

import re
import unicodedata

from bot.catalog.phrases import folded

_WORD = re.compile(r"[^\W_]+")


def tidied(text: str) -> str:
    """Composed characters, single blanks, none at the ends: what is never told as a difference."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_spelling(one: str, other: str) -> bool:
    """Whether two different names have the same letters: only case, marks or punctuation set them apart."""
    return one != other and letters(one) == letters(other)


def letters(text: str) -> str:
    """The words without marks, case and punctuation."""
    return " ".join(_WORD.findall(folded(text)))
