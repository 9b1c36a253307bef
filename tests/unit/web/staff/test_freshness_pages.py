"""What is to be looked at again, as staff see and close it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.catalog.lookup import portal_page
from bot.catalog.model import Catalogue
from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome, StaleReport, StaleState
from bot.store.interface import Record
from bot.store.staff import Act, Role
from tests.unit.store.samples import event
from tests.unit.web.staff.conftest import START, Browser, Office

QUEUE = "/staff/can-xem-lai"
YEARLY, LINKS = f"{QUEUE}/ra-soat", f"{QUEUE}/duong-dan"
BIRTH, LAND = "1.900001", "1.900003"
DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
ONCE = "Mới thấy một ngày. Thấy thêm một ngày khác thì thẻ dẫn đến trang tìm kiếm. Lần thử gần nhất không có trả lời."


async def said(office: Office, code: str = BIRTH, person: str = "p", channel: str = "web", agency: str = "") -> None:
    await office.store.office.stale.add(StaleReport(START, channel, person, code, agency, "v1"))


async def enter(office: Office, browser: Browser, role: Role) -> None:
    await office.hire("lan", role)
    await browser.log_in("lan")


async def test_nothing_waits(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(QUEUE)
    assert (page.of("h1"), "Không có thủ tục nào đang chờ xem lại." in page.of("p")) == (
        ["Điều người dân báo đã cũ"],
        True,
    )
    assert [link for link in page.links if link[1].startswith(QUEUE)][-3:] == [
        ("Người dân báo cũ", QUEUE),
        ("Rà soát hằng năm", YEARLY),
        ("Trang trên Cổng", LINKS),
    ]


async def test_an_editor_goes_on_to_say_something_beside_the_list(office: Office, browser: Browser) -> None:
    await said(office)
    await enter(office, browser, Role.EDITOR)
    asides = [link for link in (await browser.get(QUEUE)).links if link[1].startswith("/staff/bien-tap/")]
    assert asides == [
        ("Tạm ẩn thủ tục này", f"/staff/bien-tap/them?loai=hiding&ma={BIRTH}"),
        ("Thêm thông báo", f"/staff/bien-tap/them?loai=notice&ma={BIRTH}"),
    ]
    form = await browser.text(asides[0][1])
    assert f'name="code" value="{BIRTH}"' in form
    # Only those that handle it can be chosen.
    assert re.findall(r'<option value="([^"]+)"', form) == ["H99.101", "H99.100"]


async def test_what_was_said_stands_with_the_card_as_it_is(office: Office, browser: Browser) -> None:
    for person, channel, agency in (("p", "web", ""), ("q", "page", "H99.100"), ("r", "staff", "")):
        await said(office, person=person, channel=channel, agency=agency)
    await said(office, LAND)
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(QUEUE)
    assert page.of("h2") == ["Khai sinh: lần đầu 1.900001", "Tách thửa hoặc hợp thửa đất 1.900003", "Báo một thủ tục"]
    first = page.of("dt", "dd")[:10]
    assert first == [
        *("Số lượt báo", "3", "Báo từ ngày", "22/11/2026", "Báo gần nhất", "22/11/2026"),
        *("Nói về nơi", "Bình Mẫu", "Báo qua", "Trang thủ tục: 1, Cán bộ: 1, Trang web: 1"),
    ]
    assert "Danh mục đã đổi từ khi có người báo." in page.of("p")
    assert "Đăng ký khai sinh" in page.of("p")
    assert "/staff/can-xem-lai/dong" not in await browser.text(QUEUE)


async def test_a_code_that_left_the_catalogue_stands_all_the_same(office: Office, browser: Browser) -> None:
    await said(office, "9.999999")
    await enter(office, browser, Role.EDITOR)
    page = await browser.get(QUEUE)
    assert page.of("h2")[0] == "9.999999 9.999999"
    assert "Danh mục hiện không còn thủ tục này." in page.of("p")


async def test_an_editor_closes_it_with_a_note_and_the_log_has_it(office: Office, browser: Browser) -> None:
    await said(office)
    await enter(office, browser, Role.EDITOR)
    form = {"code": BIRTH, "state": "mended", "note": "Sửa lệ phí; gọi 0912345678"}
    response = await browser.post(f"{QUEUE}/dong", QUEUE, **form)
    assert (response.status, response.headers["Location"]) == (303, QUEUE)
    page = await browser.get(QUEUE)
    assert "Đã lưu kết quả xem." in page.of("p")
    assert page.of("td", "th")[-6:-3] == ["Khai sinh: lần đầu 1.900001", "1", "Thông tin sai, đã sửa"]
    assert page.of("td")[-2:] == ["lan", "08:00 22/11/2026"]
    assert "0912345678" not in page.of("td")[-3]
    (entry, *_) = [e for e in await office.store.office.staff.entries(9) if e.act.action == "stale_close"]
    assert (entry.subject, entry.before, entry.act) == (
        f"stale:{BIRTH}",
        {"state": "stale_open", "count": 1},
        Act(START, "lan", "stale_close"),
    )


async def test_the_log_tells_it_in_words(office: Office, browser: Browser) -> None:
    await said(office)
    await office.store.office.stale.close(BIRTH, StaleState.FINE, "đúng", Act(START, "lan", "stale_close"))
    await enter(office, browser, Role.ADMIN)
    page = await browser.text("/staff/nhat-ky")
    for words in ("Ghi kết quả xem điều báo cũ", f"Báo cũ: {BIRTH}", "Số lượt", "Thông tin đúng"):
        assert words in page


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"code": BIRTH, "state": "", "note": "x"}, "Anh/chị chọn một trong hai kết quả."),
        ({"code": BIRTH, "state": "open"}, "Anh/chị chọn một trong hai kết quả."),
        ({"code": BIRTH, "state": "fine", "note": "x" * 501}, "Ghi chú dài quá 500 ký tự."),
        ({"code": LAND, "state": "fine"}, "Thủ tục này không còn chờ xem; có thể đồng nghiệp vừa đóng."),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_is_closed(
    office: Office, browser: Browser, form: dict[str, str], wrong: str
) -> None:
    await said(office)
    await enter(office, browser, Role.EDITOR)
    response = await browser.post(f"{QUEUE}/dong", QUEUE, **form)
    assert (response.status, wrong in await response.text()) == (422, True)
    assert len(await office.store.office.stale.open()) == 1


async def test_who_only_reads_closes_nothing(office: Office, browser: Browser) -> None:
    await said(office)
    await enter(office, browser, Role.VIEWER)
    response = await browser.post(f"{QUEUE}/dong", QUEUE, code=BIRTH, state="fine")
    assert response.status == 403
    assert len(await office.store.office.stale.open()) == 1


async def test_without_the_token_of_the_session_nothing_is_closed(office: Office, browser: Browser) -> None:
    await said(office)
    await enter(office, browser, Role.EDITOR)
    assert (await browser.post(f"{QUEUE}/dong", code=BIRTH, state="fine")).status == 403
    assert len(await office.store.office.stale.open()) == 1


async def test_staff_report_once_a_day(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    flashes = []
    for code in ("1900001", BIRTH):
        response = await browser.post(f"{QUEUE}/bao", QUEUE, code=code)
        assert (response.status, response.headers["Location"]) == (303, QUEUE)
        flashes.append((await browser.get(QUEUE)).of("p"))
    assert "Đã ghi. Thủ tục này đang chờ xem lại." in flashes[0]
    assert "Hôm nay anh/chị đã báo thủ tục này rồi." in flashes[1]
    (case,) = await office.store.office.stale.open()
    assert (case.code, case.count, case.channels) == (BIRTH, 1, {"staff": 1})


async def test_words_are_looked_for(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    response = await browser.post(f"{QUEUE}/bao", QUEUE, code="khai sinh")
    assert f'name="code" value="{BIRTH}"' in await response.text()
    assert await office.store.office.stale.open() == ()


@pytest.mark.parametrize("code", ["", "9.999999", "1"])
async def test_what_nobody_knows_is_not_reported(office: Office, browser: Browser, code: str) -> None:
    await enter(office, browser, Role.VIEWER)
    response = await browser.post(f"{QUEUE}/bao", QUEUE, code=code)
    assert (response.status, "Không có thủ tục mang mã này." in await response.text()) == (422, True)


async def test_the_yearly_review_says_that_nothing_is_counted_yet(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(YEARLY)
    assert "Chưa đếm được lượt hỏi nào, nên chưa biết thủ tục nào không ai hỏi." in page.of("p")
    assert "Không ai hỏi" not in " ".join(page.of("td"))


async def test_those_asked_for_most_stand_first(office: Office, browser: Browser) -> None:
    for _ in range(2):
        await office.store.record(Record(replace(event(), at=START, codes=(LAND,))))
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(YEARLY)
    assert "Số lượt hỏi tính từ ngày 15/11/2026." in page.of("p")
    assert page.of("td", "th")[3:5] == ["Tách thửa hoặc hợp thửa đất 1.900003", "2"]
    narrowed = await browser.get(f"{YEARLY}?ly-do=no_conversation&linh-vuc=ho-tich")
    assert {cell for cell in narrowed.of("td")[1::2] if "Không ai hỏi" not in cell} == set()
    assert narrowed.of("td")


@pytest.mark.parametrize("query", ["ly-do=x&linh-vuc=y&trang=0", "trang=99999", "trang=%00", "trang=2"])
async def test_whatever_stands_in_the_address_is_answered(office: Office, browser: Browser, query: str) -> None:
    await enter(office, browser, Role.VIEWER)
    assert (await browser.get(f"{YEARLY}?{query}")).of("h1") == ["Rà soát hằng năm"]


def check(address: str, outcome: LinkOutcome, **more: object) -> LinkCheck:
    answer = LinkAnswer(START, outcome, 404 if outcome is LinkOutcome.GONE else 200, str(more.pop("to", "")))
    return replace(LinkCheck(address, START, outcome, "", answer), **more)  # type: ignore[arg-type]


async def test_links_that_nobody_has_checked(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    assert "Chưa kiểm tra trang nào. Anh/chị nhờ người quản trị máy chủ chạy lệnh check-links." in (
        await browser.get(LINKS)
    ).of("p")


async def test_links_that_are_gone_stand_first_and_no_answer_is_no_fault(
    office: Office, browser: Browser, catalogue: Catalogue
) -> None:
    page_of = {code: portal_page(catalogue, catalogue.procedures[code]) or "" for code in (BIRTH, LAND)}
    home = catalogue.province.portal_home
    links = office.store.office.links
    await links.keep(check(home, LinkOutcome.MOVED, to="https://portal.example.vn/moi"))
    await links.keep(check(page_of[BIRTH], LinkOutcome.GONE, gone_since=TODAY - DAY, gone_until=TODAY))
    silent = check(page_of[LAND], LinkOutcome.GONE, gone_since=TODAY, gone_until=TODAY)
    await links.keep(replace(silent, outcome=LinkOutcome.COULD_NOT_CHECK, why="dns"))
    await links.keep(LinkCheck(catalogue.province.identity_help, START, LinkOutcome.COULD_NOT_CHECK, "timeout"))
    await links.keep(check("https://elsewhere.example.vn/", LinkOutcome.GONE))
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(LINKS)
    counts = dict(zip(page.of("dt"), page.of("dd"), strict=True))
    assert (counts["Không còn"], counts["Đã chuyển chỗ"], counts["Còn nguyên"], counts["Trả lời lạ"]) == (
        *("2", "1", "0", "0"),
    )
    assert counts["Lần gần nhất không kiểm tra được"] == "2"
    cells = [re.sub(r"\s+", " ", cell) for cell in page.of("td", "th")[4:]]
    at = "08:00 22/11/2026"
    assert cells == [
        "Khai sinh: lần đầu",
        "Không cònMã trả lời 404. Thẻ của thủ tục tạm dẫn đến trang tìm kiếm của Cổng.",
        *(at, page_of[BIRTH]),
        "Tách thửa hoặc hợp thửa đất",
        f"Không cònMã trả lời 404. {ONCE}",
        *(at, page_of[LAND]),
        "Trang đầu của Cổng",
        "Đã chuyển chỗMã trả lời 200. Chuyển đến: https://portal.example.vn/moi",
        *(at, home),
    ]
