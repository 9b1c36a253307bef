"""Periods as people read them."""

from __future__ import annotations

from bot.ratings.periods import Kind, Period
from bot.texts import Texts
from bot.texts.written import day_written


def period_name(texts: Texts, period: Period) -> str:
    """`Kỳ báo cáo 10/2026`, `Quý 4/2026`; the days themselves for days of one's own."""
    first, last = period.first, period.last
    if period.kind is Kind.CUSTOM:
        return period_days(texts, period)
    name = period.kind.value
    if period.kind is Kind.HALF_YEAR:
        name = f"{name}_first" if first.month == 1 else f"{name}_second"
    # A report month is named after the month in which it ends.
    number = (last.month + 2) // 3 if period.kind is Kind.QUARTER else last.month
    return texts.find(f"staff.period.{name}", number=number, year=last.year) or period.name


def period_days(texts: Texts, period: Period) -> str:
    """`15/9/2026 – 14/10/2026`"""
    language = texts.language
    return texts.get(
        "staff.period.days", first=day_written(language, period.first), last=day_written(language, period.last)
    )


def period_written(texts: Texts, period: Period) -> str:
    """The name, and for one that has another name than its days, these as well."""
    if period.kind is Kind.CUSTOM:
        return period_name(texts, period)
    return texts.get("staff.period.both", name=period_name(texts, period), days=period_days(texts, period))
