"""Which wordings a word or a pair of words stands in: one array for all of them, cut by term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]
K = TypeVar("K")

_NOTHING: Ids = np.empty(0, dtype=np.int32)


class Postings(Generic[K]):
    """Postings of terms numbered 0, 1, … in the order of `numbers`.

    `terms[i]` stands in wording `wordings[i]`, each pair once, wordings ascending; `owner` gives the procedure of a
    wording, ascending too.
    """

    def __init__(self, numbers: Mapping[K, int], terms: Sequence[int], wordings: Sequence[int], owner: Ids) -> None:
        self.numbers = numbers
        term = np.array(terms, dtype=np.int32)
        wording = np.array(wordings, dtype=np.int32)
        order = np.argsort(term, kind="stable")
        term, self._wordings = term[order], wording[order]
        self._starts = np.searchsorted(term, np.arange(len(numbers) + 1)).tolist()
        procedures = owner[self._wordings] if len(wording) else self._wordings
        first = np.ones(len(term), dtype=bool)
        first[1:] = (term[1:] != term[:-1]) | (procedures[1:] != procedures[:-1])
        self.counts: Ids = np.bincount(term[first], minlength=len(numbers)).astype(np.int32)
        self._terms = term

    def get(self, key: K) -> Ids:
        """The wordings in which a term stands, ascending."""
        number = self.numbers.get(key)
        return _NOTHING if number is None else self._wordings[self._starts[number] : self._starts[number + 1]]

    def sums(self, weights: Floats, size: int) -> Floats:
        """For each of `size` wordings, the weights of its terms added up."""
        return np.bincount(self._wordings, weights=weights[self._terms], minlength=size).astype(np.float32)
