"""Which of many groups are worth a look: those that surely miss the target, and those with too few ratings. Pure.

Thousands of groups are gone through for one page that shows a few of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT, Certainty, Satisfaction, Standing, judge

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Key]):
    """`red`: those that surely miss the target, those that lack most first; a target that cannot be reached any more
    lacks most of all. `few`: those with ratings, but too few for a verdict, the most ratings first."""

    red: tuple[Key, ...]
    few: tuple[Key, ...]


def ranking(
    found: Mapping[Key, Satisfaction], target: Fraction | None, fewest: int = FEWEST_FOR_A_VERDICT
) -> Ranking[Key]:
    """Equal ones stay in the order of `found`. Without a target nothing is judged."""
    if target is None:
        return Ranking((), ())
    red: list[tuple[bool, int, Key]] = []
    few: list[tuple[int, Key]] = []
    for key, counted in found.items():
        verdict = judge(counted, target, fewest)
        if verdict.certainty is Certainty.FEW:
            if counted.count:
                few.append((-counted.count, key))
        elif (verdict.standing, verdict.certainty) == (Standing.NOT_MET, Certainty.SURE):
            red.append((verdict.missing is not None, -(verdict.missing or 0), key))
    red.sort(key=lambda each: each[:2])
    few.sort(key=lambda each: each[0])
    return Ranking(tuple(key for *_, key in red), tuple(key for _, key in few))
