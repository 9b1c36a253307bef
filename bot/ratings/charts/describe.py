"""The text alternative of a picture: everything that it shows, in sentences."""

from __future__ import annotations

from bot.ratings.charts.model import BarsChart, Chart, Reading, StandingChart
from bot.ratings.charts.words import level_words, verdict_words
from bot.texts import Texts
from bot.texts.written import interval_written, number_written, share_written


def describe(chart: Chart, texts: Texts) -> str:
    """One paragraph; the title is no part of it."""
    said = [texts.get("chart.describe.demo")] if chart.frame.is_demo else []
    if isinstance(chart, StandingChart):
        return " ".join([*said, *_of_the_whole(chart, texts)])
    if chart.frame.target is not None:
        said.append(texts.get("chart.describe.target", target=share_written(texts.language, chart.frame.target)))
    if isinstance(chart, BarsChart):
        said += [_point(reading, texts) for reading in chart.bars]
        return " ".join([*said, *most_words(chart, texts)])
    return " ".join([*said, *(_point(reading, texts) for reading in chart.months)])


def most_words(chart: BarsChart, texts: Texts) -> tuple[str, ...]:
    """That not every group is drawn, where that is so."""
    if chart.groups <= len(chart.bars):
        return ()
    shown, groups = (number_written(texts.language, n) for n in (len(chart.bars), chart.groups))
    return (texts.get("chart.most", shown=shown, count=groups),)


def _of_the_whole(chart: StandingChart, texts: Texts) -> list[str]:
    found, language = chart.whole.found, texts.language
    share, interval = found.share, found.interval
    if share is None or interval is None:
        return [texts.get("chart.describe.no_ratings")]
    low, high = interval_written(language, interval.low, interval.high)
    levels = level_words(texts, chart.frame.scale, found)
    verdict = verdict_words(texts, found, chart.whole.verdict)
    target = chart.frame.target
    return [
        texts.get(
            "chart.describe.share", share=share_written(language, share), count=number_written(language, found.count)
        ),
        texts.get("chart.describe.interval", low=low, high=high),
        texts.get("chart.describe.no_target")
        if target is None
        else texts.get("chart.describe.verdict", target=share_written(language, target), verdict=verdict),
        texts.get(
            "chart.describe.levels",
            levels=", ".join(texts.get("chart.describe.level", level=level, count=count) for level, count in levels),
        ),
    ]


def _point(reading: Reading, texts: Texts) -> str:
    share = reading.found.share
    if share is None:
        return texts.get("chart.describe.point_empty", label=reading.label)
    return texts.get(
        "chart.describe.point",
        label=reading.label,
        share=share_written(texts.language, share),
        count=number_written(texts.language, reading.found.count),
        verdict=verdict_words(texts, reading.found, reading.verdict),
    )
