"""/trai-nghiem/{token}: a team's checklist, without an account and without a script; everything is checked here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from aiohttp import ClientResponse

from bot.dialogue.signed_links import ReviewLink
from bot.store.reviews import Question, Review, ReviewQuery, Team, TimeNeeded, Verdict
from tests.unit.web.backed import NOW, SIGNER, Backed, backed
from tests.unit.web.conftest import ScriptedAssistant
from tests.unit.web.reading import read, visit

LINK = ReviewLink("1.900001", Team.YOUTH, "H99.101", "doan-1", date(2027, 3, 31))
PATH = SIGNER.review_path(LINK)
OPEN = SIGNER.review_path(replace(LINK, code="", commune=""))
FILLED = {"finding": "yes", "prefilled": "partly", "payment": "none", "result": "no", "thoi_gian": "15_30"}
VERDICTS = {
    Question.FINDING: Verdict.YES,
    Question.PREFILLED: Verdict.PARTLY,
    Question.PAYMENT: Verdict.NONE,
    Question.RESULT: Verdict.NO,
}
KEPT = Review(NOW, "1.900001", Team.YOUTH, "H99.101", "doan-1", VERDICTS, TimeNeeded.HALF_HOUR)
THANKS = "Tôi đã ghi nhận xét. Cảm ơn anh/chị."


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite") as made:
        yield made


async def once(house: Backed, path: str = PATH) -> str:
    response = await house.client.get(path)
    found = re.search(r'name="lan" value="([^"]+)"', await response.text())
    assert found is not None
    return found[1]


async def send(house: Backed, path: str = PATH, **fields: str) -> ClientResponse:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return await house.client.post(path, data=urlencode(fields), headers=headers)


async def kept(house: Backed) -> tuple[Review, ...]:
    return await house.shelf.kept.office.reviews.listed(ReviewQuery(), 9)


async def test_the_checklist_is_asked_and_kept(house: Backed) -> None:
    page = await visit(house.client, PATH)
    assert (page.of("h1"), page.of("legend"), page.meta["robots"]) == (
        ["Đăng ký khai sinh"],
        [
            "Có dễ tìm ra dịch vụ không?",
            "Tờ khai có điền sẵn thông tin không?",
            "Nộp tiền trên mạng có được không?",
            "Đã nhận được kết quả chưa?",
            "Làm hết bao lâu, từ lúc mở trang đến lúc nộp xong?",
        ],
        "noindex, follow",
    )
    response = await send(house, **FILLED, lan=await once(house), y_kien="Nút nộp khó thấy.\r\nGọi 0912345678.")
    page = read(await response.text())
    assert (response.status, THANKS in page.of("p"), response.cookies) == (200, True, {})
    assert "Tôi đã bỏ số riêng tư khỏi lời viết." in page.of("p")
    assert await kept(house) == (replace(KEPT, remark="Nút nộp khó thấy. Gọi ."),)


async def test_what_is_sent_twice_counts_once(house: Backed) -> None:
    form = {**FILLED, "lan": await once(house)}
    answers = [await send(house, **form), await send(house, **{**form, "finding": "no"})]
    assert [(one.status, THANKS in await one.text()) for one in answers] == [(200, True)] * 2
    assert await kept(house) == (KEPT,)
    await send(house, **FILLED, lan=await once(house))
    assert await kept(house) == (KEPT, KEPT)


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"finding": ""}, 422, "Anh/chị chọn đủ các câu trả lời ở dưới, rồi bấm gửi."),
        ({"finding": "none"}, 422, "Anh/chị chọn đủ các câu trả lời ở dưới, rồi bấm gửi."),
        ({"payment": "rác"}, 422, "Anh/chị chọn đủ các câu trả lời ở dưới, rồi bấm gửi."),
        ({"thoi_gian": "1"}, 422, "Anh/chị chọn đủ các câu trả lời ở dưới, rồi bấm gửi."),
        ({"lan": "tự bịa~AAAAAAAAAAAA"}, 422, "Anh/chị chọn đủ các câu trả lời ở dưới, rồi bấm gửi."),
        ({"y_kien": "a" * 1001}, 422, "1000"),
    ],
)
async def test_what_is_wrong_comes_back_filled_in(
    house: Backed, change: dict[str, str], status: int, said: str
) -> None:
    response = await send(house, **({**FILLED, "y_kien": "Chữ nhỏ quá.", "lan": await once(house)} | change))
    text = await response.text()
    assert (response.status, said in text, 'value="no" required checked' in text) == (status, True, True)
    assert await kept(house) == ()


async def test_a_link_without_a_service_lets_the_team_choose(house: Backed) -> None:
    page = await visit(house.client, OPEN)
    assert page.of("h1") == ["Anh/chị đã làm thử dịch vụ nào?"]
    page = await visit(house.client, f"{OPEN}?q={quote('tách thửa đất')}")
    chosen = next(address for _, address in page.links if "tt=1.900003" in address)
    page = await visit(house.client, chosen)
    assert page.of("h1") == ["Tách thửa hoặc hợp thửa đất"]
    response = await send(house, OPEN, **FILLED, tt="1.900003", lan=await once(house, chosen))
    again = [address for text, address in read(await response.text()).links if text == "Nhận xét dịch vụ khác"]
    assert (response.status, again) == (200, [OPEN])
    assert await kept(house) == (replace(KEPT, code="1.900003", commune=""),)
    for code in ("9.999999", "1.900004", ""):
        response = await send(house, OPEN, **FILLED, tt=code, lan=await once(house, chosen))
        assert "Anh/chị đã làm thử dịch vụ nào?" in await response.text()
    assert len(await kept(house)) == 1
    nothing = await visit(house.client, f"{OPEN}?q=zzzz")
    assert "Không tìm ra. Anh/chị thử từ khác." in nothing.of("p")


async def test_the_service_of_the_link_cannot_be_changed(house: Backed) -> None:
    await send(house, **FILLED, tt="1.900003", lan=await once(house))
    assert [review.code for review in await kept(house)] == ["1.900001"]


async def test_a_link_that_is_not_ours_or_is_over(house: Backed) -> None:
    token = PATH.rpartition("/")[2]
    for path, status in (
        (f"/trai-nghiem/{token[:-1]}!", 404),
        (f"/trai-nghiem/{token.replace('1.900001', '1.900003')}", 404),
        (SIGNER.review_path(replace(LINK, code="1.123456")), 410),
        (SIGNER.review_path(replace(LINK, until=date(2026, 11, 21))), 410),
    ):
        page = await visit(house.client, path, status)
        assert page.of("legend") == []
        assert (await send(house, path, **FILLED)).status == status
    assert (await house.client.get(SIGNER.review_path(replace(LINK, until=date(2026, 11, 22))))).status == 200


async def test_not_more_than_a_team_can_send(house: Backed) -> None:
    statuses = [(await send(house, **FILLED, lan=await once(house))).status for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    house.clock.now += timedelta(minutes=1)
    assert (await send(house, **FILLED, lan=await once(house))).status == 200


async def test_in_english(house: Backed) -> None:
    page = await visit(house.client, f"/en{PATH}")
    assert (page.language, page.of("legend")[0]) == ("en", "Was the service easy to find?")
