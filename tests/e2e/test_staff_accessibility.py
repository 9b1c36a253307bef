"""The pages of staff with a screen reader, a keyboard only, large letters, in the dark, and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from bot.operations.times import now
from bot.ratings.periods import day_of
from tests.e2e.citizens import Citizen
from tests.e2e.conftest import PHONE, Open
from tests.e2e.desk import spreadsheet
from tests.e2e.office import LOGIN, PASSWORD, hire, settle_in
from tests.e2e.process import Server, free_port, operate, serving
from tests.e2e.talk import BIRTH_CODE, faults

LAST = day_of(now()) + timedelta(days=7)
DESK = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 640}
A4 = {"width": 718, "height": 1000}
"""What is left of a sheet between margins of 1 cm, at 96 to the inch."""
WORDS = "xin mộc phường"
PAGES = (
    *("/staff", "/staff/bang/co-quan", "/staff/bang/thu-tuc", "/staff/bang/tro-giup", "/staff/phieu", "/staff/su-dung"),
    *("/staff/viec", "/staff/viec/1", "/staff/viec?trang-thai=tat-ca&tuoi=7", "/staff/tim-kiem"),
    *(f"/staff/tim-kiem/day?cum={WORDS}&tim=chứng thực&ma=2.000815", "/staff/trai-nghiem", "/staff/ma-danh-gia"),
    *("/staff/can-bo", "/staff/can-bo/them", "/staff/can-bo/ai/lan", "/staff/nhat-ky", "/staff/tai-khoan"),
    *("/staff/danh-muc", "/staff/danh-muc/cong-bo?nhap=1", "/staff/danh-muc/tro-lai?so=0", "/staff/danh-muc/in"),
    *("/staff/danh-muc/nhap", "/staff/danh-muc/nhap/1", "/staff/danh-muc/nhap/1/khac-biet"),
    *("/staff/danh-muc/nhap/1/ca-loai?loai=renamed", "/staff/can-xem-lai", "/staff/can-xem-lai/ra-soat"),
    *("/staff/can-xem-lai/duong-dan", "/staff/bien-tap", "/staff/bien-tap/them?loai=notice", "/staff/bien-tap/bo?so=1"),
    *("/staff/to-cong-dong", "/staff/chia-se", f"/staff/chia-se?ma={BIRTH_CODE}&xa=H27.118&to=1"),
    *("/staff/tai-khoan/ma", "/staff/tai-khoan/mat-khau", "/staff/tai-khoan/ban-tin", "/staff/khong-co"),
)

ON_PAPER = (
    *("/staff", "/staff/bang/co-quan?kenh=web", "/staff/phieu", "/staff/viec", "/staff/su-dung"),
    *("/staff/danh-muc", "/staff/danh-muc/nhap/1", "/staff/danh-muc/nhap/1/khac-biet", "/staff/bien-tap"),
    *("/staff/can-xem-lai", "/staff/can-xem-lai/ra-soat", "/staff/to-cong-dong"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readable")


LIST = spreadsheet(
    (BIRTH_CODE, "Đăng ký khai sinh (sửa đổi)", "Hộ tịch", "", ""),
    ("2000815", "Chứng thực bản sao", "", "", ""),
)


def furnish(data: Path) -> None:
    """A list that waits for answers, a team, and something that editors say."""
    (data / "danh-muc.xlsx").write_bytes(LIST)
    operate(data, "catalog", "import", str(data / "danh-muc.xlsx"))
    operate(data, "team", "add", "Tổ công nghệ số cộng đồng khối phố 3", "H27.118")
    operate(data, "catalog", "say", "notice", "Cổng bảo trì tối nay.", "--code", BIRTH_CODE, "--to", str(LAST))


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    port = str(free_port())
    furnish(data)
    with serving(data, PORT=port, PUBLIC_URL=f"http://127.0.0.1:{port}") as started:
        Citizen(started.url).rate(BIRTH_CODE, 1, "Trang đứng mãi, phải làm lại")
        Citizen(started.url).rate(BIRTH_CODE, 3)
        finder = Citizen(started.url)
        finder.say(WORDS)
        finder.say(BIRTH_CODE)
        finder.say("thông tin này cũ rồi")
        yield started


@pytest.fixture(scope="module")
def logins(data: Path) -> Iterator[str]:
    """Login names of admins, one after another."""
    return (f"quan-tri-{number}" for number in range(99))


def enter(open_chat: Open, data: Path, server: Server, login: str, **options: object) -> Page:
    page = open_chat(LOGIN, bypass_csp=True, **options).page
    settle_in(page, server.url, login, hire(data, login, "Nguyễn Thị Lan", "admin"))
    return page


@pytest.mark.parametrize(
    ("viewport", "color_scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")]
)
def test_axe_finds_nothing(
    open_chat: Open, data: Path, server: Server, logins: Iterator[str], viewport: dict[str, int], color_scheme: str
) -> None:
    outside = open_chat(LOGIN, bypass_csp=True, viewport=viewport, color_scheme=color_scheme).page
    assert faults(outside) == []
    page = enter(open_chat, data, server, next(logins), viewport=viewport, color_scheme=color_scheme)
    found = {}
    for path in PAGES:
        page.goto(server.url + path)
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        found[path] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_letters_twice_as_large_on_a_small_phone(
    open_chat: Open, data: Path, server: Server, logins: Iterator[str]
) -> None:
    """Nothing is cut off or pushed aside but tables of numbers, which say that there is more."""
    page = enter(open_chat, data, server, next(logins), viewport=SMALL, has_touch=True)
    wrong = {}
    for path in PAGES:
        page.goto(server.url + path)
        page.add_style_tag(content="html { font-size: 200% }")
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        outside = page.locator("main :is(h1, h2, p, label, button, input, select, textarea, a, li, dd)").evaluate_all(
            """all => all.filter((one) => {
              const box = one.getBoundingClientRect();
              const pushed = one.closest('.wide-table')?.querySelector('table:not(.stacked)');
              return box.width && !pushed && !one.closest('.visually-hidden') && (box.left < 0 || box.right > 320);
            }).map((one) => one.outerHTML.slice(0, 200)).slice(0, 3)"""
        )
        width = page.evaluate("document.documentElement.scrollWidth")
        if outside or width != SMALL["width"]:
            wrong[path] = (width, outside)
    assert wrong == {}


def test_what_is_tapped_is_large_enough(open_chat: Open, data: Path, server: Server, logins: Iterator[str]) -> None:
    page = enter(open_chat, data, server, next(logins), viewport=PHONE, has_touch=True)
    wrong = {}
    for path in PAGES:
        page.goto(server.url + path)
        small = page.locator("button:visible, a.action:visible, nav a:visible, main input:visible, summary:visible")
        found = small.evaluate_all(
            """all => all.filter((one) => !['checkbox', 'radio'].includes(one.type) && one.offsetHeight < 44)
              .map((one) => one.outerHTML.slice(0, 200))"""
        )
        if found:
            wrong[path] = found
    assert wrong == {}


def press_to(page: Page, name: str) -> None:
    """Tab until what has this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()") == name:
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


def test_the_whole_way_by_keyboard(open_chat: Open, data: Path, server: Server) -> None:
    page = open_chat("/staff/viec", viewport=DESK).page
    once = hire(data, "ban-phim", "Phạm Thị Phím", "admin")
    press_to(page, "Tên đăng nhập")
    page.keyboard.type("ban-phim")
    page.keyboard.press("Tab")
    page.keyboard.type(once)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")
    for label, typed in (("Mật khẩu hiện tại", once), ("Mật khẩu mới", PASSWORD), ("Nhập lại mật khẩu mới", PASSWORD)):
        press_to(page, label)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã đổi mật khẩu.")
    press_to(page, "Đánh giá chưa tốt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đánh giá chưa tốt")
    # Past the menu to the table at once.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    press_to(page, "1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đánh giá chưa tốt số 1")
    press_to(page, "Tôi nhận việc này")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("Anh/chị đã nhận việc này.")
    press_to(page, "Kết quả")
    page.keyboard.press("ArrowDown")
    press_to(page, "Ghi chú")
    page.keyboard.type("Đã báo bộ phận kỹ thuật")
    press_to(page, "Lưu")
    outlined = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outlined) == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Đã lưu.")
    expect(page.get_by_role("definition").filter(has_text="Đã sửa")).to_be_visible()


def sheets(page: Page) -> PdfReader:
    """The page as it is printed."""
    margin = "1cm"
    made = page.pdf(format="A4", margin={"top": margin, "right": margin, "bottom": margin, "left": margin})
    return PdfReader(io.BytesIO(made))


def test_on_paper(open_chat: Open, data: Path, server: Server, logins: Iterator[str]) -> None:
    page = enter(open_chat, data, server, next(logins), viewport=A4)
    page.emulate_media(media="print", color_scheme="light")
    for path in ON_PAPER:
        page.goto(server.url + path)
        pressed = page.locator("form, .top nav, button, .screen").locator("visible=true")
        wide = page.locator("main *").evaluate_all(
            "all => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1)"
            ".map((one) => one.outerHTML.slice(0, 200))"
        )
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (path, pressed.all_inner_texts(), wide, width) == (path, [], [], A4["width"])
    page.goto(f"{server.url}/staff")
    expect(page.get_by_text("Một Cửa Hà Tĩnh · Cán bộ")).to_have_css("color", "rgb(0, 0, 0)")
    paper = sheets(page)
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert len(paper.pages) <= 6
    assert [words for words in ("Mức độ hài lòng", "50%", "Định nghĩa", "Wilson") if words not in text] == []
    assert [words for words in ("Đăng xuất", "Chọn kỳ", "Tải về") if words in text] == []
