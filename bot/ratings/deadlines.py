"""When reports are due, and when those who asked for it are sent the figures beforehand. Days in Vietnam; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.ratings.periods import USUAL_START, VIETNAM, Kind, Period, day_of, period_of, previous

USUAL_DUE_DAY = 20
USUAL_YEAR_DUE = (12, 10)
"""Reports of a year are due before it ends."""


class DigestKind(StrEnum):
    """How often the figures are sent; the report month, or what the calendar has."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


_PERIODS: Mapping[DigestKind, Kind] = {
    DigestKind.MONTHLY: Kind.REPORT_MONTH,
    DigestKind.QUARTERLY: Kind.QUARTER,
    DigestKind.HALF_YEARLY: Kind.HALF_YEAR,
    DigestKind.YEARLY: Kind.YEAR,
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`due_day`: of the month after the period. `year_due`: month and day, within the year itself.

    `days_before`, `hour`: when the figures are sent. `period_start`: the day on which report months begin.
    """

    due_day: int = USUAL_DUE_DAY
    year_due: tuple[int, int] = USUAL_YEAR_DUE
    days_before: int = 3
    hour: int = 8
    period_start: int = USUAL_START


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due`: the day of the report; `at`: when its figures are sent, in UTC."""

    kind: DigestKind
    period: Period
    due: date
    at: datetime

    @property
    def key(self) -> str:
        """Says which digest it is."""
        return f"{self.kind}:{self.period.name}"


def last_deadline(kind: DigestKind, now: datetime, rules: Deadlines) -> Deadline:
    """The newest whose figures are to be sent by now."""
    period = period_of(_PERIODS[kind], day_of(now), rules.period_start)
    while (deadline := _deadline(kind, period, rules)).at > now:
        period = previous(period)
    return deadline


def _deadline(kind: DigestKind, period: Period, rules: Deadlines) -> Deadline:
    if kind is DigestKind.YEARLY:
        due = date(period.last.year, *rules.year_due)
        return Deadline(kind, period, due, _moment(due - timedelta(days=rules.days_before), rules.hour))
    due = _next(period.last, rules.due_day)
    # Never before the period is over.
    day = max(due - timedelta(days=rules.days_before), period.last + timedelta(days=1))
    return Deadline(kind, period, due, _moment(day, rules.hour))


def _next(day: date, due_day: int) -> date:
    """The first day behind `day` that is the so-manieth of its month."""
    month = day if day.day < due_day else day.replace(day=28) + timedelta(days=4)
    return month.replace(day=due_day)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), VIETNAM).astimezone(UTC)
