"""What a picture shows: figures with the names of what they are of, and nothing about lines and colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.ratings.satisfaction import Satisfaction, Verdict


class Format(StrEnum):
    SVG = "svg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every picture says around its figures.

    `period`: as it is written; empty where the picture itself tells it. `target`: a share in 0..1, None without one;
    `source`: the decision that sets it. `scale`: the id of the scale.
    `is_demo`: the figures are made up, and say so.
    """

    title: str
    period: str
    target: Fraction | None
    source: str
    scale: str
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of one group or one month. `verdict`: None without a target."""

    label: str
    found: Satisfaction
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class StandingChart:
    """The whole against the target."""

    frame: Frame
    whole: Reading


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Month by month, the oldest first. A month without ratings is a gap."""

    frame: Frame
    months: tuple[Reading, ...]


MOST_BARS = 20
"""More cannot be read on one page."""


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Group by group, from the top down; MOST_BARS are drawn. `groups`: how many there are."""

    frame: Frame
    bars: tuple[Reading, ...]
    groups: int


Chart = StandingChart | TrendChart | BarsChart
