"""A message letter for letter in its plainest form, so that one pattern reads all its spellings.

Lower case, no marks, digits of every script as 0–9, letters between digits that are meant as digits (09l2, 09O1),
raw Telex keystrokes of the words looked for as those words ("ddwowngf" → "duong"). As long as the message, so that
positions agree.
"""

from __future__ import annotations

import re
import unicodedata

_MEANT_AS_ZERO = re.compile(r"(?<=\d)o(?=\d)|(?<![a-z\d])o(?=[35789]\d[ .\-–_]{0,3}\d)")
_MEANT_AS_ONE = re.compile(r"(?<=\d)[li](?=\d)")
_KEYED = re.compile(r"[a-z]{3,11}")


class _Letters(dict[int, str]):
    """Each letter's plain form, found out once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


def flatten(text: str) -> str:
    """`text` (NFC) in its plainest form, but for keystrokes."""
    flat = text.lower() if text.isascii() else text.translate(_LETTERS)
    if "o" in flat:
        flat = _MEANT_AS_ZERO.sub("0", flat)
    return _MEANT_AS_ONE.sub("1", flat)


def with_words_for_keys(flat: str, keyed: dict[str, str]) -> str:
    """`flat` with the words that keystrokes stand for, filled up with blanks. `keyed`: from `keystrokes_of`."""
    return _KEYED.sub(lambda match: keyed.get(match[0], match[0]).ljust(len(match[0])), flat)


def keystrokes_of(word: str) -> frozenset[str]:
    """What is left of a word (in NFC, with its marks) where the keyboard did not put Telex together.

    The tone's key stands behind its vowel or at the end; any part of the marks may have been put on all the same, and
    is lost in the flat form.
    """
    tone, toned_at = "", -1
    body: list[str] = []
    plain: list[str] = []
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tone, toned_at = _TONES[letter], len(plain)
        elif letter in _SHAPES and body:
            body[-1] = plain[-1] + _SHAPES[letter].replace("*", plain[-1])
        else:
            body.append("dd" if letter == "đ" else letter)
            plain.append("d" if letter == "đ" else letter)
    forms = set()
    for letters in (body, plain):
        whole = "".join(letters)
        forms |= {whole + tone, "".join(letters[:toned_at]) + tone + "".join(letters[toned_at:]) if tone else whole}
        # "dduowngf", "ddwowngf": one key for both letters of "ươ", or "w" alone for "ư".
        forms |= {form.replace("uwow", short) for form in tuple(forms) for short in ("uow", "wow")}
    return frozenset(form for form in forms if form != "".join(plain) and len(form) > 2)


_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPES = {"\u0302": "*", "\u0306": "w", "\u031b": "w"}


def _plain(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return "d" if base in "đð" else base[0]


_LETTERS = _Letters()
