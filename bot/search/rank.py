"""From the likeness of wordings to an order of procedures, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.search.index import Doc, Floats, Index, Wording
from bot.search.model import Candidate, Reason
from bot.search.query import Query
from bot.search.score import likeness
from bot.search.terms import TermFinder, Terms
from bot.search.traits import Traits

MOST_CANDIDATES = 10
_POOL = 96
"""Wordings looked at closely."""

SHARED_WORDS = 0.12
MARK_UNASKED = -0.05
MARK_ASKED = 0.05
MARK_MISSING = -0.03
_CORE_SHARE = 0.985
_BEYOND_REACH = 0.4
_VERBATIM = 0.97
_NO_MARKS: frozenset[str] = frozenset()
EXACT = 1.5
"""Score from which a candidate is the very wording that was typed."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates, best first, and for each its best wording."""

    candidates: tuple[Candidate, ...]
    docs: tuple[Doc, ...]


def _bag_share(index: Index, terms: Terms, total: float, procedure: int) -> float:
    """How much of the query all wordings of a procedure together cover."""
    bag = index.bags[procedure]
    found = 0.0
    for term in terms.words:
        for word, like in term.words:
            if word in bag:
                found += term.weight * like
                break
    return found / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Scored:
    """One procedure with all its points, before its reasons are spelled out."""

    at: int
    like: float
    shared: float
    unasked: frozenset[str]
    asked: frozenset[str]
    missing: frozenset[str]
    total: float


class Ranker:
    def __init__(self, index: Index, traits: tuple[Traits, ...], finder: TermFinder) -> None:
        self._index = index
        self._traits = traits
        self._finder = finder
        self._marks = frozenset(mark for trait in traits for mark in trait.marks)
        self._exact: dict[tuple[str, ...], list[int]] = {}
        for at, doc in enumerate(index.docs):
            if doc.wording in (Wording.TITLE, Wording.SHORT):
                self._exact.setdefault(tuple(token.folded for token in doc.tokens), []).append(at)

    def rank(self, query: Query) -> Ranked:
        """At most ten procedures, best first."""
        terms = self._finder.find(query)
        best = self._best_docs(likeness(self._index, terms).score)
        for at in self._exact_docs(query):
            best[self._index.docs[at].procedure] = (EXACT, at)
        total = terms.word_weight
        scored = [self._score(query, terms, total, like, at) for like, at in best.values()]
        scored.sort(key=lambda item: (-item.total, self._index.docs[item.at].procedure))
        kept = scored[:MOST_CANDIDATES]
        return Ranked(tuple(map(self._candidate, kept)), tuple(self._index.docs[item.at] for item in kept))

    def _best_docs(self, scores: Floats) -> dict[int, tuple[float, int]]:
        """The best wording of each procedure in the pool; only those that further steps could still bring up."""
        pool = min(_POOL, len(scores))
        if not pool:
            return {}
        top = np.argpartition(scores, len(scores) - pool)[-pool:]
        floor = max(float(scores[top].max()) - _BEYOND_REACH, 1e-6)
        best: dict[int, tuple[float, int]] = {}
        for at in sorted(top[scores[top] >= floor].tolist()):
            doc = self._index.docs[at]
            score = float(scores[at]) * (_CORE_SHARE if doc.wording is Wording.CORE else 1.0)
            if doc.procedure not in best or best[doc.procedure][0] < score:
                best[doc.procedure] = (score, at)
        return best

    def _exact_docs(self, query: Query) -> list[int]:
        whole = tuple(token.folded for token in query.tokens)
        content = tuple(token.folded for token in query.content)
        return self._exact.get(whole) or self._exact.get(content) or []

    def _score(self, query: Query, terms: Terms, total: float, like: float, at: int) -> _Scored:
        doc = self._index.docs[at]
        traits = self._traits[doc.procedure]
        said = like >= _VERBATIM
        unasked = _NO_MARKS if said else traits.marks - query.cues
        missing = _NO_MARKS if said else (query.cues - traits.marks) & self._marks
        asked = traits.marks & query.cues
        shared = SHARED_WORDS * _bag_share(self._index, terms, total, doc.procedure)
        points = (
            MARK_UNASKED * min(len(unasked), 3) + MARK_ASKED * min(len(asked), 2) + MARK_MISSING * min(len(missing), 3)
        )
        return _Scored(at, like, shared, unasked, asked, missing, like + shared + points + traits.points)

    def _candidate(self, scored: _Scored) -> Candidate:
        doc = self._index.docs[scored.at]
        words = " ".join(token.text for token in doc.tokens)
        reasons = [Reason(f"like the {doc.wording.name.lower()}", scored.like, words)]
        reasons.append(Reason("words shared", scored.shared))
        for name, share, most, marks in (
            ("special case not asked for", MARK_UNASKED, 3, scored.unasked),
            ("special case asked for", MARK_ASKED, 2, scored.asked),
            ("special case missing", MARK_MISSING, 3, scored.missing),
        ):
            if marks:
                reasons.append(Reason(name, share * min(len(marks), most), ", ".join(sorted(marks))))
        reasons.extend(self._traits[doc.procedure].reasons)
        return Candidate(self._index.codes[doc.procedure], scored.total, tuple(reasons))
