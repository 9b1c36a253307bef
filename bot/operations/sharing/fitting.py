"""Words that have to fit into a box: smaller within limits, then a shorter name, and never cut inside a word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

Width = Callable[[str], float]
"""How wide a text is at size 1, in the unit of the box; letters stand beside each other without kerning."""
_BALANCING = 12
_ELLIPSIS = "…"
_LOOSE_ENDS = " ,;:.(–-"


@dataclass(frozen=True, slots=True)
class Box:
    """`largest`, `smallest`: sizes of the type. `line`: height of a line of size 1, in the unit of the box."""

    width: float
    height: float
    largest: float
    smallest: float
    line: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """`is_whole`: no word was left out."""

    lines: tuple[str, ...]
    size: float
    is_whole: bool = True


def fit(text: str, box: Box, width: Width) -> Fitted | None:
    """The text as large as it fits, its lines about as long as each other; None where it is too long."""
    measure = lru_cache(maxsize=None)(width)
    size = box.largest
    while size >= box.smallest:
        lines = wrapped(text, box.width / size, measure)
        if lines is not None and len(lines) * size * box.line <= box.height:
            return Fitted(_balanced(text, box.width / size, len(lines), measure), size)
        size -= 1
    return None


def fit_one_of(names: Sequence[str], box: Box, width: Width) -> Fitted:
    """The first of the names that fits; where none does, the first one as far as it goes, with an ellipsis."""
    for name in names:
        found = fit(name, box, width)
        if found is not None:
            return Fitted(found.lines, found.size, is_whole=name == names[0])
    words = names[0].split()
    counts = range(1, len(words))
    many = bisect_right(counts, False, key=lambda count: fit(_first(words, count), box, width) is None)
    short = _first(words, max(1, many))
    found = fit(short, box, width) or Fitted((short,), box.smallest)
    return Fitted(found.lines, found.size, is_whole=False)


def wrapped(text: str, most: float, width: Width) -> tuple[str, ...] | None:
    """Lines of whole words; None where a single word is wider than a line."""
    lines: list[list[str]] = []
    blank, taken = width(" "), 0.0
    for word in text.split():
        wide = width(word)
        if wide > most:
            return None
        if lines and taken + blank + wide <= most:
            lines[-1].append(word)
            taken += blank + wide
        else:
            lines.append([word])
            taken = wide
    return tuple(" ".join(line) for line in lines)


def _balanced(text: str, most: float, count: int, width: Width) -> tuple[str, ...]:
    """The same number of lines, as narrow as it goes: no single word stands below a full line."""
    low, high = most / 2, most
    for _ in range(_BALANCING):
        middle = (low + high) / 2
        lines = wrapped(text, middle, width)
        low, high = (low, middle) if lines is not None and len(lines) <= count else (middle, high)
    return wrapped(text, high, width) or wrapped(text, most, width) or (text,)


def _first(words: Sequence[str], count: int) -> str:
    return " ".join(words[:count]).rstrip(_LOOSE_ENDS) + _ELLIPSIS
