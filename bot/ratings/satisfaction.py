"""The share of satisfied ratings, how sure it is, and how it stands to the target. Pure: counts in, figures out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from bot.ratings.scales import Scale

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: an interval that covers 95 %."""
FEWEST_FOR_A_VERDICT = 30
"""Below so many ratings there is no verdict."""
FEWEST_PUBLISHED = 5
"""Smaller groups are not shown in anything published: single people could be known in them."""


class Standing(StrEnum):
    """The share against the target."""

    MET = "met"
    NOT_MET = "not_met"


class Certainty(StrEnum):
    SURE = "sure"
    """The whole interval lies on one side of the target."""
    CLOSE = "close"
    FEW = "few"
    """Too few ratings for a verdict."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, both within 0..1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The figures of a group of ratings of one scale.

    `levels`: how many ratings each level got, the worst first. `share`, `interval`: None where there is no rating: that
    is no share of 0. How many of those who were asked have answered is `bot.ratings.summary.Response`.
    """

    levels: tuple[int, ...]
    satisfied: int

    @property
    def count(self) -> int:
        return sum(self.levels)

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.satisfied, self.count) if self.count else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.satisfied, self.count) if self.count else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`standing` is None where there are too few ratings. `missing`: how many more satisfied ratings, and none other,
    would reach the target; 0 where it is reached, None where no number would."""

    standing: Standing | None
    certainty: Certainty
    missing: int | None


def satisfaction(scale: Scale, counts: Mapping[int, int]) -> Satisfaction:
    """From how many ratings each level got. Raises ValueError for a level that the scale does not have."""
    strange = sorted(level for level in counts if not scale.has(level))
    if strange:
        raise ValueError(f"the scale {scale.id!r} has no level {strange[0]}")
    levels = tuple(counts.get(level, 0) for level in range(1, scale.levels + 1))
    return Satisfaction(levels, sum(n for level, n in counts.items() if scale.is_satisfied(level)))


def satisfaction_of(scale: Scale, sums: Sequence[int]) -> Satisfaction:
    """The same from sums by level, the worst first; none: nobody rated. Raises ValueError for a level that the scale
    does not have."""
    if any(sums[scale.levels :]):
        # Tells which level is wrong.
        return satisfaction(scale, {level: number for level, number in enumerate(sums, 1) if number})
    levels = tuple(sums[: scale.levels]) or (0,) * scale.levels
    return Satisfaction(levels, sum(levels[scale.satisfied_from - 1 :]))


def wilson(satisfied: int, count: int, z: float = Z_95) -> Interval:
    """Wilson's score interval of a share. `count` is at least 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212: centre (p + z²/2n) / (1 + z²/n), half width
    z / (1 + z²/n) · √(p(1 - p)/n + z²/4n²). Unlike the usual interval it stays within 0..1, and holds for few
    ratings and for shares near 1, which is where ours are.
    """
    share, squared = satisfied / count, z * z
    scale = 1 + squared / count
    centre = (share + squared / (2 * count)) / scale
    half = z / scale * sqrt(share * (1 - share) / count + squared / (4 * count * count))
    # At the ends the bound is the end itself, but for rounding.
    low = 0.0 if satisfied == 0 else max(0.0, centre - half)
    high = 1.0 if satisfied == count else min(1.0, centre + half)
    return Interval(low, high)


def missing_satisfied(satisfied: int, count: int, target: Fraction) -> int | None:
    """The least k with (satisfied + k) / (count + k) ≥ target: ⌈(t·n - s) / (1 - t)⌉, at least 0.

    None for a target of 1 that is missed: no number of satisfied ratings makes a dissatisfied one go away. Without any
    rating nothing is reached, so one is missing.
    """
    if not count:
        return 1
    # Whole numbers, for thousands of groups are judged for one page: both sides times the denominator.
    part, of = target.numerator, target.denominator
    lacking = part * count - satisfied * of
    if lacking <= 0:
        return 0
    return None if part >= of else -(-lacking // (of - part))


def judge(found: Satisfaction, target: Fraction, fewest: int = FEWEST_FOR_A_VERDICT) -> Verdict:
    """The share against the target, and how sure that is by the 95 % interval."""
    missing = missing_satisfied(found.satisfied, found.count, target)
    count = found.count
    if not count or count < fewest:
        return Verdict(None, Certainty.FEW, missing)
    interval, goal = wilson(found.satisfied, count), float(target)
    standing = Standing.MET if missing == 0 else Standing.NOT_MET
    is_sure = interval.low >= goal or interval.high < goal
    return Verdict(standing, Certainty.SURE if is_sure else Certainty.CLOSE, missing)
