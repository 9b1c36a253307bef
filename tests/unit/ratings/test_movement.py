"""What moved, and when nothing can be said."""

from __future__ import annotations

from fractions import Fraction

from bot.ratings.movement import Movement, movement, movements
from bot.ratings.satisfaction import Satisfaction


def found(satisfied: int, dissatisfied: int) -> Satisfaction:
    return Satisfaction((dissatisfied, 0, satisfied), satisfied)


def test_a_fall_that_is_no_chance() -> None:
    assert movement(found(98, 2), found(80, 20), "a") == Movement(
        "a", found(98, 2), found(80, 20), Fraction(-18), is_clear=True
    )


def test_a_rise_that_may_be_chance() -> None:
    moved = movement(found(27, 3), found(28, 2))
    assert moved is not None
    assert (moved.points, moved.is_clear) == (Fraction(10, 3), False)


def test_too_few_ratings_say_nothing() -> None:
    assert movement(found(29, 0), found(80, 20)) is None
    assert movement(found(80, 20), found(29, 0)) is None
    assert movement(found(0, 0), found(0, 0), fewest=0) is None


def test_what_is_clear_comes_first_then_the_greatest_and_what_stands_still_is_left_out() -> None:
    before = {key: found(90, 10) for key in "abcde"}
    after = {"a": found(88, 12), "b": found(50, 50), "c": found(26, 4), "d": found(90, 10), "f": found(70, 30)}
    assert [(each.key, each.is_clear) for each in movements(before, after)] == [("b", True), ("c", False), ("a", False)]
