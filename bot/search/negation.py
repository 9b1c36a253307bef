"""What a message takes back: "không phải … mà là …", "… chứ không phải …", "à nhầm, ý tôi là …"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.search.fold import Token

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Folded phrases by their first word."""

_BUT = ("ma", "chi")
_BEFORE_NOT = ("chu", "va", "nhung")
_FEWEST_LEFT = 2


def _by_first_word(phrases: Iterable[str]) -> Phrases:
    grouped: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        grouped[words[0]] = (*grouped.get(words[0], ()), words)
    return grouped


_NOT = _by_first_word(("khong phai", "dau phai", "chang phai", "hong phai", "dung nham", "dung noi"))
_RATHER = _by_first_word(("ma la",))
_MEANT = _by_first_word(
    ("y toi la", "y em la", "y minh la", "y con la", "y chau la", "y la", "noi lai la", "hoi lai la")
)
_SLIPS = _by_first_word(("nham", "a khong", "y quen", "lon", "viet sai", "go nham", "noi nham"))


def _length_at(tokens: Sequence[Token], at: int, phrases: Phrases) -> int:
    """How many words the phrase has that stands there; 0 if none does."""
    for words in phrases.get(tokens[at].folded, ()):
        if tuple(token.folded for token in tokens[at : at + len(words)]) == words:
            return len(words)
    return 0


def _clause_end(tokens: Sequence[Token], start: int) -> int:
    return next((at for at in range(start + 1, len(tokens)) if tokens[at].starts_clause), len(tokens))


def _corrected(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Keep what follows the last "ý tôi là" or, after a slip of the pen, the next clause."""
    for at in range(len(tokens) - 1, -1, -1):
        meant = _length_at(tokens, at, _MEANT) if at else 0
        if meant and len(tokens) - at - meant >= _FEWEST_LEFT:
            return tokens[at + meant :]
        if (at == 0 or tokens[at].starts_clause) and _length_at(tokens, at, _SLIPS):
            rest = tokens[_clause_end(tokens, at) :]
            if len(rest) >= _FEWEST_LEFT:
                return rest
    return tokens


def _negation_end(tokens: Sequence[Token], start: int) -> int:
    """Where the negated part that begins at `start` ends: before "mà là", "mà", "chỉ", or with its clause."""
    for at in range(start, len(tokens)):
        if _length_at(tokens, at, _RATHER):
            return at + 2
        if at > start and (tokens[at].starts_clause or tokens[at].folded in _BUT):
            return at
    return len(tokens)


def drop_negated(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The message without what its writer says is not meant; unchanged where too little would be left."""
    kept = _corrected(tuple(tokens))
    for at in range(len(kept)):
        length = _length_at(kept, at, _NOT)
        if not length:
            continue
        end = _negation_end(kept, at + length)
        start = at - 1 if at and kept[at - 1].folded in _BEFORE_NOT else at
        rest = kept[:start] + kept[end:]
        # "… có phải không", "không phải không": a question tag, nothing is taken back.
        if end - at > length and len(rest) >= _FEWEST_LEFT:
            return drop_negated(rest)
    return kept
