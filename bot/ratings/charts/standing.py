"""The whole against the target: the share with its interval on a line, the target across it, the levels below."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.ratings.charts import marks
from bot.ratings.charts.canvas import FEW, INK, MET, NOT_MET, PALE, SOFT, WIDTH_INCHES, new_figure
from bot.ratings.charts.model import StandingChart
from bot.ratings.charts.words import interval_words, level_words, share_words, target_words, verdict_words
from bot.texts import Texts
from bot.texts.written import number_written, share_written

_LEVEL_FACES = (MET, "#8fb8d8", FEW, NOT_MET, PALE)
_LEVEL_HATCHES = ("", "\\\\\\\\", "", "////", "xxxx")
_WIDTH = WIDTH_INCHES - 2 * marks.MARGIN
_BODY = 3.75
_LEGEND_ROW = 0.22


def standing_figure(chart: StandingChart, texts: Texts) -> Figure:
    found, frame = chart.whole.found, chart.frame
    lowest = marks.lowest_percent(frame.target, [found.interval])
    cut = (texts.get("chart.axis_cut", low=share_written(texts.language, Fraction(lowest, 100))),) if lowest else ()
    foot = marks.foot_lines(frame, texts, *cut)
    rows = (len(found.levels) + 1) // 2 * _LEGEND_ROW if found.count else -0.6
    figure = new_figure(marks.heading_height(frame) + _BODY - 0.3 + rows + marks.LINE * len(foot))
    top = figure.get_figheight() - marks.write_heading(figure, frame, texts)
    _write_share(figure, chart, texts, top)
    _draw_line(marks.axes_at(figure, marks.MARGIN + 0.15, top - 2.1, _WIDTH - 0.3, 0.8), chart, texts, lowest)
    if found.count:
        _draw_levels(figure, chart, texts, top - 2.75)
    marks.write_foot(figure, foot)
    return figure


def _write_share(figure: Figure, chart: StandingChart, texts: Texts, top: float) -> None:
    height, found = figure.get_figheight(), chart.whole.found
    is_empty = found.share is None
    left, second = marks.MARGIN / WIDTH_INCHES, 2.35 / WIDTH_INCHES
    share = share_words(texts, found.share)
    figure.text(left, (top - 0.15) / height, share, fontsize=20 if is_empty else 36, fontweight="bold", va="top")
    if is_empty:
        return
    words = verdict_words(texts, found, chart.whole.verdict)
    figure.text(second, (top - 0.17) / height, words, fontsize=14, fontweight="bold", va="top")
    count = texts.get("chart.ratings", count=number_written(texts.language, found.count))
    figure.text(second, (top - 0.47) / height, count, fontsize=11, va="top")
    figure.text(second, (top - 0.7) / height, interval_words(texts, found), fontsize=10, color=SOFT, va="top")


def _draw_line(axes: Axes, chart: StandingChart, texts: Texts, lowest: int) -> None:
    found = chart.whole.found
    axes.set_xlim(lowest, 100.5)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    step = 5 if 100 - lowest <= 40 else 20
    ticks = list(range(lowest, 101, step))
    axes.set_xticks(ticks, marks.percents(texts, ticks), fontsize=10)
    if chart.frame.target is not None:
        _draw_target(axes, chart.frame.target, texts, lowest)
    if found.share is None or found.interval is None:
        return
    share = float(found.share) * 100
    low, high = found.interval.low * 100, found.interval.high * 100
    axes.errorbar(
        *([share], [0.42]),
        xerr=[[share - low], [max(high - share, 0.0)]],
        fmt=marks.marker_of(chart.whole.verdict),
        markersize=15,
        markerfacecolor=marks.face_of(chart.whole.verdict),
        markeredgecolor=INK,
        markeredgewidth=1.5,
        ecolor=INK,
        elinewidth=3,
        capsize=9,
        capthick=3,
        clip_on=False,
        zorder=3,
    )


def _draw_target(axes: Axes, target: Fraction, texts: Texts, lowest: int) -> None:
    place = float(target) * 100
    axes.axvline(place, color=INK, linewidth=2.2, linestyle=(0, (4, 2)), ymax=0.92)
    is_right = place > (lowest + 100) / 2
    axes.annotate(
        target_words(texts, target),
        (place, 0.97),
        fontsize=10.5,
        fontweight="bold",
        ha="right" if is_right else "left",
        va="bottom",
        annotation_clip=False,
    )


def _draw_levels(figure: Figure, chart: StandingChart, texts: Texts, top: float) -> None:
    """A strip divided by levels, the best first, and below it which is which with its number."""
    height, found = figure.get_figheight(), chart.whole.found
    left = marks.MARGIN / WIDTH_INCHES
    figure.text(left, top / height, texts.get("chart.levels"), fontsize=10, color=SOFT, va="bottom")
    axes = marks.axes_at(figure, marks.MARGIN, top - 0.42, _WIDTH, 0.36)
    axes.set_axis_off()
    axes.set_xlim(0, found.count)
    axes.set_ylim(-0.5, 0.5)
    done, faces = 0, _faces(len(found.levels))
    handles = []
    for (level, count), number, (face, hatch) in zip(
        level_words(texts, chart.frame.scale, found), reversed(found.levels), faces, strict=True
    ):
        label = texts.get("chart.describe.level", level=level, count=count)
        bars = axes.barh([0], [number], left=done, height=0.9, color=face, hatch=hatch, edgecolor=INK, label=label)
        handles.append(bars)
        done += number
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(left - 0.01, (top - 0.45) / height),
        ncols=2,
        frameon=False,
        fontsize=9.5,
        handlelength=1.6,
        columnspacing=1.5,
        borderaxespad=0,
    )


def _faces(levels: int) -> list[tuple[str, str]]:
    """The best and the worst look alike on both scales."""
    drawn = list(zip(_LEVEL_FACES, _LEVEL_HATCHES, strict=True))
    return [*drawn[:2], drawn[3]] if levels == 3 else drawn[:levels]
