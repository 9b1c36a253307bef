"""The counts that figures are made of, read from what was counted as it happened, and what is behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.ratings.model import Filing, Flag, Identity, Mark, Origin, Reason, Subject

Levels = tuple[int, int, int, int, int]
"""How many ratings there are of each level, the worst first, always five."""


class Dimension(StrEnum):
    """What figures are broken down by. A field is not among them: it is the sum of its procedures."""

    CODE = "code"
    AGENCY = "agency"
    COMMUNE = "commune"
    CHANNEL = "channel"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Extent:
    """Which ratings are meant: days in Vietnam, both included; None: whatever it is.

    `agencies`: what a reader may see at all. The others are what they asked for.
    """

    first: date
    last: date
    agencies: frozenset[str] | None = None
    codes: frozenset[str] | None = None
    agency: str | None = None
    commune: str | None = None
    channel: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many ratings of one kind there are. `key`: the value of the dimension; empty without one.

    Rows that say who was asked have no scale, filing and mark.
    """

    key: str
    scale: str
    filing: str
    mark: str
    is_helped: bool
    levels: Levels
    asked: int
    answered: int


CONVERSATION = "conversation"
"""What the beginning of a conversation is counted as, beside the status of its first answer."""
OPENED = "opened_link"
"""What an opened link is counted as."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often what happened on a channel, in one hour of the day (0-23) or (None) in all.

    `status`: of an answer, or CONVERSATION or OPENED.
    """

    channel: str
    status: str
    hour: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which ratings of an extent are listed; None: whatever it is. `lowest`, `highest`: the levels, both included.

    `is_aside`: whether they are set aside by the rules, which is one of the marks.
    """

    lowest: int | None = None
    highest: int | None = None
    scale: str | None = None
    filing: Filing | None = None
    mark: Mark | None = None
    is_helped: bool | None = None
    is_aside: bool | None = None


EVERY_RATING = Narrowing()


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating behind a number: the last one of somebody, and nothing that says of whom. `day` in Vietnam."""

    id: int
    at: datetime
    day: date
    subject: Subject
    channel: str
    origin: Origin
    scale: str
    level: int
    filing: Filing
    is_helped: bool
    identity: Identity
    flags: tuple[Flag, ...]
    mark: Mark
    comment: str | None
    may_be_told: bool
    catalogue_version: str


@dataclass(frozen=True, slots=True)
class RatingPage:
    """Some of the rows, and how many there are in all."""

    rows: tuple[RatingRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody said, in masked words, about why they did not file."""

    day: date
    subject: Subject
    channel: str
    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What kept people from filing. `counts`: the most frequent first. `words`: the newest first."""

    counts: tuple[tuple[Reason, int], ...]
    words: tuple[OwnWords, ...]


class Figures(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
        """By the key of the dimension, then the other columns; none that is zero throughout."""
        ...

    async def counted(self, extent: Extent, by: Dimension, scale: str) -> Mapping[str, Levels]:
        """Only what is held against the target (filed online oneself, not set aside), by the key of the dimension, in
        its order; none without such a rating. Much quicker than all counts."""
        ...

    async def trend(self, extents: Sequence[Extent]) -> tuple[tuple[Count, ...], ...]:
        """The same without a dimension, for several at once."""
        ...

    async def rows(
        self, extent: Extent, only: Narrowing = EVERY_RATING, *, limit: int = 50, offset: int = 0
    ) -> RatingPage:
        """The ratings behind a number, the newest first."""
        ...

    async def obstacles(self, extent: Extent, *, limit: int = 100) -> Obstacles:
        """Why people did not file, and at most `limit` of their own words. They have no origin: it is not looked at."""
        ...

    async def use(self, first: date, last: date, *, by_hour: bool = False) -> tuple[Use, ...]:
        """What happened in these days, by channel, status and hour."""
        ...

    async def is_demonstration(self) -> bool:
        """Whether all of it was made up, to be shown: no figure of it may be taken for a real one."""
        ...
