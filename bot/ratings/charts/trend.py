"""Month by month: a point with its interval for each month that has ratings, and a hatched gap for one without."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.ratings.charts import marks
from bot.ratings.charts.canvas import INK, PALE, SOFT, WIDTH_INCHES, new_figure
from bot.ratings.charts.model import Reading, TrendChart
from bot.ratings.charts.words import target_words
from bot.texts import Texts
from bot.texts.written import number_written, share_written

_PLOT = 2.6
_BELOW = 1.15


def trend_figure(chart: TrendChart, texts: Texts) -> Figure:
    months, frame = chart.months, chart.frame
    lowest = marks.lowest_percent(frame.target, (month.found.interval for month in months))
    foot = marks.foot_lines(frame, texts, texts.get("chart.below_months"))
    height = marks.heading_height(frame) + 0.35 + _PLOT + _BELOW + marks.LINE * len(foot)
    figure = new_figure(height)
    marks.write_heading(figure, frame, texts)
    bottom = _BELOW + marks.LINE * len(foot)
    axes = marks.axes_at(figure, 0.75, bottom, WIDTH_INCHES - 0.75 - marks.MARGIN, _PLOT)
    axes.spines["left"].set_visible(True)
    axes.set_xlim(-0.6, max(len(months), 1) - 0.4)
    axes.set_ylim(lowest, 101)
    ticks = list(range(lowest, 101, 20 if lowest < 50 else 10 if lowest < 80 else 5))
    axes.set_yticks(ticks, marks.percents(texts, ticks), fontsize=9.5)
    axes.grid(axis="y", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    _label_months(axes, months, texts)
    if frame.target is not None:
        axes.axhline(float(frame.target) * 100, color=INK, linewidth=1.8, linestyle=(0, (4, 2)), zorder=2)
    axes.annotate(
        target_words(texts, frame.target),
        (1.0, 1.02),
        xycoords="axes fraction",
        fontsize=10,
        fontweight="bold",
        ha="right",
        va="bottom",
    )
    _draw_months(axes, months, texts, lowest)
    figure.legend(
        handles=marks.legend_markers(texts),
        loc="lower left",
        bbox_to_anchor=(marks.MARGIN / WIDTH_INCHES, (marks.LINE * len(foot) + 0.12) / height),
        ncols=3,
        frameon=False,
        fontsize=9,
        borderaxespad=0,
    )
    marks.write_foot(figure, foot)
    return figure


def _label_months(axes: Axes, months: Sequence[Reading], texts: Texts) -> None:
    """Each month with its share and its number of ratings below: beside the points they would hide each other."""
    labels = [
        month.label
        if month.found.share is None
        else "\n".join(
            (
                month.label,
                share_written(texts.language, month.found.share),
                number_written(texts.language, month.found.count),
            )
        )
        for month in months
    ]
    axes.set_xticks(range(len(months)), labels, fontsize=9.5 if len(months) <= 8 else 8, linespacing=1.4)


def _draw_months(axes: Axes, months: Sequence[Reading], texts: Texts, lowest: int) -> None:
    for (before, first), (place, second) in pairwise(enumerate(months)):
        if first.found.share is not None and second.found.share is not None:
            axes.plot(
                *([before, place], [float(first.found.share) * 100, float(second.found.share) * 100]),
                color=SOFT,
                linewidth=1.2,
                zorder=2,
            )
    for place, month in enumerate(months):
        share, interval = month.found.share, month.found.interval
        if share is None or interval is None:
            axes.axvspan(place - 0.4, place + 0.4, facecolor="white", edgecolor=PALE, hatch="///", linewidth=0)
            axes.text(
                *(place, (lowest + 100) / 2, texts.get("chart.no_data")),
                rotation=90,
                ha="center",
                va="center",
                fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
            )
            continue
        value, low, high = float(share) * 100, interval.low * 100, interval.high * 100
        axes.errorbar(
            *([place], [value]),
            yerr=[[value - low], [max(high - value, 0.0)]],
            fmt=marks.marker_of(month.verdict),
            markersize=9,
            markerfacecolor=marks.face_of(month.verdict),
            markeredgecolor=INK,
            ecolor=INK,
            elinewidth=1.4,
            capsize=4,
            zorder=3,
            clip_on=False,
        )
