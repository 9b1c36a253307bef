"""What staff are shown of the ratings: the province at a glance, and one table. Data only; `figures` composes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.model import SatisfactionTarget
from bot.ratings.movement import Movement
from bot.ratings.periods import Period
from bot.ratings.scales import Scale
from bot.ratings.summary import Group, TrendPoint
from bot.ratings.targets import Target
from bot.store.figures import Narrowing, Obstacles, RatingRow, Use


class By(StrEnum):
    """What a table has one row for each of; the words of addresses and of the command line."""

    SERVICE = "service"
    FIELD = "field"
    AGENCY = "agency"
    COMMUNE = "commune"
    CHANNEL = "channel"
    ORIGIN = "origin"
    HELPED = "helped"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the ratings down to; None: whatever it is. `field`: its id, `code`: of a procedure."""

    code: str | None = None
    field: str | None = None
    agency: str | None = None
    commune: str | None = None
    channel: str | None = None
    origin: str | None = None


EVERYTHING = Filters()
MOST_SHOWN = 10
"""So many groups of a kind are told of on an overview; the others are in the tables."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all figures of a page or report stand on.

    `target`: the one in force on the last day of the period, None without one. `past_targets`: to be shown as history,
    never compared with. `agencies`: those that the reader may see, None: all. `is_demonstration`: the ratings are made
    up, and every page, picture and file says so.
    """

    period: Period
    scale: Scale
    target: Target | None
    past_targets: tuple[SatisfactionTarget, ...]
    agencies: frozenset[str] | None
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`by` and `group.key` say what it is of; `name` is what people call it: the code, where nobody knows better."""

    by: By
    name: str
    group: Group


@dataclass(frozen=True, slots=True)
class Moved:
    by: By
    name: str
    movement: Movement


@dataclass(frozen=True, slots=True)
class Overview:
    """The province (or a reader's agencies) at a glance.

    `trend`: twelve report months, the last being that in which the period ends. `movement`: of the whole since the
    period before; None where one of them has too few ratings. `red`: agencies and services that surely miss the target,
    those that lack most first. `few`: those with ratings, but too few for a verdict, the most ratings first. Of both
    only the first are read (`MOST_SHOWN`); `red_count` and `few_count` say how many there are. `obstacles`: with the
    newest of people's own words.
    """

    ground: Ground
    whole: Group
    before: Period
    movement: Movement | None
    trend: tuple[TrendPoint, ...]
    moved: tuple[Moved, ...]
    red: tuple[Row, ...]
    red_count: int
    few: tuple[Row, ...]
    few_count: int
    obstacles: Obstacles


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One table. `whole`: all rows together. The rows are in the order of their names."""

    ground: Ground
    by: By
    filters: Filters
    whole: Group
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class NamedRating:
    """A rating behind a number, and what people call what it is about. Empty where the rating does not say it."""

    rating: RatingRow
    service: str
    agency: str
    commune: str
    channel: str
    origin: str


@dataclass(frozen=True, slots=True)
class RatingList:
    """Some of the ratings behind a number, the newest first, and how many there are in all."""

    ground: Ground
    filters: Filters
    only: Narrowing
    ratings: tuple[NamedRating, ...]
    total: int


@dataclass(frozen=True, slots=True)
class UseSummary:
    """How much the assistant was used in a period: what happened by channel, and by the hour of the day.

    It is not known for single agencies.
    """

    period: Period
    by_channel: tuple[Use, ...]
    by_hour: tuple[Use, ...]
    is_demonstration: bool
