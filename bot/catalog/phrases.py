"""When two phrases are the same to a reader of the lexicon: case, spaces and the place of tone marks do not count."""

from __future__ import annotations

import re
import unicodedata

# "hoà" and "hòa" are one word in two spellings, where nothing follows the vowels.
_OLD_TONE = re.compile(r"(?<!q)([ou])([àáảãạèéẻẽẹỳýỷỹỵ])(?!\w)")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_MARKS = {"\u0300": 0, "\u0301": 1, "\u0309": 2, "\u0303": 3, "\u0323": 4}
_MOVED = {"o": "òóỏõọ", "u": "ùúủũụ"}
_PAIRS = frozenset({"oa", "oe", "uy"})


def _move_tone(match: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFD", match[2])
    base, mark = parts[0], parts[1]
    return _MOVED[match[1]][_MARKS[mark]] + base if match[1] + base in _PAIRS else match[0]


def canonical(phrase: str) -> str:
    """Lower case, NFC, single spaces, tone marks where the newer spelling puts them. Accents stay."""
    return _OLD_TONE.sub(_move_tone, " ".join(unicodedata.normalize("NFC", phrase).lower().split()))


def folded(phrase: str) -> str:
    """`canonical` without any accent, and đ as d."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", canonical(phrase))).replace("đ", "d")


class PhraseBook:
    """Remembers phrases and where they stood, and finds the one that a new phrase would shadow.

    Two phrases are alike when they are the same word for word, or when one of them was written without any accent
    and the other reads like it. Two differently accented phrases ("má", "mả") are not.
    """

    def __init__(self) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, tuple[str, str]] = {}

    def add(self, phrase: str, place: str) -> str | None:
        """Remembers the phrase at `place`; the place of an earlier phrase that is alike, or None."""
        exact, fold = canonical(phrase), folded(phrase)
        earlier = self._exact.get(exact)
        if earlier is None and fold in self._folded:
            other, where = self._folded[fold]
            earlier = where if fold in (exact, other) else None
        self._exact.setdefault(exact, place)
        # The phrase without accents is the one that later ones collide with.
        if fold not in self._folded or exact == fold:
            self._folded[fold] = (exact, place)
        return earlier
