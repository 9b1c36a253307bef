"""The pages of staff, taken on a made-up year: what is shown is a demonstration, and says so on every page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from docs.screenshots.editors import edit
from docs.screenshots.keeping import BIRTH, COPY, DESKTOP, MARRIAGE, WARD, Shown, keep, new_context
from docs.screenshots.sharing import come_through_links, found_teams, take_materials, take_public
from tests.e2e.citizens import Citizen
from tests.e2e.conftest import PHONE
from tests.e2e.office import LOGIN, hire, log_in, settle_in
from tests.e2e.process import operate

_UNFOUND = ("tờ con nít", "tờ con nít", "tờ con nít", "xin mộc phường", "xin mộc phường", "ký vô cái tờ đơn")
_BAD = (
    (BIRTH, "Nộp xong hai ngày không thấy ai báo lại."),
    (MARRIAGE, "Tải ảnh lên mãi không được, phải làm lại ba lần."),
    (BIRTH, ""),
    (MARRIAGE, "Trang báo lỗi khi nộp phí."),
)


PAGES = (
    Shown("overview", "/staff"),
    Shown("tables", "/staff/bang/co-quan"),
    Shown("services", "/staff/bang/thu-tuc"),
    Shown("ratings", "/staff/phieu"),
    Shown("queue", "/staff/viec"),
    Shown("search", "/staff/tim-kiem"),
    Shown(
        "teach", f"/staff/tim-kiem/day?cum=xin+m%E1%BB%99c+ph%C6%B0%E1%BB%9Dng&tim=ch%E1%BB%A9ng+th%E1%BB%B1c&ma={COPY}"
    ),
    Shown("reviews", "/staff/trai-nghiem"),
    Shown("use", "/staff/su-dung"),
    Shown("codes", "/staff/ma-danh-gia"),
    Shown("members", "/staff/can-bo"),
    Shown("member", "/staff/can-bo/ai/huong"),
    Shown("log", "/staff/nhat-ky"),
    Shown("account", "/staff/tai-khoan"),
    Shown("phone-codes", "/staff/tai-khoan/ma"),
    Shown("digests", "/staff/tai-khoan/ban-tin"),
    Shown("stale", "/staff/can-xem-lai"),
    Shown("yearly-review", "/staff/can-xem-lai/ra-soat"),
    Shown("link-checks", "/staff/can-xem-lai/duong-dan"),
    Shown("teams", "/staff/to-cong-dong"),
    Shown("share", "/staff/chia-se"),
    Shown("shared", f"/staff/chia-se?ma={BIRTH}&xa={WARD}&to=1"),
    Shown("official-list", "/staff/danh-muc/in"),
)


def furnish(data: Path) -> dict[str, str]:
    """A year of ratings, teams, and people to look at them; their passwords, which serve once."""
    operate(data, "demo-data", "--ratings", "40000", "--events", "80000", "--seed", "1", "--yes")
    found_teams(data)
    return {
        "lan": hire(data, "lan", "Nguyễn Thị Lan", "admin"),
        "huong": hire(data, "huong", "Trần Thu Hương", "editor"),
        "minh": hire(data, "minh", "Lê Văn Minh", "viewer", "H27.118"),
    }


def take_staff(browser: Browser, data: Path, url: str, passwords: dict[str, str], **settings: str) -> None:
    """Every page for a desk and for a phone; fails where one does not open."""
    for code, words in _BAD:
        Citizen(url).rate(code, 1, words)
    for words in _UNFOUND:
        Citizen(url).say(words)
    link = come_through_links(data, url, **settings)
    desk = new_context(browser, DESKTOP)
    page = desk.new_page()
    page.goto(url + LOGIN)
    keep(page, "login", "desktop")
    settle_in(page, url, "lan", passwords["lan"])
    pages = (*PAGES, _work(page, url))
    rating, review = _make_links(page, url)
    Citizen(url).fill_in(
        review,
        tt=BIRTH,
        finding="yes",
        prefilled="partly",
        payment="none",
        result="none",
        thoi_gian="15_30",
        y_kien="Ô chọn nơi sinh khó tìm trên điện thoại.",
    )
    pages = (*pages, *edit(page, url, data))
    _take_all(page, url, pages, "desktop")
    _take_public(new_context(browser, DESKTOP), rating, "desktop")

    phone = new_context(browser, PHONE, touch=True)
    page = phone.new_page()
    page.goto(url + LOGIN)
    keep(page, "login", "phone")
    log_in(page, url, "lan")
    _take_all(page, url, pages, "phone")
    _take_public(new_context(browser, PHONE, touch=True), rating, "phone")
    take_materials(data, page, url, **settings)
    take_public(browser, url, link)


def _work(page: Page, url: str) -> Shown:
    """One case is under way, so that it has a history."""
    page.goto(f"{url}/staff/viec")
    page.locator("tbody a").first.click()
    case = page.url.removeprefix(url)
    page.get_by_role("button", name="Tôi nhận việc này").click()
    page.get_by_label("Kết quả", exact=True).select_option(label="Đã giải thích")
    page.get_by_label("Ghi chú").fill("Hồ sơ thiếu giấy chứng sinh, đã có tin nhắn trên Cổng.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_have_text("Đã lưu.")
    return Shown("case", case)


def _make_links(page: Page, url: str) -> tuple[str, str]:
    """Addresses for a counter and for a team, as staff make them; the sheets are taken too."""
    page.goto(f"{url}/staff/ma-danh-gia")
    page.get_by_label("Thủ tục", exact=True).fill(BIRTH)
    page.get_by_role("button", name="Tạo mã", exact=True).click()
    rating = page.locator(".sheet .address").inner_text()
    keep(page, "sheet", "desktop")
    page.goto(f"{url}/staff/trai-nghiem")
    page.get_by_role("button", name="Tạo đường dẫn").click()
    return rating, page.locator(".once").inner_text()


def _take_all(page: Page, url: str, pages: tuple[Shown, ...], size: str) -> None:
    for shown in pages:
        page.goto(url + shown.path)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Không mở được trang này")
        keep(page, shown.name, size)


def _take_public(context: BrowserContext, address: str, size: str) -> None:
    """What a citizen sees who scans the code."""
    page = context.new_page()
    page.goto(address)
    keep(page, "rating", size)
    context.close()
