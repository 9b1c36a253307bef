"""The catalogue as arrays: which words and pairs of words stand in which wordings of which procedure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from bot.search.keeping import Remembering, remembered
from bot.search.postings import Floats, Ids, Postings
from bot.search.wordings import Doc

PAIR_SHARE = 0.6
"""Weight of a pair of neighbouring words beside that of its rarer word."""

_SHIFT = 20
"""Bits for the right word's number in the number of a pair."""


def _idf(counts: Ids, total: int) -> Floats:
    """Inverse frequency over procedures: ln(1 + (N − n + ½) / (n + ½)), Robertson and Spärck Jones."""
    return np.log(1.0 + (total - counts + 0.5) / (counts + 0.5)).astype(np.float32)


class _Collector:
    """Numbers terms as they come and notes where they stand."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.texts: dict[str, int] = {}
        self.pairs: dict[int, int] = {}
        self.found: tuple[tuple[list[int], list[int]], ...] = (([], []), ([], []), ([], []))

    def add(self, at: int, doc: Doc) -> None:
        numbers = [self.words.setdefault(token.folded, len(self.words)) for token in doc.tokens]
        texts = {self.texts.setdefault(token.text, len(self.texts)) for token in doc.tokens}
        keys = {(left << _SHIFT) | right for left, right in itertools.pairwise(numbers)}
        self._note(0, at, set(numbers))
        self._note(1, at, texts)
        self._note(2, at, {self.pairs.setdefault(key, len(self.pairs)) for key in keys})

    def _note(self, kind: int, at: int, numbers: Iterable[int]) -> None:
        terms, wordings = self.found[kind]
        before = len(terms)
        terms.extend(numbers)
        wordings.extend([at] * (len(terms) - before))


class Index(Remembering):
    """Postings over wordings. Weights are inverse frequencies counted over procedures, not wordings."""

    remembered_in = frozenset({"bag"})

    def __init__(self, codes: Sequence[str], docs: Sequence[Doc]) -> None:
        self.codes = tuple(codes)
        self.docs = tuple(docs)
        self.owner: Ids = np.array([doc.procedure for doc in docs], dtype=np.int32)
        collected = _Collector()
        for at, doc in enumerate(docs):
            collected.add(at, doc)
        words, texts, pairs = collected.found
        self._words = Postings(collected.words, *words, self.owner)
        self._texts = Postings(collected.texts, *texts, self.owner)
        self._pairs = Postings(collected.pairs, *pairs, self.owner)
        self.begin_to_remember()
        total = len(self.codes)
        word_idf = _idf(self._words.counts, total)
        pair_idf = PAIR_SHARE * _idf(self._pairs.counts, total)
        self.idf: Mapping[str, float] = dict(zip(collected.words, word_idf.tolist(), strict=True))
        self._pair_idf: list[float] = pair_idf.tolist()
        self.most_idf = float(_idf(np.array([1], dtype=np.int32), max(total, 1))[0])
        size = len(self.docs)
        self.weight: Floats = self._words.sums(word_idf, size) + self._pairs.sums(pair_idf, size)

    def begin_to_remember(self) -> None:
        # For all procedures these sets would weigh more than the postings; the few asked for again and again are kept.
        self.bag = remembered(self._bag, 512)

    def _bag(self, procedure: int) -> frozenset[str]:
        """The words of all wordings of a procedure; they lie side by side."""
        first, end = np.searchsorted(self.owner, [procedure, procedure + 1]).tolist()
        return frozenset(token.folded for doc in self.docs[first:end] for token in doc.tokens)

    @property
    def word_counts(self) -> dict[str, int]:
        """In how many procedures each folded word stands."""
        return dict(zip(self._words.numbers, self._words.counts.tolist(), strict=True))

    def word(self, folded: str) -> Ids:
        """The wordings in which a folded word stands."""
        return self._words.get(folded)

    def marked(self, text: str) -> Ids:
        """The wordings in which a word stands with just these accents."""
        return self._texts.get(text)

    def pair(self, left: str, right: str) -> Ids:
        """The wordings in which two folded words are neighbours."""
        return self._pairs.get(self._pair_key(left, right))

    def pair_idf(self, left: str, right: str) -> float:
        """The weight of two folded words as neighbours; 0.0 where they are so nowhere."""
        number = self._pairs.numbers.get(self._pair_key(left, right))
        return 0.0 if number is None else self._pair_idf[number]

    def pair_count(self, left: str, right: str) -> int:
        """In how many procedures two folded words are neighbours."""
        number = self._pairs.numbers.get(self._pair_key(left, right))
        return 0 if number is None else int(self._pairs.counts[number])

    def _pair_key(self, left: str, right: str) -> int:
        first, second = self._words.numbers.get(left), self._words.numbers.get(right)
        return -1 if first is None or second is None else (first << _SHIFT) | second
