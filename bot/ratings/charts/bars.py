"""Group by group: a bar from nothing to the share, its interval, the target across all of them, the figures beside."""

from __future__ import annotations

import textwrap
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.ratings.charts import marks
from bot.ratings.charts.canvas import FEW, INK, PALE, WIDTH_INCHES, new_figure
from bot.ratings.charts.describe import most_words
from bot.ratings.charts.model import MOST_BARS, BarsChart, Reading
from bot.ratings.charts.words import target_words
from bot.texts import Texts
from bot.texts.written import number_written, share_written

_ROW = 0.42
_LEFT, _RIGHT = 2.1, 1.55
_LABEL_CHARS = 28
_LABEL_LINES = 2
_TICKS = [0, 25, 50, 75, 100]


def bars_figure(chart: BarsChart, texts: Texts) -> Figure:
    """The first MOST_BARS."""
    bars, frame = chart.bars[:MOST_BARS], chart.frame
    foot = marks.foot_lines(frame, texts, *most_words(BarsChart(frame, bars, chart.groups), texts))
    plot = _ROW * max(len(bars), 1)
    below = 0.75 + marks.LINE * len(foot)
    figure = new_figure(marks.heading_height(frame) + 0.3 + plot + below)
    marks.write_heading(figure, frame, texts)
    axes = marks.axes_at(figure, _LEFT, below, WIDTH_INCHES - _LEFT - _RIGHT, plot)
    axes.set_xlim(0, 100)
    axes.set_ylim(max(len(bars), 1) - 0.5, -0.5)
    axes.set_xticks(_TICKS, marks.percents(texts, _TICKS), fontsize=9)
    axes.set_yticks(range(len(bars)), [_wrapped(bar.label) for bar in bars], fontsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    for place, bar in enumerate(bars):
        _draw_bar(axes, place, bar, texts)
    if not bars:
        _write_instead(axes, 0, texts.get("chart.no_data"))
    if frame.target is not None:
        _draw_target(axes, frame.target, texts)
    figure.legend(
        handles=marks.legend_patches(texts),
        loc="lower left",
        bbox_to_anchor=(marks.MARGIN / WIDTH_INCHES, (marks.LINE * len(foot) + 0.12) / figure.get_figheight()),
        ncols=3,
        frameon=False,
        fontsize=9,
        borderaxespad=0,
    )
    marks.write_foot(figure, foot)
    return figure


def _draw_bar(axes: Axes, place: int, bar: Reading, texts: Texts) -> None:
    share, interval = bar.found.share, bar.found.interval
    beside = (101.5, place)
    if share is None or interval is None:
        _write_instead(axes, place, texts.get("chart.no_data"))
        return
    value, low, high = float(share) * 100, interval.low * 100, interval.high * 100
    axes.barh(
        *([place], [value]),
        height=0.56,
        facecolor=marks.face_of(bar.verdict),
        hatch=marks.hatch_of(bar.verdict),
        edgecolor=INK,
        linewidth=0.8,
        linestyle=":" if marks.face_of(bar.verdict) == FEW else "-",
        zorder=2,
    )
    # White below, so that it is seen on the dark bar as well.
    for colour, width, place_in_depth in (("white", 4.0, 4), (INK, 1.6, 5)):
        axes.errorbar(
            *([value], [place]),
            xerr=[[value - low], [max(high - value, 0.0)]],
            fmt="none",
            ecolor=colour,
            elinewidth=width,
            capsize=3.5,
            capthick=width,
            zorder=place_in_depth,
            clip_on=False,
        )
    words = texts.get(
        "chart.row", share=share_written(texts.language, share), count=number_written(texts.language, bar.found.count)
    )
    axes.annotate(words, beside, va="center", fontsize=8.5, annotation_clip=False)


def _draw_target(axes: Axes, target: Fraction, texts: Texts) -> None:
    axes.axvline(float(target) * 100, color=INK, linewidth=1.8, linestyle=(0, (4, 2)), zorder=6)
    axes.annotate(
        target_words(texts, target),
        (float(target), 1.0),
        xycoords="axes fraction",
        xytext=(0, 3),
        textcoords="offset points",
        fontsize=10,
        fontweight="bold",
        ha="right" if target > 0.5 else "left",
        va="bottom",
    )


def _write_instead(axes: Axes, place: int, words: str) -> None:
    axes.text(1, place, words, va="center", fontsize=8.5, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, _LABEL_CHARS, max_lines=_LABEL_LINES, placeholder="…"))
