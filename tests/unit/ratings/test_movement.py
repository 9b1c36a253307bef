"""What moved, and when nothing can be said."""

from __future__ import annotations

from fractions import Fraction

from bot.ratings.movement import Movement, movement, movements
from bot.ratings.satisfaction import Satisfaction
from bot.ratings.scales import THREE
from bot.ratings.summary import Group, groups, whole
from tests.unit.ratings.counts import online


def group(satisfied: int, dissatisfied: int, key: str = "a") -> Group:
    return whole([online(key, satisfied, dissatisfied)], THREE, None, key=key)


def test_a_fall_that_is_no_chance() -> None:
    assert movement(group(98, 2), group(80, 20)) == Movement(
        "a", Satisfaction((2, 0, 98), 98), Satisfaction((20, 0, 80), 80), Fraction(-18), is_clear=True
    )


def test_a_rise_that_may_be_chance() -> None:
    found = movement(group(27, 3), group(28, 2))
    assert found is not None
    assert (found.points, found.is_clear) == (Fraction(10, 3), False)


def test_too_few_ratings_say_nothing() -> None:
    assert movement(group(29, 0), group(80, 20)) is None
    assert movement(group(80, 20), group(29, 0)) is None
    assert movement(group(0, 0), group(0, 0), fewest=0) is None


def test_what_is_clear_comes_first_then_the_greatest_and_what_stands_still_is_left_out() -> None:
    before = groups([online(key, 90, 10) for key in "abcde"], THREE, None)
    after = [group(88, 12, "a"), group(50, 50, "b"), group(26, 4, "c"), group(90, 10, "d"), group(70, 30, "f")]
    assert [(each.key, each.is_clear) for each in movements(before, after)] == [("b", True), ("c", False), ("a", False)]
