"""Community teams, and how many people come through their links: sums by day, and nobody's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.search.fold import fold
from bot.store.staff import Act

_OFFICIAL = "to cong nghe so cong dong"
_ALSO_CALLED = ("to chuyen doi so cong dong", "to cnscd", "to cdscd")
"""Folded: what the volunteers were called until July 2026, and how both names are abbreviated."""


def team_key(name: str) -> str:
    """A team's name as it is compared: case, marks and signs do not count, nor which of its official names it bears."""
    said = f" {fold(name)} "
    for other in _ALSO_CALLED:
        said = said.replace(f" {other} ", f" {_OFFICIAL} ")
    return said.strip()


@dataclass(frozen=True, slots=True)
class CommunityTeam:
    """`number`: given by the store, short, and never used again. `commune`: agency code.

    `name`: as the team calls itself; both official names of the volunteers are taken for the same.
    """

    number: int
    name: str
    commune: str
    is_active: bool
    at: datetime


class Count(StrEnum):
    """What is counted of a team's links."""

    VISIT = "visit"
    """The page was opened by a person, not by a preview."""
    CONVERSATION = "conversation"
    PORTAL = "portal"
    """A link to the portal was opened."""
    RATING = "rating"
    """As in the figures: one for each person and service; gone when it is set aside."""
    HELPED_RATING = "helped_rating"
    """One that somebody helped with; not among RATING."""


@dataclass(frozen=True, slots=True)
class Via:
    """The link by which somebody came. `team`: 0: nobody's. `commune`: agency code of its place; empty: not told."""

    team: int
    commune: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """By whose link the person of a turn came.

    `arrived`: id of the choice that the link leads to, where a conversation begins by it; empty: it has begun before.
    """

    via: Via
    arrived: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """The sums of a team, or of a commune's links, over some days."""

    team: int
    commune: str
    counts: Mapping[Count, int]


class Sharing(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def teams(self) -> tuple[CommunityTeam, ...]:
        """By commune and name; those that are closed too."""
        ...

    async def add_team(self, name: str, commune: str, act: Act) -> CommunityTeam:
        """The new one, or the one that there is with this name in this commune."""
        ...

    async def set_active(self, number: int, act: Act, *, is_active: bool) -> bool: ...

    async def count(self, day: date, via: Via, target: str, what: Count) -> None:
        """One more. `target`: what the link leads to, or what was opened or rated, as the id of a choice.

        A team that is closed, or that there is not, is nobody; a link that names no place counts at its team's.
        """
        ...

    async def reach(self, first: date, last: date) -> tuple[Reach, ...]:
        """By commune and team."""
        ...
