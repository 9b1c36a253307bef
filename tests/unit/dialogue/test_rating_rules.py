"""In which report month a rating counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.rating_rules import USUAL_RULES, RatingRules
from bot.ratings.scales import THREE

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them bare


def test_the_usual_rules() -> None:
    assert RatingRules(THREE, 15, is_test=False) == USUAL_RULES


@pytest.mark.parametrize(
    ("at", "usual", "calendar"),
    [
        # Midnight in Hà Tĩnh is 17:00 UTC of the day before.
        (datetime(2026, 11, 14, 16, 59, tzinfo=UTC), "2026-11", "2026-11"),
        (datetime(2026, 11, 14, 17, 0, tzinfo=UTC), "2026-12", "2026-11"),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), "2026-12", "2026-12"),
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), "2027-01", "2026-12"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "2027-01", "2027-01"),
    ],
)
def test_the_period_of_a_moment(at: datetime, usual: str, calendar: str) -> None:
    assert (USUAL_RULES.period_of(at), RatingRules(period_start=1).period_of(at)) == (usual, calendar)


@given(MOMENTS, st.integers(1, 28), st.timedeltas(timedelta(0), timedelta(days=70)))
def test_periods_follow_one_another(at: datetime, start: int, later: timedelta) -> None:
    rules = RatingRules(period_start=start)
    first, second = rules.period_of(at), rules.period_of(at + later)
    assert first <= second
    assert rules.period_of(at + timedelta(days=32)) > first
