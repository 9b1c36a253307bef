"""A service is rated on a phone through a counter's code; and who comes back from the portal is asked in the chat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.dialogue.signed_links import RatingLink, Signer
from bot.operations.times import now
from bot.ratings.model import Origin
from bot.ratings.periods import day_of
from tests.e2e.conftest import PHONE, Open
from tests.e2e.office import figures, hire, settle_in
from tests.e2e.process import Server, free_port, serving
from tests.e2e.talk import BIRTH, BIRTH_CODE, answers, ask, faults

SECRET = "e" * 32
DESK = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rating")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    port = free_port()
    with serving(data, PORT=str(port), SECRET_KEY=SECRET, PUBLIC_URL=f"http://127.0.0.1:{port}") as started:
        yield started


@pytest.fixture
def counter() -> str:
    """The address of a counter's code."""
    until = day_of(now()) + timedelta(days=30)
    return Signer(SECRET.encode()).rating_path(RatingLink(BIRTH_CODE, "", "", Origin.COUNTER, "quay-1", until))


def too_small(page: Page) -> list[str]:
    """What can be tapped and is smaller than a thumb; a tick is tapped on its label."""
    found: list[str] = page.locator(".option, button:visible, a.action").evaluate_all(
        "items => items.filter((i) => i.offsetHeight < 44 || i.offsetWidth < 44).map((i) => i.outerHTML)"
    )
    return found


@pytest.mark.parametrize(
    ("viewport", "color_scheme"), [(PHONE, "light"), (PHONE, "dark"), (SMALL, "light")], ids=["phone", "dark", "small"]
)
def test_a_counter_code_on_a_phone(open_chat: Open, counter: str, viewport: dict[str, int], color_scheme: str) -> None:
    visit = open_chat(counter, viewport=viewport, color_scheme=color_scheme, bypass_csp=True, has_touch=True)
    page = visit.page
    if viewport == SMALL:
        page.add_style_tag(content="html { font-size: 200% }")
    expect(page.get_by_role("heading", level=1)).to_have_text(BIRTH)
    assert (faults(page), too_small(page)) == ([], [])
    question = "Anh/chị có hài lòng khi sử dụng dịch vụ công trực tuyến này không?"
    levels = page.get_by_role("group", name=question).get_by_role("radio")
    expect(levels).to_have_count(3)
    assert page.locator(":checked").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.get_by_text("Hài lòng", exact=True).tap()
    page.get_by_text("Rồi, tôi tự nộp trên mạng").tap()
    page.get_by_label("Góp ý (không bắt buộc)").fill("Nhanh, dễ làm")
    page.get_by_text("Tôi đồng ý để cán bộ đọc lời tôi viết.").tap()
    page.get_by_role("button", name="Gửi trả lời").tap()

    expect(page.locator(".done p").first).to_have_text("Tôi đã ghi: Hài lòng. Cảm ơn anh/chị.")
    assert (faults(page), too_small(page)) == ([], [])
    page.goto(page.url)
    expect(page.locator(".done p").first).to_have_text("Tôi đã ghi: Hài lòng. Cảm ơn anh/chị.")
    page.get_by_role("link", name="Đổi đánh giá").tap()
    expect(page.get_by_role("radio", name="Hài lòng", exact=True)).to_be_checked()
    assert visit.watch.complaints == []


def test_only_who_filed_online_counts(open_chat: Open, counter: str, data: Path, server: Server) -> None:
    """Without the script: two at one counter, each at a browser of their own; and a code whose day is over."""
    ways = {"Rồi, tôi nộp tại quầy": "Anh/chị có hài lòng với lần nộp hồ sơ tại quầy đó không?"}
    ways |= {"Rồi, tôi tự nộp trên mạng": ""}
    for way, asked_on in ways.items():
        page = open_chat(counter, viewport=PHONE, has_touch=True, java_script_enabled=False).page
        page.get_by_text("Rất hài lòng", exact=True).tap()
        page.get_by_text(way).tap()
        page.get_by_role("button", name="Gửi trả lời").tap()
        if asked_on:
            expect(page.get_by_role("group", name=asked_on).get_by_role("radio")).to_have_count(3)
            page.get_by_role("button", name="Gửi trả lời").tap()
        expect(page.locator(".done p").first).to_have_text("Tôi đã ghi: Rất hài lòng. Cảm ơn anh/chị.")
    desk = open_chat("/staff/dang-nhap", viewport=DESK).page
    settle_in(desk, server.url, "lan", hire(data, "lan", "Nguyễn Thị Lan", "admin"))
    desk.goto(f"{server.url}/staff")
    assert figures(desk)["Số phiếu được tính"] == "0"
    over = RatingLink(BIRTH_CODE, "", "", Origin.COUNTER, "quay-1", day_of(now()) - timedelta(days=1))
    page.goto(server.url + Signer(SECRET.encode()).rating_path(over))
    expect(page.get_by_role("heading", level=1)).to_have_text("Không đánh giá ở đây được nữa")
    expect(page.locator("main")).to_contain_text("Mã này chỉ dùng đến hết ngày")
    expect(page.get_by_role("radio")).to_have_count(0)


def test_who_comes_back_from_the_portal_is_asked_once(open_chat: Open) -> None:
    visit = open_chat(bypass_csp=True)
    page = visit.page
    page.clock.install()
    visit.context.route("**/r/**", lambda route: route.fulfill(body="portal"))
    come_back = "document.dispatchEvent(new Event('visibilitychange'))"
    card = page.locator("#messages .returned")

    link = ask(page, BIRTH_CODE).locator(".links a").first
    expect(link.locator(".host")).to_contain_text("dichvucong.gov.vn")
    with visit.context.expect_page() as opened:
        link.click()
    assert f"/r/{BIRTH_CODE}~" in opened.value.url
    opened.value.close()
    page.clock.fast_forward(5_000)
    page.evaluate(come_back)
    expect(card).to_have_count(0)

    page.clock.fast_forward(20_000)
    page.evaluate(come_back)
    expect(card.locator(".bubble p").first).to_have_text("Anh/chị đã nộp xong chưa?")
    expect(card).to_contain_text(BIRTH)
    assert faults(page) == []
    card.get_by_role("button", name="Đánh giá dịch vụ này").click()
    expect(answers(page).last).to_have_attribute("data-status", "asked_to_rate")
    expect(card).to_have_count(0)

    page.clock.fast_forward(60_000)
    page.evaluate(come_back)
    page.reload()
    expect(answers(page).last).to_have_attribute("data-status", "asked_to_rate")
    expect(card).to_have_count(0)
    assert visit.watch.complaints == []
