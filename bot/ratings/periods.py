"""The periods that figures are given for, as days in Vietnam; a day belongs to exactly one period of each kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

VIETNAM = timezone(timedelta(hours=7))
"""Without summer time since 1975: no table of time zones is needed."""
USUAL_START = 15
"""Reports usually cover the 15th of one month to the 14th of the next, and are due on the 20th."""
LATEST_START = 28
"""So that every month has the day."""
MONTH_PREFIX = "thang:"
"""Before a calendar month, which would else be taken for a report month."""
_YEARS = range(2000, 2200)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", re.ASCII)
_REPORT_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_WRITTEN = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?", re.ASCII)


class Kind(StrEnum):
    REPORT_MONTH = "report_month"
    """Named after the month in which it ends and is reported."""
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    kind: Kind
    name: str
    first: date
    last: date

    def holds(self, moment: datetime) -> bool:
        """`moment` knows its zone."""
        return self.first <= day_of(moment) <= self.last


def day_of(moment: datetime) -> date:
    """The day in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def report_month_of(day: date, start: int = USUAL_START) -> Period:
    """The report month that a day belongs to. With a `start` of 1 it is the calendar month."""
    ends = _month(day.year, day.month) if start == 1 or day.day < start else _month(day.year, day.month + 1)
    return report_month(ends.year, ends.month, start)


def report_month(year: int, month: int, start: int = USUAL_START) -> Period:
    """The report month that ends in this month. Raises ValueError for a `start` that not every month has."""
    if not 1 <= start <= LATEST_START:
        raise ValueError(f"a report month starts on a day from 1 to {LATEST_START}")
    name = f"{year:04}-{month:02}"
    if start == 1:
        return Period(Kind.REPORT_MONTH, name, date(year, month, 1), _month(year, month + 1) - timedelta(days=1))
    return Period(Kind.REPORT_MONTH, name, _month(year, month - 1).replace(day=start), date(year, month, start - 1))


def calendar_period(written: str) -> Period:
    """`2026-10` (a month), `2026-Q4`, `2026-H2` or `2026`. Raises ValueError for anything else."""
    match = _WRITTEN.fullmatch(written)
    if match is None or not date.min.year <= int(match[1]) < date.max.year:
        raise ValueError(f"{written!r} is no period; for example 2026-10, 2026-Q4, 2026-H2 or 2026")
    year, (month, quarter, half) = int(match[1]), (int(part) if part else 0 for part in match.groups()[1:])
    if month:
        return _months(Kind.MONTH, written, year, month, 1)
    if quarter:
        return _months(Kind.QUARTER, written, year, quarter * 3 - 2, 3)
    if half:
        return _months(Kind.HALF_YEAR, written, year, half * 6 - 5, 6)
    return _months(Kind.YEAR, written, year, 1, 12)


def period_of(kind: Kind, day: date, start: int = USUAL_START) -> Period:
    """The one of this kind that a day belongs to; of days of one's own, that day. `start`: of report months."""
    match kind:
        case Kind.REPORT_MONTH:
            return report_month_of(day, start)
        case Kind.MONTH:
            return calendar_period(f"{day.year:04}-{day.month:02}")
        case Kind.QUARTER:
            return calendar_period(f"{day.year:04}-Q{(day.month + 2) // 3}")
        case Kind.HALF_YEAR:
            return calendar_period(f"{day.year:04}-H{(day.month + 5) // 6}")
        case Kind.YEAR:
            return calendar_period(f"{day.year:04}")
        case Kind.CUSTOM:
            return custom_period(day, day)


def custom_period(first: date, last: date) -> Period:
    """Raises ValueError where it ends before it begins."""
    if last < first:
        raise ValueError(f"the period ends ({last}) before it begins ({first})")
    return Period(Kind.CUSTOM, f"{first}..{last}", first, last)


def parse_period(written: str, start: int = USUAL_START) -> Period:
    """What people write in an address or after `--period`: `2026-10` (a report month), `thang:2026-10`, `2026-Q4`,
    `2026-H2`, `2026`, or `2026-10-01..2026-10-20`. `start`: the day on which report months begin.

    Raises ValueError, with examples, for anything else and for years outside 2000-2199.
    """
    try:
        found = _parsed(written, start)
    except ValueError as error:
        raise _no_period(written) from error
    if found.first.year + 1 not in _YEARS or found.last.year not in _YEARS:
        raise _no_period(written)
    return found


def _parsed(written: str, start: int) -> Period:
    if days := _DAYS.fullmatch(written):
        return custom_period(date.fromisoformat(days[1]), date.fromisoformat(days[2]))
    if month := _REPORT_MONTH.fullmatch(written):
        return report_month(int(month[1]), int(month[2]), start)
    calendar = written.removeprefix(MONTH_PREFIX)
    found = calendar_period(calendar)
    if calendar != written and found.kind is not Kind.MONTH:
        raise _no_period(written)
    return found


def written(period: Period) -> str:
    """What `parse_period` reads as this period."""
    return MONTH_PREFIX + period.name if period.kind is Kind.MONTH else period.name


def previous(period: Period) -> Period:
    """The one right before it: of the same kind, or (for days of one's own) of as many days."""
    ends = period.first - timedelta(days=1)
    if period.kind is Kind.CUSTOM:
        return custom_period(ends - (period.last - period.first), ends)
    return period_of(period.kind, ends, period.first.day)


def report_months_to(day: date, count: int = 12, start: int = USUAL_START) -> tuple[Period, ...]:
    """So many report months, the last being the one that `day` lies in; the oldest first."""
    months = [report_month_of(day, start)]
    while len(months) < count:
        months.append(previous(months[-1]))
    return tuple(reversed(months))


def _no_period(written: str) -> ValueError:
    return ValueError(
        f"{written!r} is no period; for example 2026-10, {MONTH_PREFIX}2026-10, 2026-Q4, 2026-H2, 2026 "
        "or 2026-10-01..2026-10-20"
    )


def _months(kind: Kind, name: str, year: int, month: int, count: int) -> Period:
    return Period(kind, name, date(year, month, 1), _month(year, month + count) - timedelta(days=1))


def _month(year: int, month: int) -> date:
    """The first day of a month; months below 1 and above 12 are those of the years before and after."""
    years, months = divmod(month - 1, 12)
    return date(year + years, months + 1, 1)
