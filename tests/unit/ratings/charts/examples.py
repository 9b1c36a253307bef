"""Figures to draw."""

from __future__ import annotations

from fractions import Fraction

from bot.ratings.charts.model import BarsChart, Frame, Reading, StandingChart, TrendChart
from bot.ratings.satisfaction import judge, satisfaction
from bot.ratings.scales import THREE, Scale

TARGET = Fraction(19, 20)
SOURCE = "KH 457/KH-UBND 20/8/2025"
FRAME = Frame("Mức độ hài lòng ở tỉnh Mẫu", "Tháng báo cáo 10/2026 (15/9/2026 – 14/10/2026)", TARGET, SOURCE, "three")
MADE_UP = Frame("Mức độ hài lòng ở tỉnh Mẫu", "Năm 2026", TARGET, SOURCE, "five", is_demo=True)
WITHOUT_TARGET = Frame("Mức độ hài lòng ở tỉnh Mẫu", "Năm 2024", None, "", "three")


def reading(label: str, *levels: int, scale: Scale = THREE, target: Fraction | None = TARGET) -> Reading:
    """`levels`: how many ratings each level got, the worst first."""
    found = satisfaction(scale, dict(enumerate(levels, start=1)))
    return Reading(label, found, None if target is None else judge(found, target))


CLOSE = StandingChart(FRAME, reading("", 20, 100, 262))
TREND = TrendChart(FRAME, (reading("8/26", 40, 300, 400), reading("9/26"), reading("10/26", 3, 9, 6)))
BARS = BarsChart(
    FRAME, (reading("Sở Mẫu", 20, 300, 800), reading("Xã Mẫu", 30, 10, 10), reading("Phường Mẫu")), groups=31
)
