"""What a message takes back: "không phải … mà là …", "… chứ không phải …", "à nhầm, ý tôi là …"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.fold import Token

_NOT = (("khong", "phai"), ("dau", "phai"), ("chang", "phai"), ("hong", "phai"), ("khong", "can"), ("khong", "muon"))
_RATHER = (("ma", "la"), ("y", "toi", "la"), ("y", "em", "la"), ("y", "minh", "la"), ("y", "la"), ("y", "con", "la"), ("y", "chau", "la"), ("noi", "lai", "la"), ("hoi", "lai", "la"))
_BUT = ("ma", "chi")
_BEFORE_NOT = ("chu", "va", "nhung")
_SLIPS = (("nham",), ("a", "khong"), ("y", "quen"), ("lon",), ("viet", "sai"), ("go", "nham"), ("noi", "nham"))
_FEWEST_LEFT = 2


def _starts(tokens: Sequence[Token], at: int, phrase: Sequence[str]) -> bool:
    if at + len(phrase) > len(tokens) or tokens[at].folded != phrase[0]:
        return False
    return all(tokens[at + offset].folded == word for offset, word in enumerate(phrase))


def _clause_end(tokens: Sequence[Token], start: int) -> int:
    return next((at for at in range(start + 1, len(tokens)) if tokens[at].starts_clause), len(tokens))


def _corrected(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Keep what follows the last "ý tôi là" or, after a slip of the pen, the next clause."""
    for at in range(len(tokens) - 1, 0, -1):
        for phrase in _RATHER[1:]:
            if _starts(tokens, at, phrase) and len(tokens) - at - len(phrase) >= _FEWEST_LEFT:
                return tokens[at + len(phrase) :]
        if any(_starts(tokens, at, slip) for slip in _SLIPS):
            rest = tokens[_clause_end(tokens, at) :]
            if len(rest) >= _FEWEST_LEFT and tokens[at].starts_clause:
                return rest
    if any(_starts(tokens, 0, slip) for slip in _SLIPS):
        rest = tokens[_clause_end(tokens, 0) :]
        if len(rest) >= _FEWEST_LEFT:
            return rest
    return tokens


def _negation_end(tokens: Sequence[Token], start: int) -> int:
    """Where the negated part that begins at `start` ends: before "mà là", "mà", "chỉ", or with its clause."""
    for at in range(start, len(tokens)):
        if _starts(tokens, at, _RATHER[0]):
            return at + 2
        if at > start and (tokens[at].starts_clause or tokens[at].folded in _BUT):
            return at
    return len(tokens)


def drop_negated(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The message without what its writer says is not meant; unchanged where too little would be left."""
    kept = _corrected(tuple(tokens))
    for at in range(len(kept)):
        negation = next((phrase for phrase in _NOT if _starts(kept, at, phrase)), None)
        if negation is None:
            continue
        end = _negation_end(kept, at + len(negation))
        start = at - 1 if at and kept[at - 1].folded in _BEFORE_NOT else at
        rest = kept[:start] + kept[end:]
        # "… có phải không", "không phải không": a question tag, nothing is taken back.
        if end - at > len(negation) and len(rest) >= _FEWEST_LEFT:
            return drop_negated(rest) if len(rest) < len(kept) else rest
    return kept
