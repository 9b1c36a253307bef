"""Pictures: the same bytes for the same figures, wherever they are drawn, and nothing beyond their edge."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from bot.ratings.charts.bars import bars_figure
from bot.ratings.charts.canvas import drawing
from bot.ratings.charts.describe import describe
from bot.ratings.charts.draw import draw
from bot.ratings.charts.model import MOST_BARS, BarsChart, Chart, Format, Reading, StandingChart, TrendChart
from bot.ratings.charts.standing import standing_figure
from bot.ratings.charts.trend import trend_figure
from bot.ratings.scales import FIVE, THREE
from bot.texts import load_texts
from tests.unit.ratings.charts.examples import BARS, CLOSE, FRAME, MADE_UP, TREND, WITHOUT_TARGET, reading

TEXTS = load_texts()
ROOT = Path(__file__).resolve().parents[4]
CHARTS: tuple[Chart, ...] = (CLOSE, TREND, BARS)
_ELSEWHERE = """
import hashlib
from bot.ratings.charts.draw import draw
from bot.ratings.charts.model import Format
from bot.texts import load_texts
from tests.unit.ratings.charts.test_draw import CHARTS
for chart in CHARTS:
    for form in Format:
        print(hashlib.sha256(draw(chart, form, load_texts())).hexdigest())
"""


def test_the_same_bytes_in_another_process_whatever_matplotlib_is_set_to_there(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: none\nsvg.hashsalt: x\nsavefig.dpi: 30\n")
    environment = {**os.environ, "MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "PYTHONHASHSEED": "7"}
    there = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    here = [hashlib.sha256(draw(chart, form, TEXTS)).hexdigest() for chart in CHARTS for form in Format]
    assert there == here


@pytest.mark.parametrize("chart", CHARTS)
def test_an_svg_carries_its_title_and_its_text_alternative(chart: Chart) -> None:
    root = ElementTree.fromstring(draw(chart, Format.SVG, TEXTS))  # noqa: S314 - our own
    title, description = list(root)[:2]
    assert (title.tag, title.text) == ("{http://www.w3.org/2000/svg}title", chart.frame.title)
    assert (description.tag, description.text) == ("{http://www.w3.org/2000/svg}desc", describe(chart, TEXTS))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"{title.get('id')} {description.get('id')}")


def test_an_svg_brings_nothing_that_runs_or_is_fetched() -> None:
    svg = draw(BARS, Format.SVG, TEXTS).decode()
    used = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}  # noqa: S314
    assert used == {"svg", "title", "desc", "defs", "style", "g", "path", "use", "clipPath", "rect", "pattern"}
    links = [value for e in ElementTree.fromstring(svg).iter() for n, value in e.items() if n.endswith("href")]  # noqa: S314
    assert {link[0] for link in links} == {"#"}


def test_what_is_written_on_the_whole() -> None:
    assert written(standing_figure(CLOSE, TEXTS)) == [
        "Mức độ hài lòng ở tỉnh Mẫu",
        "Tháng báo cáo 10/2026 (15/9/2026 – 14/10/2026)",
        "94,7%",
        "chưa đạt, sát ngưỡng",
        "382 phiếu",
        "khoảng tin cậy 95%: 92% – 96,6%",
        "Số phiếu theo mức",
        "Nguồn mục tiêu: KH 457/KH-UBND 20/8/2025.",
        "Trục bắt đầu từ 80%.",
        *("mục tiêu 95%", "80%", "85%", "90%", "95%", "100%"),
        *("Rất hài lòng: 262 phiếu", "Hài lòng: 100 phiếu", "Chưa hài lòng: 20 phiếu"),
    ]


def test_what_is_written_where_nothing_is_known() -> None:
    assert written(standing_figure(StandingChart(WITHOUT_TARGET, reading("", target=None)), TEXTS)) == [
        "Mức độ hài lòng ở tỉnh Mẫu",
        "Năm 2024",
        "không có dữ liệu",
        "Trục bắt đầu từ 90%.",
        *("90%", "95%", "100%"),
    ]


def test_a_month_without_ratings_is_a_gap() -> None:
    figure = trend_figure(TREND, TEXTS)
    assert [text for text in written(figure) if text == "không có dữ liệu"] == ["không có dữ liệu"]
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == [
        *("8/26\n94,5%\n740", "9/26", "10/26\n83,3%\n18"),
    ]
    # A point for each of the other months, and no line (two places) that joins what is on its sides.
    bare = trend_figure(TrendChart(WITHOUT_TARGET, TREND.months), TEXTS)
    drawn = [(line.get_marker(), np.asarray(line.get_xdata()).tolist()) for line in bare.axes[0].lines]
    assert [places for marker, places in drawn if marker in {"o", "s"}] == [[0], [2]]
    assert [places for _, places in drawn if len(places) > 1] == []


def test_only_so_many_bars_as_can_be_read() -> None:
    many = BarsChart(FRAME, tuple(reading(f"Xã số {n}", 1, 1, 40) for n in range(70)), 70)
    figure = bars_figure(many, TEXTS)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == [f"Xã số {n}" for n in range(MOST_BARS)]
    assert "Hình chỉ vẽ 20 nhóm có nhiều phiếu nhất, trong 70 nhóm." in written(figure)


def test_made_up_figures_say_so_on_every_picture() -> None:
    whole = reading("", 1, 0, 2, 3, 8, scale=FIVE)
    figures = (
        standing_figure(StandingChart(MADE_UP, whole), TEXTS),
        trend_figure(TrendChart(MADE_UP, (whole,)), TEXTS),
        bars_figure(BarsChart(MADE_UP, (whole,), 1), TEXTS),
    )
    assert [written(figure).count(TEXTS.get("chart.demo")) for figure in figures] == [1, 1, 1]


COUNTS = st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 2_000_000))
LABELS = st.text("aàoộUƯ,. /26", min_size=1, max_size=120).filter(str.strip)


def readings(scale: str) -> st.SearchStrategy[Reading]:
    of = THREE if scale == "three" else FIVE
    levels = st.lists(COUNTS, min_size=of.levels, max_size=of.levels)
    return st.builds(lambda label, counts: reading(label, *counts, scale=of), LABELS, levels)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from((FRAME, MADE_UP)).flatmap(lambda frame: st.tuples(st.just(frame), readings(frame.scale))))
def test_nothing_of_the_whole_leaves_the_picture(drawn: tuple[object, Reading]) -> None:
    frame = FRAME if drawn[0] is FRAME else MADE_UP
    with drawing():
        assert outside(standing_figure(StandingChart(frame, drawn[1]), TEXTS)) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(readings("three"), max_size=13))
def test_nothing_of_the_groups_leaves_the_picture(found: list[Reading]) -> None:
    with drawing():
        assert outside(bars_figure(BarsChart(FRAME, tuple(found), 2000), TEXTS)) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), max_size=13))
def test_nothing_of_the_months_leaves_the_picture(found: list[list[int]]) -> None:
    months = tuple(reading(f"{place % 12 + 1}/26", *levels) for place, levels in enumerate(found))
    with drawing():
        assert outside(trend_figure(TrendChart(FRAME, months), TEXTS)) == []


def texts_of(figure: Figure) -> list[Text]:
    """Every text that is drawn: on the whole, at the axes, in the legends."""
    found = [*figure.texts]
    for axes in figure.axes:
        found += axes.texts
        if axes.axison:
            found += [*axes.get_xticklabels(), *axes.get_yticklabels()]
    found += [text for legend in figure.legends for text in legend.get_texts()]
    return [text for text in found if text.get_text()]


def written(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts_of(figure)]


def outside(figure: Figure) -> list[str]:
    """Every text that is not wholly on the picture."""
    figure.draw_without_rendering()
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(figure)]
    return [text for text, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]
