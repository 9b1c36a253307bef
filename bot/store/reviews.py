"""Experience reviews: a team tries a service and judges how it went. They are no ratings of citizens, and never counted
among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class Team(StrEnum):
    """Who tried it; no person is named."""

    DIGITAL = "digital"
    """Tổ công nghệ số cộng đồng."""
    YOUTH = "youth"
    WOMEN = "women"
    FARMERS = "farmers"
    VETERANS = "veterans"
    ELDERLY = "elderly"
    FRONT = "front"
    COMMUNE = "commune"
    OTHER = "other"


class Question(StrEnum):
    """The checklist."""

    FINDING = "finding"
    """Was it easy to find?"""
    PREFILLED = "prefilled"
    """Was the form filled in with what the State knows already?"""
    PAYMENT = "payment"
    RESULT = "result"


class Verdict(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NONE = "none"
    """There was nothing to pay; it was not tried; the result is not there yet."""


class TimeNeeded(StrEnum):
    """From opening the page to handing in."""

    SHORT = "under_15"
    HALF_HOUR = "15_30"
    HOUR = "30_60"
    LONG = "over_60"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Review:
    """`commune`: agency code of where the team is; empty: not told. `link`: the id of their link. `remark`: masked."""

    at: datetime
    code: str
    team: Team
    commune: str
    link: str
    verdicts: Mapping[Question, Verdict]
    time: TimeNeeded
    remark: str = ""


MAX_REMARK_CHARS = 1000


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """None: whatever it is. `first`, `last`: days in Vietnam, both included.

    `within`: of one of these communes, or of one of these procedures.
    """

    code: str | None = None
    team: Team | None = None
    commune: str | None = None
    first: date | None = None
    last: date | None = None
    within: tuple[frozenset[str], frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """The reviews of one service together. `verdicts`: how often what was said; only what was said is in it."""

    code: str
    count: int
    verdicts: Mapping[Question, Mapping[Verdict, int]]
    times: Mapping[TimeNeeded, int]
    last: date


class Reviews(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def add(self, review: Review, once: str) -> bool:
        """False, and nothing is kept, where one with the same `once` is there: a form that was sent twice."""
        ...

    async def listed(self, query: ReviewQuery, limit: int) -> tuple[Review, ...]:
        """The newest first."""
        ...

    async def summaries(self, query: ReviewQuery) -> tuple[ReviewSummary, ...]:
        """Those with the most reviews first."""
        ...
