"""Figures as staff read them on a page."""

from __future__ import annotations

from fractions import Fraction
from math import floor

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
    """`+3,3` or `−18`: percentage points with their sign, rounded towards nought."""
    tenths = floor(abs(points) * 10)
    written = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    sign = "" if not tenths else "+" if points > 0 else "−"
    return sign + (written.replace(".", ",") if texts.language == "vi" else written)


def missing_written(texts: Texts, verdict: Verdict | None) -> str:
    """How many more satisfied ratings would reach the target."""
    if verdict is None:
        return NOTHING
    if verdict.missing is None:
        return texts.get("web.staff.figures.never")
    return count_written(texts, verdict.missing)
