"""Which groups are drawn, what they are called, and whose report it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import EVERYTHING, Breakdown, By, Row
from bot.operations.reports.compose import ReportBy, bars_chart, compose
from bot.operations.reports.desk import Reader, make_report, place_of
from bot.ratings.charts.model import MOST_BARS
from bot.ratings.periods import custom_period
from bot.ratings.scales import FIVE, THREE
from bot.ratings.summary import groups, whole
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.unit.operations.reports.samples import GROUND, MAKING, PERIOD, TARGET, breakdown, counted, document, overview
from tests.unit.shipped import shipped_catalogue

TEXTS = load_texts()
MAKING_WORDS = "Lập lúc 09:05 ngày 20/10/2026. Người lập: Bà Lan."


def table(by: By, named: dict[str, str], sizes: list[int]) -> Breakdown:
    counts = [counted(key, 0, 0, size) for key, size in zip(named, sizes, strict=True)]
    rows = tuple(Row(by, named[group.key], group) for group in groups(counts, THREE, TARGET.share))
    return Breakdown(GROUND, by, EVERYTHING, whole(counts, THREE, TARGET.share), rows)


def test_the_groups_with_most_ratings_are_drawn() -> None:
    many = table(By.COMMUNE, {f"H27.{n:03}": f"Xã {n}" for n in range(30)}, list(range(30)))
    drawn = bars_chart(TEXTS, "Tỉnh Mẫu", many)
    assert [bar.label for bar in drawn.bars] == [f"Xã {n}" for n in range(29, 29 - MOST_BARS, -1)]
    assert (drawn.groups, drawn.frame.title) == (29, "Mức độ hài lòng: Tỉnh Mẫu. Theo xã, phường")


def test_groups_that_are_called_the_same_are_told_apart_by_their_codes() -> None:
    named = {"H27.01": "Ban Chỉ huy quân sự xã, phường", "H27.02": "Sở Mẫu", "H27.03": "Ban Chỉ huy quân sự xã, phường"}
    made = compose(TEXTS, MAKING, overview(), table(By.AGENCY, named, [3, 2, 1]))
    told = ["H27.01: Ban Chỉ huy quân sự xã, phường", "Sở Mẫu", "H27.03: Ban Chỉ huy quân sự xã, phường"]
    assert made.table is not None
    assert made.bars is not None
    assert [row[0] for row in made.table.rows] == told
    assert [bar.label for bar in made.bars.bars] == told


def test_the_picture_of_a_report() -> None:
    without = compose(TEXTS, MAKING, overview())
    assert (without.table, without.bars, without.picture) == (None, None, without.standing)
    assert document().picture == document().bars


def test_every_row_has_a_value_for_every_column() -> None:
    report = document()
    assert report.table is not None
    for made in (report.table, report.trend):
        assert {len(row) for row in made.rows} == {len(made.columns)}
        assert len({column.id for column in made.columns}) == len(made.columns)


def test_five_levels_are_explained_as_five() -> None:
    ground = replace(GROUND, scale=FIVE)
    nothing = whole([], FIVE, TARGET.share)
    found = replace(overview(), ground=ground, whole=nothing, trend=())
    terms = dict(compose(TEXTS, MAKING, found).definitions)
    assert terms["Tỷ lệ hài lòng"] == (
        "Số phiếu “Hài lòng” và “Rất hài lòng” chia cho số phiếu được tính. Thang có năm mức."
    )


@pytest.mark.parametrize(
    ("agencies", "place"),
    [
        (None, "Tỉnh Hà Tĩnh"),
        (frozenset({"H27.05"}), "Tỉnh Hà Tĩnh, Sở Nông nghiệp và Môi trường"),
        (frozenset({"H27.05", "H27.100", "H27.101", "H27.102"}), "Tỉnh Hà Tĩnh, 4 cơ quan"),
    ],
)
async def test_whose_report_it_is(agencies: frozenset[str] | None, place: str, tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    desk = FigureDesk(store.office.figures, shipped_catalogue(), TEXTS)
    made = await make_report(desk, Reader("Bà Lan", agencies), PERIOD, MAKING.at, ReportBy.FIELD)
    await store.close()
    assert (made.place, made.made, place_of(desk, agencies)) == (place, MAKING_WORDS, place)
    assert made.notes[0] == "Kỳ này không có dữ liệu."


def test_a_report_of_days_of_ones_own() -> None:
    period = custom_period(PERIOD.first, PERIOD.last)
    made = compose(TEXTS, MAKING, overview(replace(GROUND, period=period)), breakdown())
    assert made.period_words == "15/9/2026 – 14/10/2026"
