"""The one function that draws. Loads matplotlib; one picture at a time, because its settings are a process's own."""

from __future__ import annotations

from matplotlib.figure import Figure

from bot.ratings.charts.bars import bars_figure
from bot.ratings.charts.canvas import drawing, rendered
from bot.ratings.charts.describe import describe
from bot.ratings.charts.model import BarsChart, Chart, Format, StandingChart
from bot.ratings.charts.standing import standing_figure
from bot.ratings.charts.trend import trend_figure
from bot.texts import Texts


def draw(chart: Chart, form: Format, texts: Texts) -> bytes:
    """The picture: the same chart gives the same bytes."""
    with drawing():
        return rendered(_figure(chart, texts), form, chart.frame.title, describe(chart, texts))


def _figure(chart: Chart, texts: Texts) -> Figure:
    if isinstance(chart, StandingChart):
        return standing_figure(chart, texts)
    if isinstance(chart, BarsChart):
        return bars_figure(chart, texts)
    return trend_figure(chart, texts)
