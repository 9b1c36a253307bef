"""The counts that figures are made of, read from what was counted as it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


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

    `levels`: by level, the worst first, always five. Rows that say who was asked have no scale, filing and mark.
    """

    key: str
    scale: str
    filing: str
    mark: str
    is_helped: bool
    levels: tuple[int, int, int, int, int]
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often what happened on a channel, in one hour of the day (0-23) or (None) in all."""

    channel: str
    status: str
    hour: int | None
    count: int


class Figures(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
        """By the key of the dimension, then the other columns."""
        ...

    async def trend(self, extents: Sequence[Extent]) -> tuple[tuple[Count, ...], ...]:
        """The same without a dimension, for several at once."""
        ...

    async def use(self, first: date, last: date, *, by_hour: bool = False) -> tuple[Use, ...]:
        """What happened in these days, by channel and status."""
        ...
