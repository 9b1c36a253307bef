"""Normalising Vietnamese text: one canonical accented form, one folded form without marks.

Canonical: NFC, lower case, one letter đ for its look-alikes, one tone placement (hoà = hòa, thuỷ = thủy), invisible
characters removed. Folded: canonical without any mark. Both map letter by letter, so positions agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_DJ = str.maketrans({"Đ": "đ", "Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ", "đ": "đ"})

# Tone marks on the second vowel of an open oa, oe, uy: the newer spelling, rewritten to the older, commoner one.
_NEW_TO_OLD = {
    f"{first}{second}": f"{toned}{plain}"
    for first, plain, pairs in (
        ("o", "a", zip("àáảãạ", "òóỏõọ", strict=True)),
        ("o", "e", zip("èéẻẽẹ", "òóỏõọ", strict=True)),
        ("u", "y", zip("ỳýỷỹỵ", "ùúủũụ", strict=True)),
    )
    for second, toned in pairs
}
_NEW_TONE = re.compile(r"(?<!q)(" + "|".join(_NEW_TO_OLD) + r")(?![^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?\n()/…]")


def canonical(text: str) -> str:
    """The one accented spelling of `text`. Idempotent; never raises, whatever the characters."""
    text = unicodedata.normalize("NFC", text).lower().translate(_DJ)
    # Lower-casing may take a character apart (İ), and removing one may let two others meet: compose last.
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    composed = unicodedata.normalize("NFC", text)
    return _NEW_TONE.sub(lambda match: _NEW_TO_OLD[match.group(1)], composed)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter == "đ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isalnum() or base.isascii() else letter


def fold_canonical(text: str) -> str:
    """`text`, already canonical, without marks; as long as `text`."""
    return text if text.isascii() else "".join(map(_fold_letter, text))


def fold(text: str) -> str:
    """`text` in lower case without marks, words separated by one space. Idempotent."""
    return " ".join(_WORD.findall(fold_canonical(canonical(text))))


def spelling_of(typed: str) -> Callable[[str], str]:
    """How to spell what is compared with `typed`: with marks where it bears any ("đổi" is not "đối"), else without."""
    return fold if typed.isascii() else canonical


@dataclass(frozen=True, slots=True)
class Token:
    """One written word. `starts_clause`: punctuation stands between it and the word before."""

    text: str
    folded: str
    starts_clause: bool = False

    @property
    def marked(self) -> bool:
        """The word was typed with at least one diacritic."""
        return self.text != self.folded


@lru_cache(maxsize=65536)
def _plain_token(word: str) -> Token:
    return Token(word, fold_canonical(word))


def tokenise(text: str) -> tuple[Token, ...]:
    """The words of `text`, canonical and folded."""
    text = canonical(text)
    tokens = []
    end = 0
    for match in _WORD.finditer(text):
        token = _plain_token(match.group())
        if end and _BREAK.search(text, end, match.start()):
            token = Token(token.text, token.folded, starts_clause=True)
        tokens.append(token)
        end = match.end()
    return tuple(tokens)


def make_tokens(words: str) -> tuple[Token, ...]:
    """Tokens of a lexicon entry or title: as `tokenise`, without clause marks."""
    return tuple(map(_plain_token, _WORD.findall(canonical(words))))
