"""Months and values as people read them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from bot.operations.reports.model import Column, Kind, Value
from bot.ratings.periods import Period
from bot.texts import Texts
from bot.texts.written import number_written, share_written


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


def cell_words(texts: Texts, column: Column, value: Value) -> str:
    """A value in a table. No data is said once in a row, at its share; elsewhere the cell stays empty."""
    if value is None and column.id != "share":
        return ""
    return value_words(texts, column.kind, value)


def _share_words(language: str, kind: Kind, share: Fraction) -> str:
    if kind is Kind.POINTS:
        tenths = round(share * 10)
        sign = "−" if tenths < 0 else "+" if tenths > 0 else ""
        written = f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
        return written.replace(".", ",") if language == "vi" else written
    if kind is Kind.HIGH:
        return share_written(language, Fraction(ceil(share * 1000), 1000))
    return share_written(language, share)
