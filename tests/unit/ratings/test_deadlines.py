"""When the figures are sent: some days before a report is due, and never before its period is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.deadlines import Deadline, Deadlines, DigestKind, last_deadline
from bot.ratings.periods import VIETNAM, calendar_period, report_month

USUAL = Deadlines()


def vietnam(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}+07:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "now", "name", "due", "at"),
    [
        (DigestKind.MONTHLY, "2026-11-17T07:59", "2026-10", date(2026, 10, 20), "2026-10-17T08:00"),
        (DigestKind.MONTHLY, "2026-11-17T08:00", "2026-11", date(2026, 11, 20), "2026-11-17T08:00"),
        (DigestKind.MONTHLY, "2027-01-16T23:00", "2026-12", date(2026, 12, 20), "2026-12-17T08:00"),
        (DigestKind.QUARTERLY, "2026-10-17T08:00", "2026-Q3", date(2026, 10, 20), "2026-10-17T08:00"),
        (DigestKind.QUARTERLY, "2027-01-17T07:59", "2026-Q3", date(2026, 10, 20), "2026-10-17T08:00"),
        (DigestKind.QUARTERLY, "2027-01-17T08:00", "2026-Q4", date(2027, 1, 20), "2027-01-17T08:00"),
        (DigestKind.HALF_YEARLY, "2026-07-17T08:00", "2026-H1", date(2026, 7, 20), "2026-07-17T08:00"),
        (DigestKind.HALF_YEARLY, "2026-12-31T08:00", "2026-H1", date(2026, 7, 20), "2026-07-17T08:00"),
        (DigestKind.YEARLY, "2026-12-07T08:00", "2026", date(2026, 12, 10), "2026-12-07T08:00"),
        (DigestKind.YEARLY, "2026-12-07T07:59", "2025", date(2025, 12, 10), "2025-12-07T08:00"),
    ],
)
def test_the_newest_whose_time_has_come(kind: DigestKind, now: str, name: str, due: date, at: str) -> None:
    period = report_month(int(name[:4]), int(name[5:])) if kind is DigestKind.MONTHLY else calendar_period(name)
    found = last_deadline(kind, vietnam(now), USUAL)
    assert found == Deadline(kind, period, due, vietnam(at))
    assert found.key == f"{kind}:{name}"


def test_never_before_the_period_is_over() -> None:
    rules = Deadlines(due_day=15, days_before=10)
    found = last_deadline(DigestKind.MONTHLY, vietnam("2026-11-20T12:00"), rules)
    assert (found.period.last, found.due, found.at) == (
        date(2026, 11, 14),
        date(2026, 11, 15),
        vietnam("2026-11-15T08:00"),
    )


def test_a_month_of_the_calendar_is_due_in_the_next() -> None:
    found = last_deadline(DigestKind.MONTHLY, vietnam("2026-11-20T12:00"), Deadlines(period_start=1))
    assert (found.period.name, found.due) == ("2026-10", date(2026, 11, 20))


_RULES = st.builds(
    Deadlines,
    st.integers(1, 28),
    st.tuples(st.integers(1, 12), st.integers(1, 28)),
    st.integers(0, 10),
    st.integers(7, 20),
    st.integers(1, 28),
)


@given(
    st.sampled_from(DigestKind),
    st.integers(0, 50_000).map(lambda hours: datetime(2024, 2, 28, tzinfo=UTC) + timedelta(hours=hours)),
    _RULES,
)
def test_there_is_always_one_and_the_next_is_not_due_yet(kind: DigestKind, now: datetime, rules: Deadlines) -> None:
    found = last_deadline(kind, now, rules)
    assert found.at <= now
    local = found.at.astimezone(VIETNAM)
    assert (local.hour, local.minute) == (rules.hour, 0)
    if kind is not DigestKind.YEARLY:
        assert found.period.last < local.date() <= found.due
    # The moment before it, another was the newest.
    earlier = last_deadline(kind, found.at - timedelta(microseconds=1), rules)
    assert (earlier.period.last < found.period.last, earlier.at < found.at) == (True, True)
    assert now - found.at < timedelta(days=400)
