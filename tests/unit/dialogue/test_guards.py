"""What stands before a conversation: channels that are off, and how much one person may send."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import guards
from bot.dialogue.guards import Allowance, Guards, OffChannels, RateLimit, no_guards
from bot.dialogue.messages import Status

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GAPS = st.lists(st.integers(0, 120_000), max_size=80)
"""Milliseconds between messages."""


def taken(limit: RateLimit, *, times: int, at: datetime = NOW, person: str = "p") -> int:
    return sum(limit.takes(person, at) for _ in range(times))


def test_a_minutes_worth_at_once_and_no_more() -> None:
    limit = RateLimit(20)
    assert taken(limit, times=50) == 20
    assert taken(limit, times=50, person="q") == 20


def test_it_fills_again_evenly() -> None:
    limit = RateLimit(20)
    assert taken(limit, times=20) == 20
    assert [taken(limit, times=9, at=NOW + seconds * SECOND) for seconds in (2, 3, 6, 12)] == [0, 1, 1, 2]
    assert taken(limit, times=99, at=NOW + timedelta(hours=9)) == 20


def test_what_was_refused_costs_nothing() -> None:
    limit = RateLimit(1)
    assert limit.takes("p", NOW)
    assert [limit.takes("p", NOW + second * SECOND) for second in range(1, 61)] == [False] * 59 + [True]


def test_without_a_limit_everything_is_taken() -> None:
    assert taken(RateLimit(0), times=10_000) == 10_000


@given(st.integers(1, 600), GAPS)
def test_never_more_than_the_limit_in_any_stretch_of_time(per_minute: int, gaps: list[int]) -> None:
    limit, now = RateLimit(per_minute), NOW
    # Of each message taken: how many there were before it, less what time has allowed for. In a stretch of n messages
    # and m minutes, n <= per_minute + per_minute * m, this rises by less than per_minute.
    lowest, count = math.inf, 0
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        for _ in range(per_minute // 4 + 1):
            if limit.takes("p", now):
                surplus = count - per_minute * (now - NOW).total_seconds() / 60
                lowest, count = min(lowest, surplus), count + 1
                assert surplus - lowest <= per_minute - 1 + 1e-6


@given(st.integers(1, 30), GAPS)
def test_who_keeps_to_the_pace_is_never_refused(per_minute: int, gaps: list[int]) -> None:
    limit, now = RateLimit(per_minute), NOW
    for gap in gaps:
        now += timedelta(seconds=60 / per_minute + 0.001, milliseconds=gap)
        assert limit.takes("p", now)


def test_a_clock_that_is_set_back_shuts_nobody_out() -> None:
    limit, before = RateLimit(20), NOW - timedelta(hours=1)
    assert taken(limit, times=20) == 20
    assert [taken(limit, times=9, at=before + seconds * SECOND) for seconds in (0, 3, 6)] == [0, 1, 1]


@given(st.integers(1, 5), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 20_000)), max_size=80))
def test_what_is_handed_on_makes_one_limit_of_many(processes: int, said: list[tuple[int, int]]) -> None:
    """Each message goes to any process: what they take is what one alone would have taken."""
    limits, alone = [RateLimit(20) for _ in range(processes)], RateLimit(20)
    shared: Allowance | None = None
    now = NOW
    for process, gap in said:
        now += timedelta(milliseconds=gap)
        for _ in range(5):
            limit = limits[process % processes]
            assert limit.takes("p", now, shared) is alone.takes("p", now)
            shared = limit.allowance("p")


def test_an_equal_part_for_each_process_and_never_nothing() -> None:
    limit, found = RateLimit(20), list[int]()
    for processes in (1, 2, 3, 40, 1):
        limit.share(processes)
        found.append(taken(limit, times=99, person=f"{len(found)}"))
    assert found == [20, 10, 7, 1, 20]
    limit = RateLimit(0)
    limit.share(3)
    assert taken(limit, times=99) == 99


@pytest.mark.parametrize("wrong", [None, [], [1], ["1", NOW.isoformat()], [1.5, 3], {"left": 1}])
def test_an_allowance_that_cannot_be_read_is_none(wrong: object) -> None:
    assert Allowance.from_fields(wrong) is None
    assert Allowance.from_fields(Allowance(2.25, NOW).to_fields()) == Allowance(2.25, NOW)


def test_the_quietest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_MOST_PEOPLE", 2)
    limit = RateLimit(1)
    for person in ("a", "b", "a", "c"):
        limit.takes(person, NOW)
    assert [limit.takes(person, NOW) for person in ("a", "c", "b")] == [False, False, True]


def test_a_channel_that_is_off_comes_before_the_limit() -> None:
    off, limit = OffChannels(frozenset({"zalo_oa"})), RateLimit(1)
    both = Guards(off, limit)
    assert [both.refusal("zalo_oa", "p", NOW) for _ in range(3)] == [Status.SWITCHED_OFF] * 3
    assert [both.refusal("web", "p", NOW) for _ in range(2)] == [None, Status.TOO_FAST]
    off.replace(frozenset({"web"}))
    assert both.refusal("web", "p", NOW) is Status.SWITCHED_OFF
    assert both.refusal("zalo_oa", "q", NOW) is None
    off.replace(frozenset())
    assert both.refusal("web", "r", NOW) is None
    assert ("web" in off, "zalo_oa" in off) == (False, False)


def test_without_guards_everything_is_let_through() -> None:
    assert {no_guards().refusal("web", "p", NOW) for _ in range(100)} == {None}
