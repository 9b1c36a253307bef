"""Which errors are told when: each kind once, then once an hour, and never many at a time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.operations.errors_told.grouping import (
    AGAIN_SECONDS,
    APART_SECONDS,
    FORGOTTEN_SECONDS,
    GATHER_SECONDS,
    MOST_GROUPS,
    Groups,
)
from bot.operations.errors_told.model import MOST_NAMED, Fault, Kind, Round, Told

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SOON = GATHER_SECONDS


def at(tick: float) -> datetime:
    return START + timedelta(seconds=tick)


def kind(name: str) -> Kind:
    return Kind(name, "StoreError", f"bot/{name}.py:1")


class Log:
    """Errors at given seconds, and what was told at which."""

    def __init__(self) -> None:
        self.groups = Groups()

    def note(self, name: str, tick: float, times: int = 1, message: str = "") -> None:
        for _ in range(times):
            self.groups.note(Fault(kind(name), message), at(tick), tick, f"{name} at {tick:g}")


def told(name: str, count: int, since: float, *, new: bool = True, first: float | None = None) -> Told:
    return Told(kind(name), count, at(since), new, "", f"{name} at {since if first is None else first:g}")


def test_nothing_is_told_of_nothing() -> None:
    assert (Groups().due(0.0), Groups().rest(0.0)) == (None, None)


def test_what_breaks_together_is_told_together_within_seconds() -> None:
    log = Log()
    log.note("a", 0.0, 100)
    log.note("b", 1.0, 2)
    assert log.groups.due(SOON - 0.1) is None
    assert log.groups.due(SOON) == Round((told("a", 100, 0.0), told("b", 2, 1.0)))
    assert log.groups.due(SOON + 100) is None


def test_the_same_again_is_told_once_an_hour_with_how_often_since() -> None:
    log = Log()
    log.note("a", 0.0)
    log.groups.due(SOON)
    log.note("a", 10.0, 7)
    log.note("a", 3000.0, 5)
    assert log.groups.due(SOON + AGAIN_SECONDS - 1) is None
    assert log.groups.due(SOON + AGAIN_SECONDS) == Round((told("a", 12, 10.0, new=False, first=0.0),))
    assert log.groups.due(SOON + 3 * AGAIN_SECONDS) is None
    log.note("a", 5 * AGAIN_SECONDS)
    assert log.groups.due(5 * AGAIN_SECONDS + SOON) == Round((told("a", 1, 5 * AGAIN_SECONDS, new=False, first=0.0),))


def test_two_tellings_are_apart() -> None:
    log = Log()
    log.note("a", 0.0)
    log.groups.due(SOON)
    log.note("b", SOON + 1)
    assert log.groups.due(SOON + APART_SECONDS - 1) is None
    assert log.groups.due(SOON + APART_SECONDS) == Round((told("b", 1, SOON + 1),))


def test_a_flood_of_kinds_is_a_few_names_and_a_number() -> None:
    log = Log()
    for number in range(MOST_NAMED + 3):
        log.note(f"kind{number}", 0.0, number + 1)
    named = tuple(told(f"kind{number}", number + 1, 0.0) for number in range(MOST_NAMED))
    assert log.groups.due(SOON) == Round(named, 3, 6 + 7 + 8)
    assert log.groups.due(SOON + APART_SECONDS) is None


def test_new_kinds_go_before_those_that_are_known() -> None:
    log = Log()
    for number in range(MOST_NAMED):
        log.note(f"old{number}", 0.0)
    log.groups.due(SOON)
    for number in range(MOST_NAMED):
        log.note(f"old{number}", 10.0)
    log.note("new", AGAIN_SECONDS)
    due = log.groups.due(SOON + AGAIN_SECONDS)
    assert due is not None
    assert [one.kind.event for one in due.named] == ["new", "old0", "old1", "old2", "old3"]
    assert (due.other_kinds, due.other_errors) == (1, 1)


def test_memory_is_bounded_and_what_is_left_out_is_counted() -> None:
    log = Log()
    for number in range(MOST_GROUPS + 50):
        log.note(f"kind{number}", 0.0)
    assert len(log.groups.newest()) == MOST_GROUPS
    due = log.groups.due(SOON)
    assert due is not None
    assert (len(due.named), due.other_errors) == (MOST_NAMED, MOST_GROUPS + 50 - MOST_NAMED)
    # Those that were told make room, the quietest first.
    log.note("kind0", 50.0)
    log.note("another", 51.0)
    events = [group.kind.event for group in log.groups.newest()]
    assert (len(events), events[:2], "kind1" in events) == (MOST_GROUPS, ["another", "kind0"], False)


def test_what_was_quiet_for_a_day_is_new() -> None:
    log = Log()
    log.note("a", 0.0)
    log.groups.due(SOON)
    log.note("a", FORGOTTEN_SECONDS)
    assert log.groups.due(FORGOTTEN_SECONDS + SOON) == Round((told("a", 1, FORGOTTEN_SECONDS, first=0.0),))


def test_the_newest_message_is_named() -> None:
    log = Log()
    for message in ("7", "9", ""):
        log.note("a", 0.0, message=message)
    due = log.groups.due(SOON)
    assert due is not None
    assert due.named[0].message == "9"


def test_the_rest_is_told_whatever_the_time() -> None:
    log = Log()
    log.note("a", 0.0)
    log.groups.due(SOON)
    log.note("a", SOON + 1, 3)
    log.note("b", SOON + 1)
    assert log.groups.rest(SOON + 1) == Round(
        (told("b", 1, SOON + 1), told("a", 3, SOON + 1, new=False, first=0.0)),
    )
    assert log.groups.rest(SOON + 2) is None


def test_two_rounds_that_were_not_told_become_one() -> None:
    first = Round(tuple(told(f"a{number}", 1, 0.0) for number in range(4)), 2, 9)
    later = Round(tuple(told(f"b{number}", 2, 0.0) for number in range(3)), 1, 1)
    assert first.joined(later) == Round((*first.named, later.named[0]), 2 + 1 + 2, 9 + 1 + 4)


@given(
    st.lists(st.tuples(st.floats(0.0, 400.0), st.integers(0, 300)), max_size=400),
    st.floats(0.5, 90.0),
)
def test_every_error_is_told_once_and_tellings_are_few(steps: list[tuple[float, int]], pause: float) -> None:
    """However errors come: nothing is lost, nothing told twice, and between two tellings there is time."""
    groups, tick = Groups(), 0.0
    noted: Counter[int] = Counter()
    rounds: list[tuple[float, Round]] = []
    for after, number in steps:
        tick += after / 10
        groups.note(Fault(Kind(str(number), "", "")), at(tick), tick)
        noted[number] += 1
        if due := groups.due(tick):
            rounds.append((tick, due))
        tick += pause / 10
    times = [when for when, _ in rounds]
    if rest := groups.rest(tick):
        rounds.append((tick, rest))
    counted = sum(one.count for _, due in rounds for one in due.named) + sum(due.other_errors for _, due in rounds)
    assert counted == noted.total()
    assert all(later - earlier >= APART_SECONDS for earlier, later in pairwise(times))
    assert all(len(due.named) <= MOST_NAMED for _, due in rounds)
