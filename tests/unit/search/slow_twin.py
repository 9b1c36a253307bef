"""The scorer again, slow and obvious: straight from the definition, one wording at a time, no arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.search.fold import fold
from bot.search.index import PAIR_SHARE
from bot.search.score import LEFT, LEFT_SCALE, MISSED, MISSED_PAIR, OTHER_ACCENTS
from bot.search.terms import Terms, WordTerm
from bot.search.wordings import Doc


def _words(doc: Doc) -> set[str]:
    return {token.folded for token in doc.tokens}


def _pairs(doc: Doc) -> set[tuple[str, str]]:
    folded = [token.folded for token in doc.tokens]
    return {(folded[at], folded[at + 1]) for at in range(len(folded) - 1)}


def _idf(docs: Sequence[Doc], procedures: int, has: Sequence[bool]) -> float:
    count = len({doc.procedure for doc, yes in zip(docs, has, strict=True) if yes})
    return math.log(1 + (procedures - count + 0.5) / (count + 0.5))


def word_idf(docs: Sequence[Doc], procedures: int, word: str) -> float:
    return _idf(docs, procedures, [word in _words(doc) for doc in docs])


def pair_idf(docs: Sequence[Doc], procedures: int, pair: tuple[str, str]) -> float:
    return PAIR_SHARE * _idf(docs, procedures, [pair in _pairs(doc) for doc in docs])


def _likeness_of_word(term: WordTerm, doc: Doc) -> tuple[float, str] | None:
    best: tuple[float, str, float] | None = None
    for word, like in term.words:
        if word not in _words(doc):
            continue
        other_word = term.accented is None or fold(term.accented) != word
        same_accents = other_word or term.accented in {token.text for token in doc.tokens}
        value = like if same_accents else like * OTHER_ACCENTS
        if best is None or best[0] < value:
            best = (value, word, like)
    return None if best is None else (best[0], best[1])


def likeness(docs: Sequence[Doc], procedures: int, terms: Terms) -> list[float]:
    scores = []
    for doc in docs:
        found = used = 0.0
        for term in terms.words:
            match = _likeness_of_word(term, doc)
            if match is not None:
                found += term.weight * match[0]
                used += word_idf(docs, procedures, match[1]) * dict(term.words)[match[1]]
        paired = 0.0
        for pair in terms.pairs:
            if (pair.left, pair.right) in _pairs(doc):
                paired += pair.weight
                used += pair_idf(docs, procedures, (pair.left, pair.right))
        whole = sum(word_idf(docs, procedures, word) for word in _words(doc))
        whole += sum(pair_idf(docs, procedures, pair) for pair in _pairs(doc))
        missed = MISSED * (sum(t.weight for t in terms.words) - found)
        missed += MISSED_PAIR * (sum(p.weight for p in terms.pairs) - paired)
        rest = max(whole - used, 0.0)
        left = LEFT * rest / (1 + rest / LEFT_SCALE)
        total = found + paired
        scores.append(total / max(total + max(missed, 0.0) + left, 1e-6))
    return scores
