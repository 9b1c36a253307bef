"""The figures of groups: known ones, and against counting the ratings one by one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.model import Filing, Mark
from bot.ratings.periods import report_month
from bot.ratings.satisfaction import Certainty, Satisfaction, Standing, Verdict, judge, satisfaction
from bot.ratings.scales import FIVE, THREE
from bot.ratings.summary import Group, Response, TrendPoint, groups, trend, whole
from tests.unit.ratings.counts import GIVEN, Given, Tally, asked, online, tallies

TARGET = Fraction(95, 100)
NONE = Satisfaction((0, 0, 0), 0)


def test_each_rating_stands_where_it_belongs() -> None:
    counts = [
        online("b", 30, 10),
        online("b", 1, 2, is_helped=True),
        online("b", 4, mark=Mark.FLAGGED, is_helped=True),
        online("b", 0, 7, mark=Mark.ASIDE, is_helped=True),
        online("b", 5, filing=Filing.COUNTER),
        online("b", 2, mark=Mark.ASIDE, filing=Filing.COUNTER),
        online("b", 0, 6, filing=Filing.HELPER, mark=Mark.FLAGGED),
        Tally("b", FIVE.id, Filing.ONLINE, Mark.CLEAN, False, (0, 0, 0, 0, 9)),
        asked("b", 100, 60),
        asked("a", 3, 0),
    ]
    assert groups(counts, THREE, TARGET) == (
        Group("a", NONE, Verdict(None, Certainty.FEW, 1), NONE, NONE, NONE, NONE, NONE, 0, Response(3, 0)),
        Group(
            key="b",
            counted=Satisfaction((12, 0, 35), 35),
            verdict=Verdict(Standing.NOT_MET, Certainty.SURE, 193),
            helped=Satisfaction((2, 0, 5), 5),
            flagged=Satisfaction((0, 0, 4), 4),
            aside=Satisfaction((7, 0, 2), 2),
            counter=Satisfaction((0, 0, 5), 5),
            helper=Satisfaction((6, 0, 0), 0),
            other_scale=9,
            response=Response(100, 60),
        ),
    )


def test_the_response_rate_is_known_only_where_people_were_asked() -> None:
    assert [Response(4, 1).rate, Response(4, 0).rate, Response(0, 0).rate] == [Fraction(1, 4), 0, None]


def test_without_a_target_nothing_is_judged() -> None:
    assert whole([online("a", 40)], THREE, None).verdict is None


def test_nothing_at_all_is_no_group_and_an_empty_whole() -> None:
    assert groups([], THREE, TARGET) == ()
    assert whole([], THREE, TARGET, key="k") == Group(
        "k", NONE, Verdict(None, Certainty.FEW, 1), NONE, NONE, NONE, NONE, NONE, 0, Response(0, 0)
    )


def test_a_field_is_the_sum_of_its_procedures() -> None:
    counts = [online("1.1", 30), online("1.2", 10, 5), asked("1.2", 50, 20), online("2.1", 4)]
    fields = {"1.1": "land", "1.2": "land", "2.1": "births"}
    land = [*counts[:3]]
    assert groups(counts, THREE, TARGET, part_of=fields.__getitem__) == (
        whole(counts[3:], THREE, TARGET, key="births"),
        whole(land, THREE, TARGET, key="land"),
    )


def test_a_level_that_the_scale_does_not_have_is_told() -> None:
    strange = Tally("a", THREE.id, Filing.ONLINE, Mark.CLEAN, False, (0, 0, 0, 1, 0))
    with pytest.raises(ValueError, match=r"^the scale 'three' has no level 4$"):
        groups([strange], THREE, TARGET)


def test_a_month_without_data_has_no_share() -> None:
    months = [report_month(2026, 9), report_month(2026, 10)]
    found = trend(months, [[], [online("", 3, 1)]], THREE, lambda period: TARGET if period.name > "2026-09" else None)
    assert found == (
        TrendPoint(months[0], whole([], THREE, None, key="2026-09")),
        TrendPoint(months[1], whole([online("", 3, 1)], THREE, TARGET, key="2026-10")),
    )
    assert [point.group.counted.share for point in found] == [None, Fraction(3, 4)]


def by_hand(ratings: list[Given], filing: Filing) -> Satisfaction:
    """A slow recomputation of those that are not set aside."""
    levels = [r.level for r in ratings if r.scale == THREE.id and r.mark != Mark.ASIDE and r.filing == filing]
    return satisfaction(THREE, {level: levels.count(level) for level in levels})


@given(st.lists(GIVEN, max_size=60))
def test_figures_equal_counting_one_by_one(ratings: list[Given]) -> None:
    found = groups(tallies(ratings), THREE, TARGET)
    keys = sorted({rating.key for rating in ratings})
    assert [
        (group.key, group.counted, group.counter, group.helper, group.verdict, group.other_scale) for group in found
    ] == [
        (
            key,
            by_hand(own, Filing.ONLINE),
            by_hand(own, Filing.COUNTER),
            by_hand(own, Filing.HELPER),
            judge(by_hand(own, Filing.ONLINE), TARGET),
            sum(rating.scale != THREE.id for rating in own),
        )
        for key in keys
        for own in [[rating for rating in ratings if rating.key == key]]
    ]


@given(st.lists(GIVEN, max_size=60))
def test_every_rating_is_somewhere_and_once(ratings: list[Given]) -> None:
    every = whole(tallies(ratings), THREE, TARGET)
    parts = (every.counted, every.aside, every.counter, every.helper)
    assert sum(part.count for part in parts) + every.other_scale == len(ratings)


@given(st.lists(GIVEN, max_size=60))
def test_the_shares_of_the_parts_weigh_up_to_the_whole(ratings: list[Given]) -> None:
    found, every = groups(tallies(ratings), THREE, TARGET), whole(tallies(ratings), THREE, TARGET)
    shares = [(group.counted.share, group.counted.count) for group in found]
    weighed = sum((share * count for share, count in shares if share is not None), Fraction(0))
    assert weighed == (every.counted.share or 0) * every.counted.count


@given(st.lists(GIVEN, max_size=60))
def test_the_interval_of_a_group_holds_its_share(ratings: list[Given]) -> None:
    for group in groups(tallies(ratings), THREE, TARGET):
        share, interval = group.counted.share, group.counted.interval
        assert (share is None) == (interval is None) == (group.counted.count == 0)
        assert share is None or interval is None or interval.low <= share <= interval.high


@given(st.lists(GIVEN, max_size=40), st.data())
def test_changing_a_rating_never_changes_how_many_there_are(ratings: list[Given], data: st.DataObject) -> None:
    mine = Given("a", data.draw(st.integers(1, 3)))
    changed = Given("a", data.draw(st.integers(1, 3)))
    before, after = (whole(tallies([*ratings, one]), THREE, TARGET) for one in (mine, changed))
    assert (after.counted.count, after.response) == (before.counted.count, before.response)
