"""What a person typed, made safe to read: NFC, one line, no control characters, no tricks of direction."""

from __future__ import annotations

import re
import unicodedata

# Decomposed Vietnamese takes up to three code points a letter; more than that beyond the limit is too long anyway.
_EXPANSION = 4
_BLANKS = re.compile(r"\s+")
# A new line between words without punctuation begins another clause. Numbers may go on from line to line.
_LINES = re.compile(r"([^\W\d_])[^\S\n]*\n\s*(?=[^\W\d_])")
# Cc control, Cf format (bidi, zero width), Co private use, Cs lone surrogates, Cn unassigned.
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINERS = frozenset("\u200d\ufe0f")


def clean(text: object, limit: int) -> str:
    """`text` in NFC, on one line, nothing invisible; at most a little longer than `limit` says. Never raises.

    Anything but a string is read as nothing. Text far beyond `limit` characters is cut first, so that megabytes cost
    nothing; it stays longer than `limit`, so that a guard still sees that it is too long.
    """
    if not isinstance(text, str):
        return ""
    cut = text[: limit * _EXPANSION + 1]
    kept = "".join(_shown(letter) for letter in _LINES.sub(r"\1; ", unicodedata.normalize("NFC", cut)))
    line = unicodedata.normalize("NFC", _BLANKS.sub(" ", kept)).strip()
    if len(cut) < len(text) and len(line) <= limit:
        return line.ljust(limit + 1, "…")
    return line


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter in _JOINERS:
        return ""
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""
    return " " if category in _INVISIBLE else letter


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(letter.isalnum() for letter in text)
