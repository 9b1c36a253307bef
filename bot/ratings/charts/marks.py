"""What stands for a verdict, and lines that are on several pictures."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from bot.ratings.charts.canvas import FEW, HATCH_NOT_MET, INK, MET, NOT_MET, SOFT, WIDTH_INCHES
from bot.ratings.charts.model import Frame
from bot.ratings.satisfaction import Interval, Standing, Verdict
from bot.texts import Texts

MARGIN = 0.3
"""Inches."""
LINE = 0.2
"""Inches from one line of small print to the next."""
_TOP, _TITLE_LINE, _DEMO_LINE = 0.15, 0.25, 0.3
_TITLE_CHARS = 56


def face_of(verdict: Verdict | None) -> str:
    if verdict is None or verdict.standing is None:
        return FEW
    return MET if verdict.standing is Standing.MET else NOT_MET


def hatch_of(verdict: Verdict | None) -> str:
    return HATCH_NOT_MET if _is_missed(verdict) else ""


def marker_of(verdict: Verdict | None) -> str:
    """A shape for each verdict: round, square, and round without filling (see `face_of`)."""
    return "s" if _is_missed(verdict) else "o"


def _is_missed(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.standing is Standing.NOT_MET


def legend_patches(texts: Texts) -> list[Patch]:
    return [
        Patch(facecolor=MET, edgecolor=INK, label=texts.get("chart.legend_met")),
        Patch(facecolor=NOT_MET, edgecolor=INK, hatch=HATCH_NOT_MET, label=texts.get("chart.legend_not_met")),
        Patch(facecolor=FEW, edgecolor=INK, linestyle=":", label=texts.get("chart.legend_few")),
    ]


def legend_markers(texts: Texts) -> list[Line2D]:
    """The same, where a verdict is a point."""
    kinds = (("chart.legend_met", "o", MET), ("chart.legend_not_met", "s", NOT_MET), ("chart.legend_few", "o", FEW))
    return [
        Line2D(
            *([], []),
            linestyle="none",
            marker=marker,
            markersize=9,
            markerfacecolor=face,
            markeredgecolor=INK,
            label=texts.get(name),
        )
        for name, marker, face in kinds
    ]


def write_heading(figure: Figure, frame: Frame, texts: Texts) -> float:
    """The title, and that the figures are made up where they are. Returns how many inches it takes at the top."""
    height, left, top = figure.get_figheight(), MARGIN / WIDTH_INCHES, _TOP
    for line in textwrap.wrap(frame.title, _TITLE_CHARS):
        figure.text(left, 1 - top / height, line, fontsize=12.5, fontweight="bold", va="top")
        top += _TITLE_LINE
    if frame.period:
        figure.text(left, 1 - top / height, frame.period, fontsize=10.5, color=SOFT, va="top")
        top += _TITLE_LINE
    if frame.is_demo:
        figure.text(
            *(left, 1 - (top + 0.05) / height, texts.get("chart.demo")),
            fontsize=9.5,
            fontweight="bold",
            va="top",
            bbox={"facecolor": "white", "edgecolor": INK, "pad": 2.5},
        )
        top += _DEMO_LINE
    return top


def heading_height(frame: Frame) -> float:
    """What `write_heading` returns, before there is a figure."""
    lines = len(textwrap.wrap(frame.title, _TITLE_CHARS)) + bool(frame.period)
    return _TOP + _TITLE_LINE * lines + (_DEMO_LINE if frame.is_demo else 0.0)


def write_foot(figure: Figure, lines: list[str]) -> None:
    """Small print at the bottom, the last line lowest."""
    height = figure.get_figheight()
    for place, line in enumerate(reversed(lines)):
        figure.text(MARGIN / WIDTH_INCHES, (0.12 + LINE * place) / height, line, fontsize=8.5, color=SOFT, va="bottom")


def foot_lines(frame: Frame, texts: Texts, *more: str) -> list[str]:
    said = [*more, *([texts.get("chart.source", source=frame.source)] if frame.source else [])]
    return [line for sentence in said for line in textwrap.wrap(sentence, 90)]


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes by inches, without a frame."""
    whole_width, whole_height = figure.get_figwidth(), figure.get_figheight()
    axes = figure.add_axes((left / whole_width, bottom / whole_height, width / whole_width, height / whole_height))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return axes


def percents(texts: Texts, values: list[int]) -> list[str]:
    """Ticks, as whole percentages."""
    return [texts.get("chart.percent", value=value) for value in values]


def lowest_percent(target: Fraction | None, intervals: Iterable[Interval | None]) -> int:
    """Where a scale of percentages begins: a round number below all there is to see, so that it can be read."""
    seen = [] if target is None else [float(target)]
    seen += [interval.low for interval in intervals if interval is not None]
    return max(0, int((min([1.0, *seen]) * 100 - 3) // 10 * 10))
