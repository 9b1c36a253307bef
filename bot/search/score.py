"""How well each wording fits a query: a Tversky index over weighted words and pairs of words.

likeness = found / (found + MISSED·(query words not found) + LEFT·damped(wording's words not asked for))

after A. Tversky, "Features of Similarity", Psychological Review 84 (1977). Words weigh their inverse frequency; a
word found with other accents than were typed counts for less; a long wording's rest is damped, because official
titles enumerate cases at length.
"""

from __future__ import annotations

import numpy as np

from bot.search.fold import fold_canonical
from bot.search.index import Index
from bot.search.postings import Floats
from bot.search.terms import Terms, WordTerm

OTHER_ACCENTS = 0.55
MISSED = 0.45
MISSED_PAIR = 0.05
LEFT = 0.3
LEFT_SCALE = 200.0


def _add_word(index: Index, term: WordTerm, found: Floats, used: Floats) -> None:
    """Add a word that has one reading."""
    word, like = term.words[0]
    ids = index.word(word)
    used[ids] += index.idf[word] * like
    if term.accented is None:
        found[ids] += term.weight * like
    else:
        found[ids] += term.weight * like * OTHER_ACCENTS
        found[index.marked(term.accented)] += term.weight * like * (1 - OTHER_ACCENTS)


def _add_alternatives(index: Index, term: WordTerm, found: Floats, used: Floats) -> None:
    """Add a word that may stand for several: in each wording the likeliest of them that stands there counts."""
    readings = []
    for word, like in term.words:
        own = term.accented is not None and fold_canonical(term.accented) == word
        readings.append((like * OTHER_ACCENTS if own else like, index.word(word), index.idf[word] * like))
        if own and term.accented is not None:
            readings.append((like, index.marked(term.accented), index.idf[word] * like))
    values, weights = np.zeros_like(found), np.zeros_like(used)
    for value, ids, weight in sorted(readings, key=lambda reading: reading[0]):
        values[ids] = value
        weights[ids] = weight
    found += term.weight * values
    used += weights


def likeness(index: Index, terms: Terms) -> Floats:
    """The likeness of every wording, 0..1, in the order of the index; O(postings of the query's words)."""
    size = len(index.docs)
    words, paired, used = (np.zeros(size, dtype=np.float32) for _ in range(3))
    for term in terms.words:
        if term.words:
            add = _add_word if len(term.words) == 1 else _add_alternatives
            add(index, term, words, used)
    for pair in terms.pairs:
        ids = index.pair(pair.left, pair.right)
        paired[ids] += pair.weight
        used[ids] += index.pair_idf(pair.left, pair.right)
    found = words + paired
    missed = MISSED * (terms.word_weight - words) + MISSED_PAIR * (terms.pair_weight - paired)
    rest = np.maximum(index.weight - used, 0.0)
    left = LEFT * rest / (1.0 + rest / LEFT_SCALE)
    score: Floats = found / np.maximum(found + np.maximum(missed, 0.0) + left, 1e-6)
    return score.astype(np.float32)
