"""Searches that found nothing, and teaching words, as staff see and do it."""

from __future__ import annotations

import pytest

from bot.store.interface import Record, Unfound, Unmet
from bot.store.learning import TaughtAlias
from bot.store.staff import Act, Role
from tests.unit.store.samples import event
from tests.unit.web.staff.conftest import START, Browser, Office

WORDS = "trái cây đầu mùa"
LAND, LAND_NAME = "1.900003", "Tách thửa hoặc hợp thửa đất"
TEACH = "/staff/tim-kiem/day"
ALIAS = TaughtAlias(WORDS, LAND, "lan", START)


async def searched(office: Office, words: str = WORDS, why: Unmet = Unmet.NOT_FOUND) -> None:
    await office.store.record(Record(event(), unfound=Unfound(START, words, words, why)))


async def enter(office: Office, browser: Browser, role: Role) -> None:
    await office.hire("lan", role)
    await browser.log_in("lan")


async def test_searches_stand_ranked_with_what_is_said_today(office: Office, browser: Browser) -> None:
    await searched(office, "đăng ký khai sinh", Unmet.UNHELPFUL)
    for _ in range(2):
        await searched(office)
    await enter(office, browser, Role.VIEWER)
    page = await browser.get("/staff/tim-kiem")
    assert page.of("td", "th")[5:] == [
        *(WORDS, "2", "0", "22/11/2026", "không tìm ra"),
        *("đăng ký khai sinh", "0", "1", "22/11/2026", "Khai sinh: lần đầu"),
    ]
    assert [address for _, address in page.links if address.startswith(TEACH)] == []
    assert (await browser.get("/staff/tim-kiem?tu=2026-11-01&den=2026-11-21")).of("td") == []


async def test_a_viewer_teaches_nothing(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    await browser.text(f"{TEACH}?cum={WORDS}&ma={LAND}", 403)
    for path in (TEACH, "/staff/tim-kiem/bo"):
        response = await browser.post(path, at="/staff/tim-kiem", phrase=WORDS, code=LAND)
        assert response.status == 403
    assert await office.store.office.learning.aliases() == ()


async def test_words_are_tried_taught_exported_and_taken_away(office: Office, browser: Browser) -> None:
    await searched(office)
    await enter(office, browser, Role.EDITOR)
    found = await browser.get(f"{TEACH}?cum={WORDS}&tim=tách thửa")
    assert (f"{LAND_NAME} {LAND}" in found.of("label"), found.of("dd")) == (True, [])
    tried = await browser.get(f"{TEACH}?cum={WORDS}&tim={LAND}&ma={LAND}")
    assert tried.of("dd") == ["không tìm ra", LAND_NAME]
    at = f"{TEACH}?cum={WORDS}&tim={LAND}&ma={LAND}"
    taught = await browser.post(TEACH, at=at, phrase=WORDS, code=LAND, reason="hay hỏi")
    assert (taught.status, taught.headers["Location"]) == (303, "/staff/tim-kiem")
    assert await office.store.office.learning.aliases() == (ALIAS,)
    page = await browser.get("/staff/tim-kiem")
    assert page.of("td", "th")[-5:] == [WORDS, LAND_NAME, "lan", "08:00 22/11/2026", "Bỏ"]
    assert await browser.text("/staff/tim-kiem/cach-goi-da-day.csv") == f"phrase,codes\n{WORDS},{LAND}\n"
    gone = await browser.post("/staff/tim-kiem/bo", at="/staff/tim-kiem", phrase=WORDS)
    assert (gone.status, await office.store.office.learning.aliases()) == (303, ())
    missing = await browser.post("/staff/tim-kiem/bo", at="/staff/tim-kiem", phrase=WORDS)
    assert missing.status == 404
    log = await office.store.office.staff.entries(2)
    assert [entry.act for entry in log] == [
        Act(START, "lan", "alias_remove"),
        Act(START, "lan", "alias_add", "hay hỏi"),
    ]


@pytest.mark.parametrize(
    ("phrase", "code", "said"),
    [
        ("cháy nhà", LAND, "Đây là lời kêu cứu, không được dẫn đến thủ tục nào."),
        (WORDS, "9.999999", "Không có thủ tục mang mã này."),
        ("", LAND, "Anh/chị nhập cách gọi bằng chữ."),
    ],
)
async def test_what_is_not_taught(office: Office, browser: Browser, phrase: str, code: str, said: str) -> None:
    await enter(office, browser, Role.EDITOR)
    response = await browser.post(TEACH, at="/staff/tim-kiem", phrase=phrase, code=code)
    assert (response.status, said in await response.text()) == (422, True)
    assert await office.store.office.learning.aliases() == ()


async def test_words_that_are_answered_otherwise_today_come_with_a_warning(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.EDITOR)
    page = await browser.get(f"{TEACH}?cum=khai sinh lần đầu&ma={LAND}")
    warning = "Hiện nay câu này dẫn đến Khai sinh: lần đầu. Anh/chị xem kỹ phần Sau rồi hãy dạy."
    assert warning in page.of("p")
    assert page.of("dd")[0] == "Khai sinh: lần đầu"
    assert page.of("dd")[1].startswith("hỏi lại: ")


async def test_nobody_reads_the_words_without_logging_in(browser: Browser) -> None:
    for path in ("/staff/tim-kiem", TEACH, "/staff/tim-kiem/cach-goi-da-day.csv"):
        await browser.text(path, 303)
