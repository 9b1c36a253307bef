"""From the likeness of wordings to an order of procedures, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.exact import ExactWordings, IsJust
from bot.search.index import Index
from bot.search.model import Candidate, Reason
from bot.search.postings import Floats
from bot.search.query import Query
from bot.search.score import likeness
from bot.search.terms import TermFinder, Terms
from bot.search.traits import Traits
from bot.search.wordings import Doc, Wording

MOST_CANDIDATES = 10
_OTHERS = 4
_POOL = 160
"""Wordings looked at closely."""

SHARED_WORDS = 0.25
OTHER_WORDINGS = 0.1
MARK_UNASKED = -0.05
MARK_ASKED = 0.07
_CORE_SHARE = 0.92
_LATER_PLACE = 0.05
"""What an alias loses for each code that stands before this one."""
_BEYOND_REACH = 0.3
_VERBATIM = 0.97
_NO_MARKS: frozenset[str] = frozenset()
EXACT = 1.5
"""Score from which a candidate is the very wording that was typed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked procedure and what the decision needs to know of it.

    `doc`: its best wording, `like` (0..1, EXACT above) how like that is; `covered`: the share of the query's words that
    its wordings together hold; `special`: it bears a mark that was not asked for; `name`: its folded title;
    `is_removed`: it left the list.
    """

    candidate: Candidate
    doc: Doc
    like: float
    covered: float
    special: bool
    name: str
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """The hits, best first."""

    hits: tuple[Hit, ...]

    @property
    def score(self) -> float:
        """The first hit's score; 0 without any."""
        return self.hits[0].candidate.score if self.hits else 0.0

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(hit.candidate for hit in self.hits)

    @property
    def rivals(self) -> tuple[Hit, ...]:
        """The hits that are neither the first nor its twins by name."""
        return tuple(hit for hit in self.hits[1:] if hit.name != self.hits[0].name)

    def with_others(self, others: Sequence[Ranked], nearly: float) -> Ranked:
        """These hits, and the first of each other ranking if it is nearly as good as the first here."""
        known = {hit.candidate.code for hit in self.hits}
        added = [
            other.hits[0]
            for other in others
            if other.hits and other.score >= self.score - nearly and other.hits[0].candidate.code not in known
        ]
        if not added:
            return self
        hits = sorted((*self.hits[1:], *added), key=lambda hit: -hit.candidate.score)
        return Ranked((self.hits[0], *hits)[:MOST_CANDIDATES])

    @property
    def lead(self) -> float:
        """How far the first is ahead of the next that is not its twin by name."""
        return self.score - (self.rivals[0].candidate.score if self.rivals else 0.0)


def _bag_share(index: Index, terms: Terms, total: float, procedure: int) -> float:
    """How much of the query all wordings of a procedure together cover."""
    bag = index.bag(procedure)
    found = 0.0
    for term in terms.words:
        for word, like in term.words:
            if word in bag:
                found += term.weight * like
                break
    return found / total if total else 0.0


def _asked_points(asked: frozenset[str], like: float) -> float:
    """A mark that is called for helps a procedure as far as the rest of the message is about it."""
    return MARK_ASKED * min(len(asked), 2) * min(like, 1.0)


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a procedure's wordings fit: the best one, and the mean likeness of the next `_OTHERS`, absent ones 0."""

    at: int
    like: float
    others: float


def _fit(likes: list[tuple[float, int]]) -> _Fit:
    likes.sort(reverse=True)
    like, at = likes[0]
    return _Fit(-at, like, sum(other for other, _ in likes[1 : _OTHERS + 1]) / _OTHERS)


@dataclass(frozen=True, slots=True)
class _Scored:
    """One procedure with all its points, before its reasons are spelled out."""

    fit: _Fit
    covered: float
    unasked: frozenset[str]
    asked: frozenset[str]
    total: float


class Ranker:
    def __init__(self, index: Index, traits: tuple[Traits, ...], finder: TermFinder, is_just: IsJust) -> None:
        self._index = index
        self._traits = traits
        self._finder = finder
        self._exact = ExactWordings(index.docs, is_just)

    def rank(self, query: Query) -> Ranked:
        """At most ten procedures, best first."""
        terms = self._finder.find(query)
        fits = self._fits(likeness(self._index, terms))
        for at in self._exact.find(query):
            procedure = self._index.docs[at].procedure
            fits[procedure] = _Fit(at, EXACT, fits[procedure].others if procedure in fits else 0.0)
        total = terms.word_weight
        scored = [self._score(query, terms, total, fit) for fit in fits.values()]
        scored.sort(key=lambda item: (-item.total, self._index.docs[item.fit.at].procedure))
        return Ranked(tuple(map(self._hit, scored[:MOST_CANDIDATES])))

    def _fits(self, scores: Floats) -> dict[int, _Fit]:
        """How each procedure in the pool fits; only those that further steps could still bring up."""
        if not len(scores):
            return {}
        pool = np.flatnonzero(scores >= max(float(scores.max()) - _BEYOND_REACH, 1e-6))
        if len(pool) > _POOL:
            pool = np.sort(pool[np.argpartition(scores[pool], len(pool) - _POOL)[-_POOL:]])
        likes: dict[int, list[tuple[float, int]]] = {}
        for at in pool.tolist():
            doc = self._index.docs[at]
            like = float(scores[at]) * (_CORE_SHARE if doc.wording is Wording.CORE else 1.0) - _LATER_PLACE * doc.place
            likes.setdefault(doc.procedure, []).append((like, -at))
        return {procedure: _fit(found) for procedure, found in likes.items()}

    def _score(self, query: Query, terms: Terms, total: float, fit: _Fit) -> _Scored:
        doc, like = self._index.docs[fit.at], fit.like
        traits = self._traits[doc.procedure]
        said = like >= _VERBATIM
        asked = (traits.marks | traits.listed) & query.cues
        unasked = _NO_MARKS if said or traits.listed & query.cues else traits.marks - query.cues
        covered = _bag_share(self._index, terms, total, doc.procedure)
        points = MARK_UNASKED * min(len(unasked), 3) + _asked_points(asked, like)
        sum_of_points = like + OTHER_WORDINGS * fit.others + SHARED_WORDS * covered + points + traits.points
        return _Scored(fit, covered, unasked, asked, sum_of_points)

    def _hit(self, scored: _Scored) -> Hit:
        fit = scored.fit
        doc = self._index.docs[fit.at]
        words = " ".join(token.text for token in doc.tokens)
        reasons = [Reason(f"like the {doc.wording.name.lower()}", fit.like, words)]
        reasons.append(Reason("like its other wordings", OTHER_WORDINGS * fit.others))
        reasons.append(Reason("words shared", SHARED_WORDS * scored.covered))
        for name, points, marks in (
            ("special case not asked for", MARK_UNASKED * min(len(scored.unasked), 3), scored.unasked),
            ("special case asked for", _asked_points(scored.asked, fit.like), scored.asked),
        ):
            if marks:
                reasons.append(Reason(name, points, ", ".join(sorted(marks))))
        traits = self._traits[doc.procedure]
        reasons.extend(traits.reasons)
        candidate = Candidate(self._index.codes[doc.procedure], scored.total, tuple(reasons))
        return Hit(candidate, doc, fit.like, scored.covered, bool(scored.unasked), traits.name, traits.is_removed)
