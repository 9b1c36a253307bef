"""People see what is held of them, take it along, have it deleted, and prove it the next day in another browser."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from bot.ratings.periods import VIETNAM
from bot.texts import load_texts
from tests.e2e.conftest import PHONE, Open
from tests.e2e.talk import answers, ask, faults, said

TEXTS = load_texts("vi")
DESK = {"width": 1280, "height": 900}
OWN, RECEIPT = "/du-lieu-cua-toi", "/bien-nhan-xoa"
KEPT = "() => Object.values(localStorage).join(' ')"
COMMUNE = "phường Thành Sen"


def remember(page: Page) -> None:
    """Two messages, after which there is something of this person."""
    ask(page, "lam giay khai sinh")
    expect(ask(page, "toi o phuong thanh sen")).to_contain_text(f"anh/chị ở {COMMUNE}")


def delete(page: Page) -> str:
    """As a person does, by a tap; the address of the receipt."""
    ask(page, "xoa du lieu cua toi").get_by_role("button", name="Xóa ngay").tap()
    expect(page.locator("[data-status=erased]")).to_be_visible()
    address = page.get_by_role("link", name="Xem biên nhận xóa dữ liệu").get_attribute("href")
    assert address is not None
    return address


def test_what_is_held_is_shown_and_taken_along(open_chat: Open, server_url: str) -> None:
    visit = open_chat(bypass_csp=True, has_touch=True, accept_downloads=True)
    page = visit.page
    remember(page)
    shown = ask(page, "cho toi xem du lieu cua toi")
    expect(shown.locator(".bubble")).to_contain_text(f"Hiện tôi nhớ anh/chị ở {COMMUNE}.")
    address = shown.get_by_role("link").get_attribute("href")
    assert address == server_url + OWN
    page.goto(address)
    assert faults(page) == []
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải dữ liệu của tôi").tap()
    assert got.value.suggested_filename == "du-lieu-cua-toi.json"
    held = {part["table"]: part for part in json.loads(got.value.path().read_text(encoding="utf-8"))["held"]}
    assert held["conversations"]["rows"][0]["state"]["profile"]["commune"] == "H27.118"
    assert held["events"]["count"] == 4
    assert visit.watch.complaints == []

    stranger = open_chat(OWN).page
    expect(stranger.locator("main p").first).to_have_text(TEXTS.get("own.page.unknown").split("\n")[0])
    expect(stranger.get_by_role("button", name="Tải dữ liệu của tôi")).to_have_count(0)


def test_who_takes_it_too_often_waits_and_presses_again(open_chat: Open, server_url: str) -> None:
    page = open_chat(bypass_csp=True).page
    ask(page, "khai sinh")
    page.goto(server_url + OWN)
    for _ in range(3):
        with page.expect_download():
            page.get_by_role("button", name="Tải dữ liệu của tôi").click()
    page.get_by_role("button", name="Tải dữ liệu của tôi").click()
    expect(page.locator("main p").first).to_have_text(TEXTS.get("own.too_often"))
    expect(page.get_by_role("button", name="Tải dữ liệu của tôi")).to_be_visible()
    assert faults(page) == []


def test_after_a_deletion_nothing_but_the_receipt_is_left_on_the_device(open_chat: Open) -> None:
    page = open_chat(has_touch=True).page
    remember(page)
    assert "khai sinh" in page.evaluate(KEPT)
    assert COMMUNE in page.evaluate(KEPT)
    number = delete(page).rpartition("/")[2]
    for _ in ("before", "after a reload"):
        expect(answers(page)).to_have_count(2)
        expect(said(page)).to_have_count(1)
        kept = page.evaluate(KEPT)
        assert (number in kept, "khai sinh" in kept, COMMUNE in kept) == (True, False, False)
        assert COMMUNE not in page.locator("#messages").inner_text()
        page.reload()
    expect(ask(page, "xem du lieu cua toi").locator(".bubble")).to_have_text(TEXTS.get("own.nothing"))


def test_asked_for_by_the_plain_form_a_deletion_leaves_nothing_either(open_chat: Open, server_url: str) -> None:
    visit = open_chat()
    page = visit.page
    remember(page)
    visit.context.route("**/chat.js", lambda route: route.abort())
    page.goto(f"{server_url}/?q=xoa+du+lieu+cua+toi")
    # The script comes with the answer: it finds what it kept before.
    visit.context.unroute("**/chat.js")
    page.get_by_role("button", name="Xóa ngay").click()
    expect(page.locator("[data-status=erased]")).to_be_visible()
    expect(page.locator("#clear")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert ("khai sinh" in kept, COMMUNE in kept, "BNX-" in kept) == (False, False, True)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_receipt_is_checked_in_another_browser(
    open_chat: Open, server_url: str, viewport: dict[str, int], color_scheme: str
) -> None:
    page = open_chat(has_touch=True).page
    remember(page)
    path = delete(page).removeprefix(server_url)
    number = path.removeprefix(f"{RECEIPT}/")
    day = datetime.now(VIETNAM)

    other = open_chat(path, viewport=viewport, color_scheme=color_scheme, bypass_csp=True).page
    lines = other.locator("main p").all_inner_texts()
    assert lines[0].startswith("Biên nhận này đúng là của tôi. Dữ liệu đã xóa xong lúc ")
    assert lines[-2:] == [TEXTS.get("receipt.nameless"), TEXTS.get("receipt.number", number=number)]
    assert str(day.year) in lines[0]
    assert faults(other) == []
    assert other.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    other.get_by_role("link", name="English").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Receipt of a deletion")
    expect(other.locator("main p").last).to_have_text(f"Receipt number: {number}")

    wrong = number[:-1] + ("1" if number.endswith("0") else "0")
    other.goto(f"{server_url}{RECEIPT}/{wrong}")
    expect(other.locator("main p")).to_have_text(TEXTS.get("receipt.unknown").split("\n"))
    assert faults(other) == []
    # As it is copied by hand into the chat.
    other.goto(server_url)
    checked = ask(other, f"so bien nhan {number.replace('-', ' ').lower()}")
    expect(checked.locator(".bubble p").first).to_have_text(lines[0])
