"""What a page of figures is asked for by its address, and the choice of periods that it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.operations.figures.addresses import PERIOD, read_filters
from bot.operations.figures.model import Filters
from bot.operations.figures.period_words import period_written
from bot.ratings.periods import (
    Kind,
    Period,
    parse_period,
    period_of,
    previous,
    report_month_of,
    report_months_to,
    written,
)
from bot.texts import Texts
from bot.web.options import Option

FIRST_DAY, LAST_DAY, PAGE = "tu-ngay", "den-ngay", "trang"
_MONTHS, _QUARTERS, _HALVES, _YEARS = 6, 5, 3, 3


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """`is_understood`: False where a period was given that is none; then it is the current report month."""

    period: Period
    is_understood: bool
    filters: Filters


def read_query(query: Mapping[str, str], today: date, start: int) -> FigureQuery:
    """`start`: the day on which report months begin."""
    period, is_understood = _period(query, today, start)
    return FigureQuery(period, is_understood, read_filters(query))


def page_of(query: Mapping[str, str]) -> int:
    """The number of the page, 1 where none can be meant."""
    given = query.get(PAGE, "")
    return max(1, int(given)) if given.isdecimal() and len(given) <= 6 else 1


def _period(query: Mapping[str, str], today: date, start: int) -> tuple[Period, bool]:
    current = report_month_of(today, start)
    first, last = query.get(FIRST_DAY, ""), query.get(LAST_DAY, "")
    text = f"{first}..{last}" if first or last else query.get(PERIOD, "")
    if not text:
        return current, True
    try:
        return parse_period(text, start), True
    except ValueError:
        return current, False


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """`groups`: a heading and its options. `kept`: the parameters that another period leaves as they are."""

    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    first: str
    last: str
    kept: Mapping[str, str]


def period_choice(
    texts: Texts, chosen: Period, today: date, start: int, kept: Mapping[str, str] | None = None
) -> PeriodChoice:
    offered = {
        "report_months": tuple(reversed(report_months_to(today, 13, start))),
        "months": _back(period_of(Kind.MONTH, today), _MONTHS),
        "quarters": _back(period_of(Kind.QUARTER, today), _QUARTERS),
        "half_years": _back(period_of(Kind.HALF_YEAR, today), _HALVES),
        "years": _back(period_of(Kind.YEAR, today), _YEARS),
    }
    if not any(chosen in periods for periods in offered.values()):
        offered = {"chosen": (chosen,), **offered}
    return PeriodChoice(
        groups=tuple(
            (texts.get(f"web.staff.figures.periods.{name}"), tuple(_option(texts, each, chosen) for each in periods))
            for name, periods in offered.items()
        ),
        first=chosen.first.isoformat(),
        last=chosen.last.isoformat(),
        kept=kept or {},
    )


def _option(texts: Texts, period: Period, chosen: Period) -> Option:
    return Option(written(period), period_written(texts, period), period == chosen)


def _back(period: Period, count: int) -> tuple[Period, ...]:
    """So many periods, this one first, then those before it."""
    found = [period]
    while len(found) < count:
        found.append(previous(found[-1]))
    return tuple(found)
