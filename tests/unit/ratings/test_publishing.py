"""No small group is ever shown, and none can be worked out from what is."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.publishing import Published, PublishedGroup, published
from bot.ratings.scales import THREE
from bot.ratings.summary import Group, groups, whole
from tests.unit.ratings.counts import Tally, asked, online

TARGET = Fraction(95, 100)


def found(counts: list[Tally]) -> tuple[tuple[Group, ...], Group]:
    return groups(counts, THREE, TARGET), whole(counts, THREE, TARGET)


def bare(group: Group) -> PublishedGroup:
    return PublishedGroup(group.key, group.counted, group.verdict, group.response)


def test_all_is_shown_where_all_groups_are_large_enough() -> None:
    rows, total = found([online("a", 5), online("b", 3, 3, is_helped=True), asked("b", 90, 9)])
    assert published(rows, total) == Published(tuple(map(bare, rows)), 0, bare(total))


def test_a_single_small_group_takes_the_next_smallest_with_it() -> None:
    rows, total = found([online("a", 50), online("b", 4), online("c", 40), online("d", 30)])
    assert published(rows, total) == Published((bare(rows[0]), bare(rows[2])), 2, bare(total))


def test_several_small_groups_are_enough_by_themselves() -> None:
    rows, total = found([online("a", 50), online("b", 4), online("c", 1)])
    assert published(rows, total) == Published((bare(rows[0]),), 2, bare(total))


def test_several_that_are_few_together_are_not() -> None:
    rows, total = found([online("a", 50), online("b", 2), online("c", 1), online("d", 9)])
    assert published(rows, total) == Published((bare(rows[0]),), 3, bare(total))


def test_few_in_all_are_not_shown_at_all() -> None:
    rows, total = found([online("a", 2), online("b", 2)])
    assert published(rows, total) == Published((), 2, None)


def test_a_group_without_ratings_hides_nothing() -> None:
    rows, total = found([online("a", 50), asked("b", 9, 0)])
    assert published(rows, total) == Published((bare(rows[0]),), 0, bare(total))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=12))
def test_no_small_group_is_shown_or_can_be_worked_out(sizes: list[tuple[int, int]]) -> None:
    rows, total = found([online(f"{n:02}", good, bad) for n, (good, bad) in enumerate(sizes)])
    out = published(rows, total)
    rated = [row for row in rows if row.counted.count]
    assert all(group.counted.count >= 5 for group in out.groups)
    assert out.hidden == len(rated) - len(out.groups)
    assert (out.total is None) == (total.counted.count < 5)
    left = total.counted.count - sum(group.counted.count for group in out.groups)
    # What is left over is nothing, too little of everything to show a total, or no single group and enough people.
    assert out.total is None or left == 0 or (left >= 5 and out.hidden >= 2)


@given(st.lists(st.integers(5, 60), max_size=8))
def test_nothing_is_hidden_without_need(sizes: list[int]) -> None:
    rows, total = found([online(f"{n:02}", size) for n, size in enumerate(sizes)])
    assert published(rows, total).hidden == 0
