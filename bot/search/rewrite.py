"""Putting a message into the words of official titles: abbreviations, dialect, shorthand, synonyms. One way only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.catalog.lexicon_model import Rewrite
from bot.search.fold import Token, fold, make_tokens
from bot.search.phrases import Found, PhraseTable, contains, is_accented, stands_at

_MOST_VARIANTS = 4
"""Readings of one message that are tried; more would cost time and hardly ever be meant."""


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: tuple[str, ...]
    meanings: tuple[tuple[Token, ...], ...]
    unless: tuple[tuple[Token, ...], ...]
    near: tuple[tuple[str, ...], ...]


def _folded(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(phrase).split()) for phrase in phrases)


def _entry(rewrite: Rewrite) -> _Entry:
    return _Entry(
        tuple(fold(rewrite.phrase).split()),
        tuple(make_tokens(meaning) for meaning in rewrite.meanings),
        # Where the meaning is already written out ("bao nhiêu" for "nhiêu"), nothing is to be put in its place.
        tuple(make_tokens(longer) for longer in (*rewrite.unless, *rewrite.meanings)),
        _folded(rewrite.near),
    )


def _exempt(tokens: Sequence[Token], start: int, entry: _Entry) -> bool:
    """Whether the words stand inside one of the phrases in which they are left alone.

    Such a phrase may be as long as the words themselves: "mô" is left alone as unaccented "mo" because of "mở".
    """
    size = len(entry.phrase)
    for longer in entry.unless:
        for offset in range(len(longer) - size + 1):
            inside = tuple(token.folded for token in longer[offset : offset + size]) == entry.phrase
            if inside and stands_at(tokens, start - offset, longer):
                return True
    return False


class Rewriter:
    """Applies one stage of rewrites, longest phrase first, never to its own output."""

    def __init__(self, rewrites: Iterable[Rewrite]) -> None:
        self._table = PhraseTable((rewrite.phrase, _entry(rewrite)) for rewrite in rewrites)
        self.words = self._table.words

    def _applies(self, tokens: Sequence[Token], start: int, entry: _Entry) -> bool:
        if _exempt(tokens, start, entry):
            return False
        return not entry.near or any(contains(tokens, near) for near in entry.near)

    def _found_at(self, tokens: Sequence[Token], at: int, accented: bool) -> Found[_Entry] | None:
        if not self._table.may_begin(tokens[at]):
            return None
        return next((f for f in self._table.at(tokens, at, accented) if self._applies(tokens, at, f.value)), None)

    def _pieces(self, tokens: Sequence[Token], accented: bool) -> Iterator[list[list[Token]]]:
        """The message in pieces: for each word left alone or phrase rewritten, what it may mean, likeliest first."""
        at = 0
        while at < len(tokens):
            found = self._found_at(tokens, at, accented)
            if found is None:
                yield [[tokens[at]]]
                at += 1
            else:
                yield [_opening(meaning, tokens[at].starts_clause) for meaning in found.value.meanings]
                at += found.length

    def variants(self, tokens: Sequence[Token], accented: bool | None = None) -> list[tuple[Token, ...]]:
        """The readings of a message, likeliest first; one, unless an ambiguous word stands in it.

        `accented`: whether the writer types accents; None judges by the words, which must then be as typed.
        """
        accented = is_accented(tokens) if accented is None else accented
        results: list[list[Token]] = [[]]
        for meanings in self._pieces(tokens, accented):
            if len(meanings) == 1 or len(results) * len(meanings) > _MOST_VARIANTS:
                for result in results:
                    result.extend(meanings[0])
            else:
                results = [result + meaning for meaning in meanings for result in results]
        return [tuple(result) for result in results]

    def first(self, tokens: Sequence[Token], accented: bool | None = None) -> tuple[Token, ...]:
        """The likeliest reading."""
        if not any(map(self._table.may_begin, tokens)):
            return tuple(tokens)
        accented = is_accented(tokens) if accented is None else accented
        return tuple(token for meanings in self._pieces(tokens, accented) for token in meanings[0])


def _opening(meaning: Sequence[Token], starts_clause: bool) -> list[Token]:
    """The words of a meaning; the first begins a clause if the word it replaces does."""
    if not starts_clause or not meaning:
        return list(meaning)
    return [Token(meaning[0].text, meaning[0].folded, starts_clause=True), *meaning[1:]]
