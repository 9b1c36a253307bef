"""Editors publish a new list and say things beside it; citizens have both within seconds, and lose both so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.operations.times import now
from bot.ratings.periods import day_of
from tests.e2e.conftest import PHONE, Open
from tests.e2e.desk import (
    HEAD,
    confirm,
    expect_saved,
    fill_in_decision,
    finding,
    preview,
    save_previewed,
    spreadsheet,
    take_back,
    upload,
)
from tests.e2e.office import cells, hire, log_in, settle_in
from tests.e2e.process import ROOT, Server, serving
from tests.e2e.talk import answers, faults

DESK = {"width": 1280, "height": 900}
SECONDS_TO_CHANGE = 90
BIRTH, COPY, LAND, STAY, PETS, GROUP = "1.900001", "1.900002", "1.900003", "1.900005", "1.900009", "1.900008"
DECISION = "77/QĐ-UBND"
LIST = spreadsheet(
    (BIRTH, "Đăng ký khai sinh trực tuyến", "Hộ tịch", "UBND phường Bình Mẫu\nUBND xã An Mẫu", "Toàn trình"),
    (COPY, "Cấp bản sao trích lục hộ tịch", "Hộ tịch", "H99\nUBND phường Bình Mẫu", "Toàn trình"),
    (STAY, "Đăng ký tạm trú, thường trú", "Cư trú", "", ""),
    (PETS, "Đăng ký nuôi chó mèo", "Hộ tịch", "UBND xã An Mẫu", "Một phần"),
    ("1900007", "Đăng ký tổ hợp tác", "Hộ tịch", "UBND xã An Mẫu", "Toàn trình"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("editors")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    province = str(ROOT / "tests" / "fixtures" / "second_province")
    with serving(data, CATALOG_DIR=province, MAX_MESSAGES_PER_MINUTE="0") as started:
        yield started


@pytest.fixture(scope="module")
def once(data: Path) -> str:
    return hire(data, "huong", "Trần Thu Hương", "editor")


def until(shown: Callable[[], str], wanted: str) -> None:
    """Ask again and again; every asking is a page that is loaded."""
    deadline = time.monotonic() + SECONDS_TO_CHANGE
    while wanted not in (seen := shown()):
        assert time.monotonic() < deadline, f"not {wanted!r} within {SECONDS_TO_CHANGE} s, but {seen!r}"


class Phone:
    """A citizen's."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self._url = page, url

    def hears(self, words: str) -> str:
        """The answer of the chat, without the names of its buttons."""
        self.page.goto(f"{self._url}/?q={words}")
        said: str = answers(self.page).last.locator(".bubble").inner_text()
        return said

    def reads(self, code: str) -> str:
        """The procedure's page."""
        self.page.goto(f"{self._url}/tt/{code}")
        text: str = self.page.locator("main").inner_text()
        return text


def test_a_new_list_reaches_citizens_and_is_put_back(open_chat: Open, server: Server, once: str) -> None:
    visit = open_chat("/staff/dang-nhap", viewport=DESK, bypass_csp=True)
    page, citizen = visit.page, Phone(open_chat(viewport=PHONE, bypass_csp=True).page, server.url)
    settle_in(page, server.url, "huong", once)
    assert "Tách thửa hoặc hợp thửa đất" in citizen.hears(LAND)
    assert "Đăng ký nuôi chó mèo" not in citizen.hears("đăng ký nuôi chó mèo")

    draft = upload(page, server.url, "danh-muc.xlsx", LIST, reason="danh mục tháng 12")
    columns = page.locator("details dl")
    assert columns.get_by_role("definition").all_inner_texts() == list(HEAD)
    assert faults(page) == []
    expect(page.get_by_role("link", name="Sang trang công bố")).to_have_count(0)
    # One by one, with what stands in the list mended by a person …
    wrong = finding(page, "Mã ghi là 1900007, không đúng dạng.")
    wrong.get_by_label("Mã đúng").fill(GROUP)
    wrong.get_by_label("Mã đúng").press("Enter")
    expect_saved(page)
    finding(page, f"Mã {BIRTH} đổi tên.").get_by_role("button", name="Đồng ý", exact=True).click()
    expect_saved(page)
    # … and all of a kind at once.
    page.get_by_role("navigation", name="Theo loại").get_by_role("link", name="Không còn trong danh mục").click()
    page.get_by_role("link", name="Đồng ý tất cả 1 đề xuất của loại này").click()
    page.get_by_role("main").get_by_role("button").click()
    expect_saved(page)
    page.get_by_role("link", name="Xem thay đổi").click()
    everywhere = "Ủy ban nhân dân xã An Mẫu"
    assert page.locator("main li").all_inner_texts() == [
        f"{GROUP} Đăng ký tổ hợp tác: toàn trình: {everywhere}",
        f"{PETS} Đăng ký nuôi chó mèo: một phần: {everywhere}",
        f"{LAND} Tách thửa hoặc hợp thửa đất: một phần: Sở Nông nghiệp và Môi trường",
        f"{BIRTH} Thủ tục đăng ký khai sinh → Đăng ký khai sinh trực tuyến",
        f"{COPY} Cấp bản sao trích lục hộ tịch (cấp xã): một phần, thử nghiệm: {everywhere}",
    ]
    page.goto(server.url + draft)
    page.get_by_role("link", name="Sang trang công bố").click()

    today = day_of(now())
    fill_in_decision(page, DECISION, today.isoformat())
    facts = page.locator("dl.facts")
    assert facts.get_by_role("definition").all_inner_texts() == [
        f"{today:%d/%m/%Y}",
        f"{DECISION} ngày {today.day}/{today.month}/{today.year}",
    ]
    changes = ["Thủ tục mới: 2", "Không còn trong danh mục: 1", "Đổi tên: 1", "Bớt cơ quan giải quyết: 1"]
    assert page.locator("summary").all_inner_texts() == changes
    assert faults(page) == []
    assert "Tách thửa hoặc hợp thửa đất" in citizen.hears(LAND)
    confirm(page, "Công bố", "Danh mục mới")

    until(lambda: citizen.hears("đăng ký nuôi chó mèo"), "Đăng ký nuôi chó mèo")
    assert "Đăng ký tổ hợp tác" in citizen.hears(GROUP)
    day = f"{today.day}/{today.month}/{today.year}"
    gone = f"không còn trong danh mục của tỉnh Mẫu từ ngày {day}, theo văn bản {DECISION}."
    assert gone in citizen.hears(LAND)
    assert gone in citizen.reads(LAND)
    assert faults(citizen.page) == []
    assert "Đăng ký nuôi chó mèo" in citizen.reads(PETS)

    page.get_by_role("link", name="Trở lại danh mục cài sẵn").click()
    confirm(page, "Trở lại bản này", "Danh mục mới còn lỗi")
    until(lambda: citizen.hears(LAND), "Làm được một phần trên mạng")
    assert "không còn trong danh mục" not in citizen.reads(LAND)
    assert "Đăng ký nuôi chó mèo" not in citizen.hears("đăng ký nuôi chó mèo")
    assert visit.watch.complaints == []


def test_what_editors_say_is_heard_and_taken_back(open_chat: Open, server: Server) -> None:
    visit = open_chat("/staff/dang-nhap", viewport=DESK, bypass_csp=True)
    page, citizen = visit.page, Phone(open_chat(viewport=PHONE).page, server.url)
    log_in(page, server.url, "huong")
    today = day_of(now())
    days = {"first": today.isoformat(), "last": (today + timedelta(days=30)).isoformat()}
    phrase, why = "làm giấy cho bé mới sinh", "Đang chờ văn bản mới của tỉnh."
    notice, lower = "Cổng bảo trì tối thứ Bảy.", "Nộp trên mạng thì lệ phí giảm một nửa."
    part, source = "Cán bộ phải đến đo đạc tại thửa đất.", "Quyết định 12 của tỉnh Mẫu"
    said = (
        ("Ghim câu trả lời cho một câu", {"phrase": phrase, "code": BIRTH}, "Đăng ký khai sinh"),
        ("Tạm ẩn một dịch vụ", {"code": COPY, "text": why}, why),
        ("Thêm thông báo", {"scope": "procedure", "code": BIRTH, "text": notice, **days}, notice),
        ("Thêm lợi ích khi nộp trên mạng", {"code": BIRTH, "text": lower, "source": source, **days}, lower),
        ("Ghi vì sao chỉ làm được một phần", {"code": LAND, "text": part, "source": source}, part),
    )
    assert notice not in citizen.hears(phrase)
    for kind, fields, read in said:
        shown = preview(page, server.url, kind, **fields)
        expect(shown).to_contain_text(read)
        save_previewed(page)
    until(lambda: citizen.hears(LAND), part)
    birth = citizen.hears(phrase)
    assert [words for words in ("Đăng ký khai sinh", notice, lower, source) if words not in birth] == []
    assert [words for words in (notice, lower, source) if words not in citizen.reads(BIRTH)] == []
    hidden = f"Lý do: {why}"
    assert (hidden in citizen.hears(COPY), hidden in citizen.reads(COPY)) == (True, True)
    assert part in citizen.reads(LAND)

    for words in (notice, lower, part, why, phrase):
        take_back(page, server.url, words)
    expect(page.get_by_text("Chưa có gì.")).not_to_have_count(0)
    until(lambda: citizen.hears(COPY), "Mã 1.900002")
    assert [words for words in (notice, lower) if words in citizen.hears(BIRTH)] == []
    assert part not in citizen.reads(LAND)
    assert visit.watch.complaints == []


def test_the_log_names_all_of_it(open_chat: Open, server: Server, data: Path) -> None:
    page = open_chat("/staff/dang-nhap", viewport=DESK).page
    settle_in(page, server.url, "lan", hire(data, "lan", "Nguyễn Thị Lan", "admin"))
    page.get_by_role("link", name="Nhật ký").click()
    done = [(row[2], row[3], row[5]) for row in cells(page, "log")[1:] if row[1] == "huong"]
    draft, decided = "Bản nháp số 1", ("Chọn ở chỗ cần xem", "Bản nháp số 1", "")
    assert [row for row in done if row[1] != "huong"] == [
        *(("Rút lời biên tập", f"Lời biên tập số {number}", "Đã xong") for number in (1, 2, 5, 4, 3)),
        *(("Thêm lời biên tập", f"Lời biên tập số {number}", "") for number in (5, 4, 3, 2, 1)),
        ("Trở lại danh mục trước", "Danh mục số 2", "Danh mục mới còn lỗi"),
        ("Công bố danh mục", "Danh mục số 1", "Danh mục mới"),
        ("Công bố danh mục", draft, "Danh mục mới"),
        *(decided, decided, decided),
        ("Nhập danh mục", draft, "danh mục tháng 12"),
    ]
