"""How well each wording fits a query: a Tversky index over weighted words and pairs of words.

likeness = found / (found + MISSED·(query words not found) + LEFT·damped(wording's words not asked for))

after A. Tversky, "Features of Similarity", Psychological Review 84 (1977). Words weigh their inverse frequency; a
word found with other accents than were typed counts for less; a long wording's rest is damped, because official
titles enumerate cases at length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.search.index import Floats, Index
from bot.search.terms import Terms, WordTerm

OTHER_ACCENTS = 0.75
MISSED = 0.7
MISSED_PAIR = 0.25
LEFT = 0.35
LEFT_SCALE = 40.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0..1 by wording; `found` the weight of the query's words found in it."""

    score: Floats
    found: Floats


def _add_word(index: Index, term: WordTerm, found: Floats, used: Floats) -> None:
    if len(term.words) == 1:
        word, like = term.words[0]
        ids = index.word(word)
        used[ids] += index.idf[word] * like
        if term.accented is None:
            found[ids] += term.weight * like
        else:
            found[ids] += term.weight * like * OTHER_ACCENTS
            found[index.marked(term.accented)] += term.weight * like * (1 - OTHER_ACCENTS)
        return
    best: dict[int, tuple[float, float]] = {}
    for word, like in term.words:
        accents = set(index.marked(term.accented).tolist()) if term.accented else None
        for at in index.word(word).tolist():
            value = like if accents is None or at in accents else like * OTHER_ACCENTS
            if at not in best or best[at][0] < value:
                best[at] = (value, index.idf[word] * like)
    if best:
        ids = np.fromiter(best, dtype=np.int32, count=len(best))
        values = np.array(list(best.values()), dtype=np.float32)
        found[ids] += term.weight * values[:, 0]
        used[ids] += values[:, 1]


def likeness(index: Index, terms: Terms) -> Likeness:
    """The likeness of every wording; O(postings of the query's words)."""
    size = len(index.docs)
    words, paired, used = (np.zeros(size, dtype=np.float32) for _ in range(3))
    for word_term in terms.words:
        _add_word(index, word_term, words, used)
    for pair in terms.pairs:
        ids = index.pair(pair.left, pair.right)
        paired[ids] += pair.weight
        used[ids] += index.pair_idf[pair.left, pair.right]
    found = words + paired
    missed = MISSED * (terms.word_weight - words) + MISSED_PAIR * (terms.pair_weight - paired)
    rest = np.maximum(index.weight - used, 0.0)
    left = LEFT * rest / (1.0 + rest / LEFT_SCALE)
    score = found / np.maximum(found + np.maximum(missed, 0.0) + left, 1e-6)
    return Likeness(score.astype(np.float32), words)
