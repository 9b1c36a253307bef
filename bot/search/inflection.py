"""English words without the ending of their plural. Families of words ("marry", "marriage") are data: rewrites."""

from __future__ import annotations

from functools import lru_cache

from bot.search.fold import Token

_SHORTEST = 4
_NO_PLURAL = ("ss", "us", "is")
_WITH_E = ("ses", "shes", "ches", "xes", "zes")


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """`word` without a plural's ending; unchanged where it has none or is too short to tell."""
    if len(word) < _SHORTEST or not word.endswith("s") or word.endswith(_NO_PLURAL) or not word.isascii():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_WITH_E) and not word.endswith(("uses", "ises", "ases", "nses")):
        return word[:-2]
    return word[:-1]


def stem(token: Token) -> Token:
    """The word as it is compared."""
    word = singular(token.folded)
    return token if word == token.folded else Token(word, word, token.starts_clause)
