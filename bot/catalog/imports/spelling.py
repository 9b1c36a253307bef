"""When two names of a list are the same, and when they differ only in how they are spelled."""

from __future__ import annotations

import re
import unicodedata

from bot.catalog.phrases import canonical, folded
from bot.catalog.titles import tidy

_WORD = re.compile(r"[^\W_]+")


def tidied(text: str) -> str:
    """Composed characters, single blanks, none at the ends: what is never told as a difference."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_name(one: str, other: str) -> bool:
    """Whether both are shown under one title: blanks, composition and the State's slips aside."""
    return one == other or tidy(one) == tidy(other)


def is_spelling(one: str, other: str) -> bool:
    """Whether two different names have the same letters: only case, marks or punctuation set them apart."""
    return one != other and letters(one) == letters(other)


def letters(text: str) -> str:
    """The words without marks, case and punctuation."""
    return " ".join(_WORD.findall(folded(text)))


def words(text: str) -> str:
    """The words in one spelling, without punctuation; accents stay."""
    return " ".join(_WORD.findall(canonical(text)))
