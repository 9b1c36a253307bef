"""From the likeness of wordings to an order of procedures, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.fold import Token
from bot.search.index import Index
from bot.search.model import Candidate, Reason
from bot.search.postings import Floats
from bot.search.query import Query
from bot.search.score import likeness
from bot.search.terms import TermFinder, Terms
from bot.search.traits import Traits
from bot.search.wordings import Doc, Wording

MOST_CANDIDATES = 10
_POOL = 80
"""Wordings looked at closely."""

SHARED_WORDS = 0.25
MARK_UNASKED = -0.05
MARK_ASKED = 0.07
_CORE_SHARE = 0.92
_LATER_PLACE = 0.05
"""What an alias loses for each code that stands before this one."""
_BEYOND_REACH = 0.3
_VERBATIM = 0.97
_OPENING = 3
"""Words by which official wordings are looked up; a shorter one is looked up by all it has."""
_OFFICIAL = (Wording.TITLE, Wording.SHORT)
_NO_MARKS: frozenset[str] = frozenset()
EXACT = 1.5
"""Score from which a candidate is the very wording that was typed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked procedure and what the decision needs to know of it.

    `doc`: its best wording, `like` (0..1, EXACT above) how like that is; `covered`: the share of the query's words that
    its wordings together hold; `special`: it bears a mark that was not asked for; `name`: its folded title.
    """

    candidate: Candidate
    doc: Doc
    like: float
    covered: float
    special: bool
    name: str


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
    bag = index.bags[procedure]
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
class _Scored:
    """One procedure with all its points, before its reasons are spelled out."""

    at: int
    like: float
    covered: float
    unasked: frozenset[str]
    asked: frozenset[str]
    total: float


IsJust = Callable[[Sequence[Token], Sequence[Token]], bool]


class Ranker:
    """`is_just`: whether typed words are an official wording and nothing else but fillers."""

    def __init__(self, index: Index, traits: tuple[Traits, ...], finder: TermFinder, is_just: IsJust) -> None:
        self._is_just = is_just
        self._index = index
        self._traits = traits
        self._finder = finder
        self._docs = index.docs
        self._openings: dict[tuple[str, ...], list[int]] = {}
        self._by_content: dict[tuple[str, ...], list[int]] = {}
        for at, doc in enumerate(index.docs):
            if doc.wording in _OFFICIAL:
                self._openings.setdefault(tuple(token.folded for token in doc.written[:_OPENING]), []).append(at)
                self._by_content.setdefault(tuple(token.folded for token in doc.tokens), []).append(at)

    def rank(self, query: Query) -> Ranked:
        """At most ten procedures, best first."""
        terms = self._finder.find(query)
        best = self._best_docs(likeness(self._index, terms).score)
        for at in self._exact_docs(query):
            best[self._index.docs[at].procedure] = (EXACT, at)
        total = terms.word_weight
        scored = [self._score(query, terms, total, like, at) for like, at in best.values()]
        scored.sort(key=lambda item: (-item.total, self._index.docs[item.at].procedure))
        return Ranked(tuple(map(self._hit, scored[:MOST_CANDIDATES])))

    def _best_docs(self, scores: Floats) -> dict[int, tuple[float, int]]:
        """The best wording of each procedure in the pool; only those that further steps could still bring up."""
        if not len(scores):
            return {}
        pool = np.flatnonzero(scores >= max(float(scores.max()) - _BEYOND_REACH, 1e-6))
        if len(pool) > _POOL:
            pool = np.sort(pool[np.argpartition(scores[pool], len(pool) - _POOL)[-_POOL:]])
        best: dict[int, tuple[float, int]] = {}
        for at in pool.tolist():
            doc = self._index.docs[at]
            score = float(scores[at]) * (_CORE_SHARE if doc.wording is Wording.CORE else 1.0) - _LATER_PLACE * doc.place
            if doc.procedure not in best or best[doc.procedure][0] < score:
                best[doc.procedure] = (score, at)
        return best

    def _exact_docs(self, query: Query) -> list[int]:
        """The longest official wording that the message is, but for fillers around it, in all its procedures."""
        typed = query.typed
        found: list[int] = []
        for start in range(len(typed)):
            opening = tuple(token.folded for token in typed[start : start + _OPENING])
            for length in range(len(opening), 0, -1):
                found.extend(
                    at
                    for at in self._openings.get(opening[:length], ())
                    if self._is_just(typed, self._docs[at].written)
                )
        if found:
            # "… mo khoa …" is unlocking and, with "mo" read as "đâu", locking: the longer wording is the message.
            longest = max(len(self._docs[at].written) for at in found)
            return [at for at in found if len(self._docs[at].written) == longest]
        return self._by_content.get(tuple(token.folded for token in query.content), [])

    def _score(self, query: Query, terms: Terms, total: float, like: float, at: int) -> _Scored:
        doc = self._index.docs[at]
        traits = self._traits[doc.procedure]
        said = like >= _VERBATIM
        asked = (traits.marks | traits.listed) & query.cues
        unasked = _NO_MARKS if said or traits.listed & query.cues else traits.marks - query.cues
        covered = _bag_share(self._index, terms, total, doc.procedure)
        points = MARK_UNASKED * min(len(unasked), 3) + _asked_points(asked, like)
        sum_of_points = like + SHARED_WORDS * covered + points + traits.points
        return _Scored(at, like, covered, unasked, asked, sum_of_points)

    def _hit(self, scored: _Scored) -> Hit:
        doc = self._index.docs[scored.at]
        words = " ".join(token.text for token in doc.tokens)
        reasons = [Reason(f"like the {doc.wording.name.lower()}", scored.like, words)]
        reasons.append(Reason("words shared", SHARED_WORDS * scored.covered))
        for name, points, marks in (
            ("special case not asked for", MARK_UNASKED * min(len(scored.unasked), 3), scored.unasked),
            ("special case asked for", _asked_points(scored.asked, scored.like), scored.asked),
        ):
            if marks:
                reasons.append(Reason(name, points, ", ".join(sorted(marks))))
        traits = self._traits[doc.procedure]
        reasons.extend(traits.reasons)
        candidate = Candidate(self._index.codes[doc.procedure], scored.total, tuple(reasons))
        return Hit(candidate, doc, scored.like, scored.covered, bool(scored.unasked), traits.name)
