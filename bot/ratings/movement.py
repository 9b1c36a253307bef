"""What moved between two periods, as far as there are ratings enough to say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT, Satisfaction
from bot.ratings.summary import Group


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


def movement(before: Group, after: Group, fewest: int = FEWEST_FOR_A_VERDICT) -> Movement | None:
    """None unless both have at least `fewest` counted ratings (and at least one)."""
    was, now = before.counted, after.counted
    if min(was.count, now.count) < fewest:
        return None
    if was.share is None or now.share is None or was.interval is None or now.interval is None:
        return None
    is_clear = was.interval.high < now.interval.low or now.interval.high < was.interval.low
    return Movement(after.key, was, now, (now.share - was.share) * 100, is_clear)


def movements(
    before: Iterable[Group], after: Iterable[Group], fewest: int = FEWEST_FOR_A_VERDICT
) -> tuple[Movement, ...]:
    """Of the groups that are in both: what is clear first, then the greatest difference, up or down."""
    earlier = {group.key: group for group in before}
    found = (movement(earlier[group.key], group, fewest) for group in after if group.key in earlier)
    moved = (each for each in found if each is not None and each.points)
    return tuple(sorted(moved, key=lambda each: (not each.is_clear, -abs(each.points), each.key)))
