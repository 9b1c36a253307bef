"""The pages beside the chat in a browser: without JavaScript, on narrow screens, in the dark, on paper."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from bot.web.languages import offered
from tests.e2e.conftest import Open

BIRTH = "/tt/1.001193"
PATHS = [
    "/toan-trinh",
    "/toan-trinh?muc=toan-trinh&cap=xa&trang=2",
    "/toan-trinh?q=xyzxyz",
    BIRTH,
    "/tt/1.116262",
    "/tt/1.999999",
    "/tim",
    "/tim?q=1.001193",
    "/tim?q=khai+sinh",
    "/tim?q=xyz+abc+qwe",
    "/linh-vuc",
    "/linh-vuc/ho-tich",
    "/viec/marrying",
    *(f"/{other}{path}" for other in offered() if other != "vi" for path in ("/toan-trinh", BIRTH, "/linh-vuc")),
]
SCREENS = {
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
NO_SCRIPT = {"java_script_enabled": False}
NOT_FOUND = "error: Failed to load resource: the server responded with a status of 404 (Not Found)"


def is_wider_than_the_screen(page: Page) -> bool:
    wide: bool = page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")
    return wide


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_keeps_people_out(open_chat: Open, path: str, colours: str) -> None:
    """No fault that axe-core knows; no text outside the screen; nothing that the browser complains about."""
    for options in SCREENS.values():
        visit = open_chat(path, color_scheme=colours, **options)
        assert not is_wider_than_the_screen(visit.page)
        assert [line for line in visit.watch.complaints if line != NOT_FOUND] == []
        found = Axe().run(visit.page).response["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found] == []
        expect(visit.page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("path", PATHS)
def test_text_of_twice_the_size_fits(open_chat: Open, path: str) -> None:
    page = open_chat(path, viewport={"width": 640, "height": 900}).page
    page.locator("html").evaluate("html => { html.style.fontSize = '225%'; }")
    assert not is_wider_than_the_screen(page)


def test_the_list_is_narrowed_and_paged(open_chat: Open) -> None:
    visit = open_chat("/toan-trinh", **NO_SCRIPT)
    page = visit.page
    page.get_by_label("Mức làm trên mạng").select_option(label="Toàn bộ trên mạng (toàn trình)")
    page.get_by_label("Cấp giải quyết", exact=True).select_option(label="Cấp xã, phường")
    page.get_by_label("Chữ trong tên, hoặc mã").fill("đăng ký")
    page.get_by_role("button", name="Xem danh sách").click()
    rows = page.locator("ol.rows > li")
    expect(rows.first).to_be_visible()
    total = page.locator(".counts dd").first.inner_text()
    assert int(total) >= rows.count() > 0
    expect(page.get_by_label("Mức làm trên mạng")).to_have_value("toan-trinh")
    page.get_by_role("link", name="Bỏ lọc").click()
    page.get_by_role("link", name="Trang sau").click()
    expect(page.locator("ol.rows")).to_have_attribute("start", "51")
    page.locator("ol.rows > li").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/tt/" in page.url
    assert visit.watch.complaints == []


def test_the_list_is_downloaded(open_chat: Open) -> None:
    page = open_chat("/toan-trinh?cap=xa", **NO_SCRIPT).page
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải về dạng bảng tính").click()
    content = waiting.value.path().read_bytes()
    assert waiting.value.suggested_filename.endswith(".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert "1.001193" in content.decode("utf-8")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải danh mục để in, dạng bảng tính").click()
    codes = {
        cell.value
        for sheet in load_workbook(io.BytesIO(waiting.value.path().read_bytes())).worksheets
        for cell in sheet["C"]
    }
    assert {"1.001193", "1.116262"} <= codes
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bản để in").click()
    assert len(PdfReader(waiting.value.path()).pages) > 1


def test_from_search_to_the_procedure_to_the_chat(open_chat: Open) -> None:
    visit = open_chat("/tim", **NO_SCRIPT)
    page = visit.page
    page.get_by_label("Anh/chị cần làm thủ tục gì?").fill("mần giấy khai sinh cho con")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    expect(page.locator("main")).to_contain_text("Làm được toàn bộ trên mạng")
    page.get_by_role("link", name="Hỏi tiếp ở đây").click()
    expect(page.locator(".from-assistant").last).to_contain_text("Đăng ký khai sinh")
    assert visit.watch.complaints == []


def test_where_bodies_differ_one_is_chosen(open_chat: Open) -> None:
    page = open_chat("/tt/1.116262", **NO_SCRIPT).page
    expect(page.locator("main")).to_contain_text("Việc của anh/chị thuộc nơi nào?")
    page.get_by_role("link", name="Sở Nông nghiệp và Môi trường", exact=True).click()
    expect(page.locator("main")).to_contain_text("Làm được toàn bộ trên mạng")
    page.get_by_role("link", name="Xem tất cả các nơi").click()
    expect(page.locator("main")).to_contain_text("Việc của anh/chị thuộc nơi nào?")


def test_the_keyboard_is_enough(open_chat: Open) -> None:
    page = open_chat("/toan-trinh", viewport=SCREENS["desktop"]["viewport"], **NO_SCRIPT).page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Chữ trong tên, hoặc mã")).to_be_focused()
    page.keyboard.type("kết hôn")
    page.keyboard.press("Enter")
    expect(page.locator("ol.rows > li").first).to_contain_text("kết hôn")


def test_paper_holds_the_text_and_the_addresses(open_chat: Open) -> None:
    page = open_chat(BIRTH, **NO_SCRIPT).page
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_text("Thủ tục cùng lĩnh vực")).to_be_hidden()
    after = page.locator(".card .action[data-leads-to]").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "dichvucong.gov.vn" in after
