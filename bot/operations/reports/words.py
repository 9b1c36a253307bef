"""Periods and values as people read them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from bot.operations.reports.model import Kind, Value
from bot.ratings import periods
from bot.ratings.periods import Period
from bot.texts import Texts
from bot.texts.written import day_written, number_written, share_written

_PERIODS = {
    periods.Kind.REPORT_MONTH: "report.period_of.report_month",
    periods.Kind.MONTH: "report.period_of.month",
    periods.Kind.QUARTER: "report.period_of.quarter",
    periods.Kind.HALF_YEAR: "report.period_of.half_year",
    periods.Kind.YEAR: "report.period_of.year",
    periods.Kind.CUSTOM: "report.period_of.custom",
}


def period_words(texts: Texts, period: Period) -> str:
    """`Tháng báo cáo 10/2026 (từ 15/9/2026 đến 14/10/2026)`."""
    first, last = (day_written(texts.language, day) for day in (period.first, period.last))
    said = texts.find(
        _PERIODS[period.kind],
        first=first,
        last=last,
        month=period.last.month,
        year=period.last.year,
        part=period.name[-1],
    )
    return said or period.name


def month_label(period: Period) -> str:
    """`10/26`."""
    return f"{period.last.month}/{period.last.year % 100:02}"


def value_words(texts: Texts, kind: Kind, value: Value) -> str:
    """A value in a sentence or on a page; no data is said as such."""
    if value is None:
        return texts.get("report.none")
    if isinstance(value, Fraction):
        return _share_words(texts.language, kind, value)
    return number_written(texts.language, value) if isinstance(value, int) else value


def _share_words(language: str, kind: Kind, share: Fraction) -> str:
    if kind is Kind.POINTS:
        tenths = round(share * 10)
        sign = "−" if tenths < 0 else "+" if tenths > 0 else ""
        written = f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
        return written.replace(".", ",") if language == "vi" else written
    if kind is Kind.HIGH:
        return share_written(language, Fraction(ceil(share * 1000), 1000))
    return share_written(language, share)
