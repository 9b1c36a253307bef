"""Finding a table's phrases in a message, longest first, with care for the accents that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.search.fold import Token, make_tokens

T = TypeVar("T")

_ACCENTED_SHARE = 0.25


def is_accented(tokens: Sequence[Token]) -> bool:
    """Whether the writer types accents at all: then a bare word is meant bare."""
    return sum(token.marked for token in tokens) >= _ACCENTED_SHARE * len(tokens) > 0


def _agrees(typed: Token, entry: Token, accented: bool) -> bool:
    if typed.text == entry.text:
        return True
    return not typed.marked and not (accented and entry.marked)


def _accepts(window: Sequence[Token], entry: Sequence[Token], accented: bool) -> bool:
    """One word must agree in its accents; of a longer phrase, half of the words."""
    agreeing = sum(_agrees(typed, wanted, accented) for typed, wanted in zip(window, entry, strict=True))
    return agreeing * 2 >= len(entry) if len(entry) > 1 else agreeing == 1


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found at `start` (words), `length` words long."""

    start: int
    length: int
    value: T


class PhraseTable(Generic[T]):
    """Phrases and what they stand for. Look-ups cost a few dictionary reads for each word of the message."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._entries: dict[tuple[str, ...], list[tuple[tuple[Token, ...], T]]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, value in entries:
            tokens = make_tokens(phrase)
            if tokens:
                key = tuple(token.folded for token in tokens)
                self._entries.setdefault(key, []).append((tokens, value))
                lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self.words = frozenset(word for key in self._entries for word in key)

    def at(self, tokens: Sequence[Token], start: int, accented: bool) -> list[Found[T]]:
        """The phrases that begin at word `start`, longest first; exact accents before tolerated ones."""
        found: list[Found[T]] = []
        for length in self._lengths.get(tokens[start].folded, ()):
            window = tokens[start : start + length]
            entries = self._entries.get(tuple(token.folded for token in window), ()) if len(window) == length else ()
            fitting = [entry for entry in entries if _accepts(window, entry[0], accented)]
            fitting.sort(key=lambda entry: -sum(a.text == b.text for a, b in zip(window, entry[0], strict=True)))
            found.extend(Found(start, length, value) for _, value in fitting)
        return found

    def whole(self, tokens: Sequence[Token]) -> list[T]:
        """What a message that is nothing but a phrase of the table stands for."""
        if not tokens:
            return []
        return [found.value for found in self.at(tokens, 0, is_accented(tokens)) if found.length == len(tokens)]

    def anywhere(self, tokens: Sequence[Token]) -> list[Found[T]]:
        """All phrases of the table in the message, overlapping ones too."""
        accented = is_accented(tokens)
        return [found for start in range(len(tokens)) for found in self.at(tokens, start, accented)]


def contains(tokens: Sequence[Token], phrase: Sequence[str]) -> bool:
    """Whether folded `phrase` stands in `tokens` as neighbouring words."""
    size = len(phrase)
    return any(
        all(tokens[start + at].folded == phrase[at] for at in range(size)) for start in range(len(tokens) - size + 1)
    )
