"""Periods: known ones, and that each day belongs to exactly one of a kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.periods import (
    Kind,
    Period,
    calendar_period,
    custom_period,
    parse_period,
    previous,
    report_month,
    report_month_of,
    report_months_to,
    written,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
STARTS = st.integers(1, 28)


def test_the_report_month_ends_in_the_month_that_it_is_named_after() -> None:
    october = Period(Kind.REPORT_MONTH, "2026-10", date(2026, 9, 15), date(2026, 10, 14))
    assert report_month(2026, 10) == october
    assert [report_month_of(day) for day in (october.first, october.last)] == [october, october]
    assert report_month_of(date(2026, 12, 15)) == Period(
        Kind.REPORT_MONTH, "2027-01", date(2026, 12, 15), date(2027, 1, 14)
    )


def test_a_report_month_from_the_first_is_the_calendar_month() -> None:
    assert report_month(2026, 2, 1) == Period(Kind.REPORT_MONTH, "2026-02", date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize("start", [0, 29])
def test_not_every_month_has_every_day(start: int) -> None:
    with pytest.raises(ValueError, match=r"^a report month starts on a day from 1 to 28$"):
        report_month(2026, 10, start)


@given(DAYS, STARTS)
def test_each_day_belongs_to_one_report_month_and_the_next_begins_right_behind_it(day: date, start: int) -> None:
    period = report_month_of(day, start)
    assert period.first <= day <= period.last
    following = report_month_of(period.last + timedelta(days=1), start)
    assert following.first == period.last + timedelta(days=1)
    year, month = map(int, period.name.split("-"))
    assert report_month(year, month, start) == period


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("2026-02", Kind.MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", Kind.MONTH, date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-Q1", Kind.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", Kind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-H2", Kind.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31)),
        ("2028", Kind.YEAR, date(2028, 1, 1), date(2028, 12, 31)),
    ],
)
def test_calendar_periods(written: str, kind: Kind, first: date, last: date) -> None:
    assert calendar_period(written) == Period(kind, written, first, last)


@pytest.mark.parametrize(
    "written", ["", "2026-13", "2026-Q5", "2026-H3", "26-10", "2026-1", "0000", "9999", "２０２６"]
)
def test_what_is_no_period_is_told(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no period; for example 2026-10"):
        calendar_period(written)


def test_a_period_of_one_s_own() -> None:
    assert custom_period(date(2026, 9, 1), date(2026, 9, 1)) == Period(
        Kind.CUSTOM, "2026-09-01..2026-09-01", date(2026, 9, 1), date(2026, 9, 1)
    )
    with pytest.raises(ValueError, match=r"^the period ends \(2026-09-01\) before it begins \(2026-09-02\)$"):
        custom_period(date(2026, 9, 2), date(2026, 9, 1))


def test_days_are_those_of_vietnam() -> None:
    september = calendar_period("2026-09")
    assert not september.holds(datetime(2026, 8, 31, 16, 59, 59, tzinfo=UTC))
    assert september.holds(datetime(2026, 8, 31, 17, tzinfo=UTC))
    assert september.holds(datetime(2026, 9, 30, 16, 59, 59, tzinfo=UTC))
    assert not september.holds(datetime(2026, 9, 30, 17, tzinfo=UTC))


PERIODS = st.one_of(
    DAYS.map(report_month_of),
    DAYS.map(lambda day: calendar_period(f"{day:%Y-%m}")),
    DAYS.map(lambda day: calendar_period(f"{day.year}-Q{(day.month + 2) // 3}")),
    DAYS.map(lambda day: calendar_period(f"{day.year}-H{(day.month + 5) // 6}")),
    DAYS.map(lambda day: calendar_period(f"{day.year}")),
    st.tuples(DAYS, DAYS).map(lambda days: custom_period(min(days), max(days))),
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-10", report_month(2026, 10)),
        ("thang:2026-10", calendar_period("2026-10")),
        ("2026-Q4", calendar_period("2026-Q4")),
        ("2026-H2", calendar_period("2026-H2")),
        ("2026", calendar_period("2026")),
        ("2026-10-01..2026-10-20", custom_period(date(2026, 10, 1), date(2026, 10, 20))),
    ],
)
def test_what_people_write(text: str, period: Period) -> None:
    assert (parse_period(text), written(period)) == (period, text)


def test_what_people_write_follows_the_start_of_report_months() -> None:
    assert parse_period("2026-10", 1) == report_month(2026, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-13", "2026-00", "thang:2026", "thang:2026-Q1", "thang:thang:2026-10", "1999", "2200", "0000-01"),
        *("2026-02-30..2026-03-01", "2026-10-20..2026-10-01", "2026-10-01..", "２０２６-10", "2026-10 ", "1900-01"),
        *("9999-12-31..9999-12-31", "9999-12", "0001-01-01..2026-01-01"),
    ],
)
def test_what_nobody_can_mean_is_told_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no period; for example 2026-10, thang:2026-10, .* or 2026-10-01\.\."):
        parse_period(text)


@given(PERIODS)
def test_what_is_written_is_read_again(period: Period) -> None:
    assert parse_period(written(period)) == period


@given(DAYS, STARTS)
def test_a_report_month_is_read_again_whatever_day_it_starts_on(day: date, start: int) -> None:
    period = report_month_of(day, start)
    assert parse_period(written(period), start) == period


@given(PERIODS)
def test_the_period_before_ends_right_before_and_is_of_the_same_kind(period: Period) -> None:
    before = previous(period)
    assert (before.kind, before.last + timedelta(days=1)) == (period.kind, period.first)
    days, days_before = (each.last - each.first for each in (period, before))
    # Months, quarters, half-years and years differ by a few days; those of one's own do not.
    assert abs(days - days_before) <= timedelta(days=0 if period.kind is Kind.CUSTOM else 3)


def test_the_report_months_to_a_day() -> None:
    assert [month.name for month in report_months_to(date(2026, 1, 15), 3)] == ["2025-12", "2026-01", "2026-02"]
    year = report_months_to(date(2026, 1, 14), start=1)
    assert (len(year), year[0], year[-1]) == (12, report_month(2025, 2, 1), report_month(2026, 1, 1))
