"""What a team shares: made by staff, scanned by people, gone on with in the chat, rated, and counted for the team."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.citizens import BROWSER, Citizen
from tests.e2e.conftest import PHONE, Open
from tests.e2e.office import cells, hire, log_in, settle_in
from tests.e2e.process import ROOT, Server, free_port, operate, serving
from tests.e2e.talk import answers, ask, faults
from tests.unit.operations.sharing.reading import codes_on, pages_of

DESK = {"width": 1280, "height": 900}
BIRTH, NAME, WARD = "1.900001", "Đăng ký khai sinh", "H99.100"
TEAM = "Tổ công nghệ số cộng đồng thôn 3"
ON_PHONE = {"viewport": PHONE, "has_touch": True, "user_agent": BROWSER["User-Agent"]}
CLIPBOARD_RIGHTS = ["clipboard-read", "clipboard-write"]
CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sharing")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    port = str(free_port())
    settings = {
        "PORT": port,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CATALOG_DIR": str(ROOT / "tests" / "fixtures" / "second_province"),
        "MAX_MESSAGES_PER_MINUTE": "0",
        "ZALO_OA_ID": "1234567890",
        "TELEGRAM_BOT_USERNAME": "vidu_motcua_bot",
    }
    operate(data, "team", "add", TEAM, WARD, **settings)
    with serving(data, **settings) as started:
        yield started


@pytest.fixture(scope="module")
def once(data: Path) -> str:
    return hire(data, "huong", "Trần Thu Hương", "editor")


def go_to_the_portal(route: Route) -> None:
    """Ask our own address, which counts, and do not follow."""
    assert route.fetch(max_redirects=0).status == 303
    route.fulfill(body="portal")


def team_row(page: Page, url: str) -> list[str]:
    """Visits, conversations, the portal, ratings, ratings with help."""
    page.goto(f"{url}/staff/to-cong-dong")
    (row,) = (row[2:] for row in cells(page, "teams") if row[0] == TEAM)
    return row


def test_from_the_poster_to_the_figures(open_chat: Open, server: Server, once: str) -> None:
    desk = open_chat("/staff/dang-nhap", viewport=DESK, bypass_csp=True, accept_downloads=True)
    page = desk.page
    settle_in(page, server.url, "huong", once)
    page.get_by_role("link", name="Chia sẻ", exact=True).click()
    page.get_by_label("Việc cần chia sẻ").fill("khai sinh")
    page.get_by_label("Dán hoặc đọc ở xã, phường").select_option(WARD)
    page.get_by_label("Tổ công nghệ số cộng đồng").select_option(label=f"{TEAM} (Bình Mẫu)")
    page.get_by_role("button", name="Tạo", exact=True).click()
    page.get_by_role("link", name=re.compile(BIRTH)).click()
    link = page.get_by_label("Đường dẫn").input_value()
    assert faults(page) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="Tờ dán khổ A4").click()
    assert [codes_on(sheet) for sheet in pages_of(begun.value.path().read_bytes())] == [[link]]

    phone = open_chat(link.removeprefix(server.url), **ON_PHONE, permissions=CLIPBOARD_RIGHTS, bypass_csp=True)
    share_id = link.rpartition("/")[2]
    citizen = phone.page
    expect(citizen).to_have_url(f"{server.url}/tt/{BIRTH}?s={share_id}")
    assert faults(citizen) == []
    citizen.get_by_role("button", name="Chép mã").tap()
    expect(citizen.get_by_text("Đã chép mã.")).to_be_visible()
    assert citizen.evaluate(CLIPBOARD) == f"#{share_id}"
    telegram = citizen.get_by_role("link", name=re.compile("Telegram"))
    expect(telegram).to_have_attribute("href", re.compile(r"^https://t\.me/vidu_motcua_bot\?start=s_"))
    citizen.get_by_role("link", name="Hỏi tiếp ở đây").tap()
    card = answers(citizen).filter(has_text=BIRTH).first
    expect(card.locator(".bubble p").first).to_have_text(NAME)

    # To forward: on a phone that can, through its own menu; else the text is copied.
    card.get_by_role("button", name="Chia sẻ cho người khác").tap()
    text = answers(citizen).last
    expect(text).to_have_attribute("data-status", "shared")
    text.get_by_role("button", name="Chép", exact=True).tap()
    forwarded = "\n".join(text.locator(".bubble p").all_inner_texts())
    expect(citizen.locator("#status")).to_have_text("Đã chép câu trả lời.")
    assert citizen.evaluate(CLIPBOARD).replace("\r", "") == forwarded
    assert f"{server.url}/tt/{BIRTH}" in forwarded
    citizen.evaluate("navigator.share = async (page) => { window.sent = page; }; navigator.canShare = undefined;")
    text.get_by_role("button", name="Gửi cho người khác").tap()
    assert citizen.evaluate("window.sent") == {"text": forwarded}

    phone.context.route("**/r/**", go_to_the_portal)
    with phone.context.expect_page() as opened:
        card.locator(".links a").first.tap()
    opened.value.close()
    card.get_by_role("button", name="Đánh giá").tap()
    answers(citizen).last.get_by_role("button", name="Rồi, tôi tự nộp trên mạng").tap()
    answers(citizen).last.get_by_role("button", name="Hài lòng", exact=True).tap()
    expect(answers(citizen).last).to_have_attribute("data-status", "rated")
    assert team_row(page, server.url) == ["1", "1", "1", "–", "–"]
    assert [line for line in phone.watch.complaints if "portal" not in line] == []

    for _ in range(4):
        other = Citizen(server.url)
        other.visit(f"/s/{share_id}")
        other.choose(f"s:{share_id}")
        other.rate(BIRTH, 3)
    assert team_row(page, server.url) == ["5", "5", "1", "5", "–"]
    assert faults(page) == []


def test_what_looks_old_is_said_and_seen_to(open_chat: Open, server: Server, once: str) -> None:
    """On the page, without the script; in the chat; and closed by staff."""
    paper = open_chat(f"/tt/{BIRTH}", **ON_PHONE, java_script_enabled=False).page
    paper.get_by_role("button", name="Báo thông tin đã cũ").tap()
    expect(paper.get_by_role("status")).to_contain_text("Cảm ơn anh/chị đã báo. Cán bộ sẽ xem lại thông tin này.")
    chat = open_chat(f"/?c=tt:{BIRTH}", **ON_PHONE).page
    expect(answers(chat).last).to_have_attribute("data-status", "answered")
    expect(ask(chat, "thông tin này cũ rồi")).to_contain_text("Cảm ơn anh/chị đã báo.")

    page = open_chat("/staff/dang-nhap", viewport=DESK, bypass_csp=True).page
    log_in(page, server.url, "huong")
    page.get_by_role("link", name="Cần xem lại").click()
    case = page.get_by_role("region", name=re.compile(BIRTH))
    expect(case.get_by_role("definition").first).to_have_text("2")
    assert faults(page) == []
    case.get_by_role("radio", name="Thông tin sai, đã sửa").check()
    case.get_by_label("Ghi chú").fill("Đã nhập danh mục mới")
    case.get_by_role("button").click()
    expect(page.get_by_role("status")).to_have_text("Đã lưu kết quả xem.")
    expect(page.get_by_text("Không có thủ tục nào đang chờ xem lại.")).to_be_visible()
    ((name, count, state, note, by, _),) = cells(page, "closed")[1:]
    assert (BIRTH in name, count, state, note, by) == (
        True,
        "2",
        "Thông tin sai, đã sửa",
        "Đã nhập danh mục mới",
        "huong",
    )
