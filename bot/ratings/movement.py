"""What moved between two periods, as far as there are ratings enough to say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT, Satisfaction


@dataclass(frozen=True, slots=True)
class Movement:
    """The share of a group in two periods. `points`: the difference in percentage points.

    `is_clear`: the two intervals do not overlap; otherwise it may well be chance.
    """

    key: str
    before: Satisfaction
    after: Satisfaction
    points: Fraction
    is_clear: bool


def movement(
    before: Satisfaction, after: Satisfaction, key: str = "", fewest: int = FEWEST_FOR_A_VERDICT
) -> Movement | None:
    """Of what is counted. None unless both have at least `fewest` ratings (and at least one)."""
    if min(before.count, after.count) < fewest:
        return None
    if before.share is None or after.share is None or before.interval is None or after.interval is None:
        return None
    is_clear = before.interval.high < after.interval.low or after.interval.high < before.interval.low
    return Movement(key, before, after, (after.share - before.share) * 100, is_clear)


def movements(
    before: Mapping[str, Satisfaction], after: Mapping[str, Satisfaction], fewest: int = FEWEST_FOR_A_VERDICT
) -> tuple[Movement, ...]:
    """Of the groups that are in both: what is clear first, then the greatest difference, up or down."""
    found = (movement(before[key], now, key, fewest) for key, now in after.items() if key in before)
    moved = (each for each in found if each is not None and each.points)
    return tuple(sorted(moved, key=lambda each: (not each.is_clear, -abs(each.points), each.key)))
