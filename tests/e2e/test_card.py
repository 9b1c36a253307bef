"""Copying, sharing and printing a card."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.talk import BIRTH, BIRTH_CODE, QUESTION, answers, ask

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
SHARES = "window.shared = []; navigator.share = async (page) => { window.shared.push(page); };"
CANNOT_SHARE = "Object.defineProperty(navigator, 'share', { value: undefined });"
CHANGES_MIND = "navigator.share = async () => { throw new DOMException('', 'AbortError'); };"
PRINTS = "window.print = () => { window.printed = document.documentElement.className; };"


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def press(page: Page, name: str) -> None:
    page.get_by_role("group", name=BIRTH).get_by_role("button", name=name, exact=True).click()


def test_only_cards_have_buttons(open_chat: Open) -> None:
    page = open_chat().page
    expect(page.get_by_role("button", name="Chép")).to_have_count(0)
    ask(page, "xin chào")
    expect(page.get_by_role("button", name="Chép")).to_have_count(0)
    ask(page, BIRTH_CODE)
    buttons = page.get_by_role("group", name=BIRTH).get_by_role("button")
    expect(buttons).to_have_text(["Chép", "Chia sẻ", "In"])
    page.reload()
    expect(buttons).to_have_text(["Chép", "Chia sẻ", "In"])


def test_a_card_is_copied_with_its_links(open_chat: Open, server_url: str) -> None:
    visit = open_chat(permissions=["clipboard-read", "clipboard-write"])
    card = ask(visit.page, QUESTION)
    press(visit.page, "Chép")
    expect(visit.page.locator("#status")).to_have_text("Đã chép câu trả lời.")
    lines = clipboard(visit.page).splitlines()
    assert lines[0] == BIRTH
    shown = [link.get_attribute("href") for link in card.get_by_role("link").all()]
    assert [line.partition(": ")[2] for line in lines if ": https://" in line] == shown
    assert lines[-1] == f"{server_url}/tt/{BIRTH_CODE}"


def test_a_card_is_copied_where_there_is_no_clipboard(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    page.add_init_script(NO_CLIPBOARD)
    page.reload()
    ask(page, QUESTION)
    page.evaluate("document.addEventListener('copy', () => { window.copied = getSelection().toString(); })")
    press(page, "Chép")
    expect(page.locator("#status")).to_have_text("Đã chép câu trả lời.")
    expect(page.get_by_role("button", name="Chép")).to_be_focused()
    assert page.locator("body > textarea").count() == 0


def test_where_nothing_can_be_copied_it_is_said(open_chat: Open) -> None:
    page = open_chat().page
    page.add_init_script(NO_CLIPBOARD + "document.execCommand = () => false;")
    page.reload()
    ask(page, QUESTION)
    press(page, "Chép")
    expect(page.locator("#status")).to_have_text("Máy không cho chép. Anh/chị giữ tay trên chữ để chép.")


def test_the_public_page_is_shared(open_chat: Open, server_url: str) -> None:
    page = open_chat().page
    page.add_init_script(SHARES)
    page.reload()
    ask(page, QUESTION)
    press(page, "Chia sẻ")
    shared = {"title": BIRTH, "text": BIRTH, "url": f"{server_url}/tt/{BIRTH_CODE}"}
    assert page.evaluate("window.shared") == [shared]
    expect(page.locator("#status")).to_have_text("")


def test_without_a_way_to_share_the_link_is_copied(open_chat: Open, server_url: str) -> None:
    page = open_chat(permissions=["clipboard-read", "clipboard-write"]).page
    page.add_init_script(CANNOT_SHARE)
    page.reload()
    ask(page, QUESTION)
    press(page, "Chia sẻ")
    expect(page.locator("#status")).to_have_text("Đã chép. Anh/chị dán vào tin nhắn để gửi.")
    assert clipboard(page) == f"{server_url}/tt/{BIRTH_CODE}"


def test_who_changes_their_mind_is_left_alone(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    page.add_init_script(CHANGES_MIND)
    page.reload()
    ask(page, QUESTION)
    press(page, "Chia sẻ")
    expect(page.locator("#status")).to_have_text("")
    assert visit.watch.complaints == []


def test_one_card_is_printed(open_chat: Open, server_url: str) -> None:
    page = open_chat().page
    page.add_init_script(PRINTS)
    page.reload()
    ask(page, "1.000656")
    card = ask(page, BIRTH_CODE)
    press(page, "In")
    assert page.evaluate("window.printed") == "print-one"
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("header", "form", "#kept-here", ".choices", ".actions", ".skip"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(answers(page).filter(visible=True)).to_have_count(1)
    expect(page.locator(".from-person").filter(visible=True)).to_have_count(0)
    expect(card).to_contain_text(re.compile(r"Nguồn: .* ngày \d+/\d+/\d{4}"))
    expect(card.locator(".address")).to_have_text(f"{server_url}/tt/{BIRTH_CODE}")
    expect(card.locator(".printed")).to_have_text(re.compile(r"^.+ trả lời tự động, in ngày \d+/\d+/\d{4}\.$"))
    links = card.get_by_role("link").evaluate_all(
        "items => items.map((item) => getComputedStyle(item, '::after').content === JSON.stringify(item.href) ||"
        " getComputedStyle(item, '::after').content === JSON.stringify(item.getAttribute('href')))"
    )
    assert links == [True, True]
    inks = card.locator(".bubble p, a").evaluate_all("items => items.map((item) => getComputedStyle(item).color)")
    assert set(inks) == {"rgb(0, 0, 0)"}

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(answers(page).filter(visible=True)).to_have_count(3)
    page.emulate_media(media="screen")
    expect(page.locator("header")).to_be_visible()


def test_the_whole_conversation_is_printed_by_the_browsers_own_command(open_chat: Open) -> None:
    page = open_chat().page
    ask(page, BIRTH_CODE)
    page.emulate_media(media="print")
    expect(answers(page).filter(visible=True)).to_have_count(2)
    expect(page.locator(".from-person").filter(visible=True)).to_have_count(1)
    expect(page.locator("#text")).to_be_hidden()
