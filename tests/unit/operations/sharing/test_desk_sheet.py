"""The sheet for a desk: read by a phone from both sides of the desk, in type that can be read."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.signed_links import RatingLink
from bot.operations.sharing.desk_sheet import desk_sheet
from bot.operations.sharing.desk_words import DeskSheet, words_of_sheet
from bot.operations.sharing.paper import Paper
from bot.ratings.model import Origin
from tests.unit.operations.sharing.reading import codes_on, fonts_of, pages_of, words_of
from tests.unit.operations.sharing.samples import COMMUNE, FULL, LONGEST, PARTIAL, PUBLIC, SIGNER
from tests.unit.shipped import shipped_catalogue


def words(code: str, commune: str = COMMUNE.agency_code) -> DeskSheet:
    link = RatingLink(code, commune, commune, Origin.COUNTER, "quay-1", date(2027, 3, 1))
    return words_of_sheet(shipped_catalogue(), link, PUBLIC + SIGNER.rating_path(link))


def test_what_stands_on_it() -> None:
    made = words(FULL)
    assert made == DeskSheet(
        ("Đăng ký khai sinh", "Khai sinh: đăng ký lần đầu"), "Xã Cẩm Xuyên", made.link, date(2027, 3, 1)
    )
    assert words(FULL, "").place == ""
    (said,) = words_of(desk_sheet(made, Paper.A5))
    for sentence in (
        "Mời anh/chị đánh giá",
        "Đăng ký khai sinh",
        "Xã Cẩm Xuyên",
        "Anh/chị có hài lòng khi sử dụng dịch vụ công trực tuyến này không?",
        "Mở máy ảnh hoặc Zalo, đưa vào hình trên, rồi bấm vào dòng chữ hiện ra.",
        "Không hỏi tên, không cần tài khoản. Dùng đến hết ngày 1/3/2027.",
    ):
        assert sentence in said
    assert made.link in said.replace(" ", "")


@pytest.mark.parametrize("code", [FULL, PARTIAL, LONGEST])
@pytest.mark.parametrize(("paper", "sides"), [(Paper.A5, 1), (Paper.A4, 2)])
def test_a_phone_reads_each_side(code: str, paper: Paper, sides: int) -> None:
    made = words(code)
    pdf = desk_sheet(made, paper)
    (page,) = pages_of(pdf)
    half = page.convert("L").resize((page.width // 2, page.height // 2))
    assert [codes_on(page), codes_on(half)] == [[made.link] * sides] * 2
    assert set(fonts_of(pdf).values()) == {True}
