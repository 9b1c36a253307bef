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
    """Of four words one may have accents that do not agree, of eight two; of fewer than four none."""
    disagreeing = sum(not _agrees(typed, wanted, accented) for typed, wanted in zip(window, entry, strict=True))
    return disagreeing <= len(entry) // 4


def _fitting(window: Sequence[Token], entries: list[tuple[tuple[Token, ...], T]], accented: bool) -> list[T]:
    """What the entries that a window may be stand for, the same accents first."""
    fitting = [entry for entry in entries if _accepts(window, entry[0], accented)]
    if len(fitting) > 1:
        fitting.sort(key=lambda entry: -sum(a.text == b.text for a, b in zip(window, entry[0], strict=True)))
    return [value for _, value in fitting]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found at `start` (words), `length` words long."""

    start: int
    length: int
    value: T


class _Node(Generic[T]):
    """A step in the tree of words: where it leads, and the phrases that end here."""

    __slots__ = ("entries", "steps")

    def __init__(self) -> None:
        # Most nodes are ends: they go without a dictionary of their own.
        self.steps: dict[str, _Node[T]] | None = None
        self.entries: list[tuple[tuple[Token, ...], T]] | None = None

    def step(self, word: str) -> _Node[T]:
        """The node that a word leads to, made if need be."""
        if self.steps is None:
            self.steps = {}
        found = self.steps.get(word)
        if found is None:
            found = self.steps[word] = _Node()
        return found


class PhraseTable(Generic[T]):
    """Phrases and what they stand for, as a tree of folded words: most look-ups end after one step."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        words = set()
        for phrase, value in entries:
            tokens = make_tokens(phrase)
            if not tokens:
                continue
            node = self._root
            for token in tokens:
                node = node.step(token.folded)
                words.add(token.folded)
            node.entries = [*(node.entries or ()), (tokens, value)]
        self.words = frozenset(words)

    def may_begin(self, token: Token) -> bool:
        """Whether any phrase begins with this word; asked before anything dearer is done."""
        return self._root.steps is not None and token.folded in self._root.steps

    def at(self, tokens: Sequence[Token], start: int, accented: bool) -> list[Found[T]]:
        """The phrases that begin at word `start`, longest first; exact accents before tolerated ones."""
        found: list[Found[T]] = []
        node = self._root
        for end in range(start, len(tokens)):
            following = node.steps.get(tokens[end].folded) if node.steps else None
            if following is None:
                break
            node = following
            if node.entries:
                window = tokens[start : end + 1]
                found[:0] = [Found(start, len(window), value) for value in _fitting(window, node.entries, accented)]
        return found

    def whole(self, tokens: Sequence[Token]) -> list[T]:
        """What a message that is nothing but a phrase of the table stands for."""
        if not tokens:
            return []
        return [found.value for found in self.at(tokens, 0, is_accented(tokens)) if found.length == len(tokens)]

    def anywhere(self, tokens: Sequence[Token], accented: bool | None = None) -> list[Found[T]]:
        """All phrases of the table in the message, overlapping ones too. `accented`: None judges by the words."""
        accented = is_accented(tokens) if accented is None else accented
        return [found for start in range(len(tokens)) for found in self.at(tokens, start, accented)]


def stands_at(tokens: Sequence[Token], start: int, phrase: Sequence[Token]) -> bool:
    """Whether `phrase` stands there, with its accents wherever accents were typed ("hỏi" is not "hồi").

    False where it would reach beyond the message; `start` may be negative.
    """
    if start < 0 or start + len(phrase) > len(tokens):
        return False
    window = tokens[start : start + len(phrase)]
    return all(
        typed.folded == wanted.folded and _agrees(typed, wanted, accented=False)
        for typed, wanted in zip(window, phrase, strict=True)
    )


def contains(tokens: Sequence[Token], phrase: Sequence[str]) -> bool:
    """Whether folded `phrase` stands in `tokens` as neighbouring words."""
    size = len(phrase)
    return any(
        all(tokens[start + at].folded == phrase[at] for at in range(size)) for start in range(len(tokens) - size + 1)
    )
