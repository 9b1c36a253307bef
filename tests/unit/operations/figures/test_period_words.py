"""Periods as staff read them."""

from __future__ import annotations

import pytest

from bot.operations.figures.period_words import period_written
from bot.ratings.periods import parse_period
from bot.texts import load_texts


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026-01", "Kỳ báo cáo tháng 1/2026 (15/12/2025 – 14/1/2026)"),
        ("thang:2026-10", "Tháng 10/2026 (1/10/2026 – 31/10/2026)"),
        ("2026-Q3", "Quý 3/2026 (1/7/2026 – 30/9/2026)"),
        ("2026-Q1", "Quý 1/2026 (1/1/2026 – 31/3/2026)"),
        ("2026-H1", "6 tháng đầu năm 2026 (1/1/2026 – 30/6/2026)"),
        ("2026-H2", "6 tháng cuối năm 2026 (1/7/2026 – 31/12/2026)"),
        ("2026", "Năm 2026 (1/1/2026 – 31/12/2026)"),
        ("2026-10-01..2026-10-20", "1/10/2026 – 20/10/2026"),
    ],
)
def test_periods_in_words(written: str, words: str) -> None:
    assert period_written(load_texts(), parse_period(written)) == words


def test_in_english() -> None:
    assert (
        period_written(load_texts("en"), parse_period("2026-Q3")) == "Quarter 3/2026 (1 July 2026 – 30 September 2026)"
    )
