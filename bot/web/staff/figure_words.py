"""Figures as staff read them on a page."""

from __future__ import annotations

from fractions import Fraction

from bot.operations.reports.model import Kind
from bot.operations.reports.words import value_words
from bot.ratings.satisfaction import Verdict
from bot.texts import Texts
from bot.texts.written import number_written, share_written

NOTHING = "–"
"""In a cell for which there is nothing to say; never a nought."""


def count_written(texts: Texts, number: int) -> str:
    return number_written(texts.language, number)


def rate_written(texts: Texts, share: Fraction | None) -> str:
    return NOTHING if share is None else share_written(texts.language, share)


def points_written(texts: Texts, points: Fraction) -> str:
    """`+3,3` or `−18,0`: percentage points with their sign."""
    return value_words(texts, Kind.POINTS, points)


def missing_written(texts: Texts, verdict: Verdict | None) -> str:
    """How many more satisfied ratings would reach the target."""
    if verdict is None:
        return NOTHING
    if verdict.missing is None:
        return texts.get("web.staff.figures.never")
    return count_written(texts, verdict.missing)
