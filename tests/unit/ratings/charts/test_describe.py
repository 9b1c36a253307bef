"""The text alternative says in sentences what a picture shows."""

from __future__ import annotations

from bot.ratings.charts.describe import describe
from bot.ratings.charts.model import BarsChart, StandingChart, TrendChart
from bot.ratings.scales import FIVE
from bot.texts import load_texts
from tests.unit.ratings.charts.examples import BARS, CLOSE, FRAME, MADE_UP, TREND, WITHOUT_TARGET, reading

TEXTS = load_texts()


def test_the_whole() -> None:
    assert describe(CLOSE, TEXTS) == (
        "Tỷ lệ hài lòng 94,7%, tính trên 382 phiếu. Khoảng tin cậy 95% từ 92% đến 96,6%. "
        "So với mục tiêu 95%: chưa đạt, sát ngưỡng. "
        "Số phiếu theo mức: Rất hài lòng: 262 phiếu, Hài lòng: 100 phiếu, Chưa hài lòng: 20 phiếu."
    )


def test_made_up_figures_say_so_first() -> None:
    whole = reading("", 1, 0, 2, 3, 8, scale=FIVE)
    assert describe(StandingChart(MADE_UP, whole), TEXTS) == (
        "Đây là dữ liệu trình diễn, không phải số liệu thật. "
        "Tỷ lệ hài lòng 78,5%, tính trên 14 phiếu. Khoảng tin cậy 95% từ 52,4% đến 92,5%. "
        "So với mục tiêu 95%: ít phiếu, chưa kết luận. "
        "Số phiếu theo mức: Rất hài lòng: 8 phiếu, Hài lòng: 3 phiếu, Bình thường: 2 phiếu, "
        "Không hài lòng: 0 phiếu, Rất không hài lòng: 1 phiếu."
    )


def test_without_a_target_there_is_no_verdict() -> None:
    whole = reading("", 0, 0, 40, target=None)
    assert describe(StandingChart(WITHOUT_TARGET, whole), TEXTS) == (
        "Tỷ lệ hài lòng 100%, tính trên 40 phiếu. Khoảng tin cậy 95% từ 91,2% đến 100%. "
        "Kỳ này chưa có mục tiêu để so. "
        "Số phiếu theo mức: Rất hài lòng: 40 phiếu, Hài lòng: 0 phiếu, Chưa hài lòng: 0 phiếu."
    )
    assert describe(TrendChart(WITHOUT_TARGET, (whole,)), TEXTS) == ": 100%, 40 phiếu, chưa có mục tiêu."


def test_without_a_rating_there_is_no_share() -> None:
    assert describe(StandingChart(FRAME, reading("")), TEXTS) == "Kỳ này không có dữ liệu."


def test_months() -> None:
    assert describe(TREND, TEXTS) == (
        "Mục tiêu 95%. 8/26: 94,5%, 740 phiếu, chưa đạt, sát ngưỡng. 9/26: không có dữ liệu. "
        "10/26: 83,3%, 18 phiếu, ít phiếu, chưa kết luận."
    )


def test_groups() -> None:
    assert describe(BARS, TEXTS) == (
        "Mục tiêu 95%. Sở Mẫu: 98,2%, 1.120 phiếu, đạt, chắc chắn. Xã Mẫu: 40%, 50 phiếu, chưa đạt, chắc chắn. "
        "Phường Mẫu: không có dữ liệu. Hình chỉ vẽ 3 nhóm có nhiều phiếu nhất, trong 31 nhóm."
    )
    assert describe(BarsChart(FRAME, BARS.bars[:1], 1), TEXTS) == (
        "Mục tiêu 95%. Sở Mẫu: 98,2%, 1.120 phiếu, đạt, chắc chắn."
    )


def test_in_english() -> None:
    assert describe(TREND, load_texts("en")) == (
        "Target 95%. 8/26: 94.5%, 740 ratings, not reached, close. 9/26: no data. "
        "10/26: 83.3%, 18 ratings, few ratings, no verdict."
    )
