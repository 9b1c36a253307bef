"""The figures: known values, and what must hold for all counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import count as counting

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.satisfaction import (
    Certainty,
    Interval,
    Satisfaction,
    Standing,
    Verdict,
    judge,
    missing_satisfied,
    satisfaction,
    wilson,
)
from bot.ratings.scales import FIVE, THREE

TARGET = Fraction(95, 100)
COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TARGETS = st.fractions(0, 1, max_denominator=1000)


def rated(satisfied: int, count: int) -> Satisfaction:
    return satisfaction(THREE, {3: satisfied, 1: count - satisfied})


def test_the_top_two_levels_are_satisfied() -> None:
    assert satisfaction(THREE, {3: 5, 2: 3, 1: 2}) == Satisfaction((2, 3, 5), 8)
    assert satisfaction(FIVE, {5: 5, 4: 3, 3: 9, 1: 2}) == Satisfaction((2, 0, 9, 3, 5), 8)


def test_a_level_that_does_not_exist_is_told() -> None:
    with pytest.raises(ValueError, match=r"^the scale 'three' has no level 4$"):
        satisfaction(THREE, {4: 1})


def test_without_ratings_there_is_no_share() -> None:
    nothing = satisfaction(THREE, {})
    assert (nothing.count, nothing.share, nothing.interval) == (0, None, None)
    assert judge(nothing, TARGET) == Verdict(None, Certainty.FEW, 1)


@pytest.mark.parametrize(
    ("satisfied", "count", "low", "high"),
    # As other programs give them for the same counts (Wilson's score, without continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_that_are_known(satisfied: int, count: int, low: float, high: float) -> None:
    found = wilson(satisfied, count)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(COUNTS)
def test_the_interval_holds_the_share_and_stays_within_the_ends(counts: tuple[int, int]) -> None:
    satisfied, count = counts
    found = wilson(satisfied, count)
    assert 0 <= found.low <= satisfied / count <= found.high <= 1


@given(COUNTS)
def test_the_interval_of_the_others_is_its_mirror(counts: tuple[int, int]) -> None:
    satisfied, count = counts
    found, other = wilson(satisfied, count), wilson(count - satisfied, count)
    assert Interval(round(found.low, 9), round(found.high, 9)) == Interval(
        round(1 - other.high, 9), round(1 - other.low, 9)
    )


@given(st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), TARGETS.filter(lambda t: t < 1))
def test_what_is_missing_is_the_least_that_is_enough(counts: tuple[int, int], target: Fraction) -> None:
    satisfied, count = counts
    slow = next(k for k in counting() if count + k and Fraction(satisfied + k, count + k) >= target)
    assert missing_satisfied(satisfied, count, target) == slow


def test_a_target_of_all_cannot_be_reached_any_more() -> None:
    assert (missing_satisfied(9, 10, Fraction(1)), missing_satisfied(10, 10, Fraction(1))) == (None, 0)


@pytest.mark.parametrize(
    ("satisfied", "count", "verdict"),
    [
        (29, 29, Verdict(None, Certainty.FEW, 0)),
        (30, 30, Verdict(Standing.MET, Certainty.CLOSE, 0)),
        (95, 100, Verdict(Standing.MET, Certainty.CLOSE, 0)),
        (94, 100, Verdict(Standing.NOT_MET, Certainty.CLOSE, 20)),
        (990, 1000, Verdict(Standing.MET, Certainty.SURE, 0)),
        (80, 100, Verdict(Standing.NOT_MET, Certainty.SURE, 300)),
    ],
)
def test_verdicts(satisfied: int, count: int, verdict: Verdict) -> None:
    assert judge(rated(satisfied, count), TARGET) == verdict


@given(COUNTS, TARGETS)
def test_who_meets_the_target_misses_nothing(counts: tuple[int, int], target: Fraction) -> None:
    verdict = judge(rated(*counts), target, fewest=1)
    assert (verdict.standing is Standing.MET) == (verdict.missing == 0)
