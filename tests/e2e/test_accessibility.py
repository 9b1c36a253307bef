"""The chat for people with a screen reader, large letters, a keyboard only, or colours of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Open
from tests.e2e.talk import BIRTH, BIRTH_CODE, answers, ask, faults, field, options, said, send_button

SIZES = [{"width": 320, "height": 640}, PHONE, {"width": 1280, "height": 800}]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", SIZES)
def test_axe_finds_nothing(open_chat: Open, viewport: dict[str, int], color_scheme: str) -> None:
    # The policy of the page would keep axe itself out.
    page = open_chat(viewport=viewport, color_scheme=color_scheme, bypass_csp=True).page
    assert faults(page) == []
    ask(page, BIRTH_CODE)
    ask(page, "số căn cước của tôi là 042094001234")
    ask(page, "sổ đỏ")
    assert faults(page) == []
    field(page).press_sequentially("khai s")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert faults(page) == []


def test_axe_finds_nothing_without_a_network(open_chat: Open) -> None:
    visit = open_chat(bypass_csp=True)
    visit.context.set_offline(True)
    field(visit.page).fill("khai sinh")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".unsent")).to_be_visible()
    assert faults(visit.page) == []


def test_axe_finds_nothing_without_the_script(open_chat: Open, server_url: str) -> None:
    """Read by a page that has its script, the answer written by the server is the same as without it."""
    visit = open_chat(bypass_csp=True)
    visit.context.route("**/chat.js", lambda route: route.abort())
    visit.page.goto(f"{server_url}/?q={BIRTH_CODE}")
    expect(answers(visit.page)).to_have_count(2)
    assert faults(visit.page) == []


def test_the_whole_way_by_keyboard(open_chat: Open) -> None:
    page = open_chat(viewport=SIZES[2]).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("khai s")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(answers(page).last).to_have_attribute("data-status", "answered")
    # Back from the field: what comes last in the answer is reached first.
    names = []
    for _ in range(11):
        page.keyboard.press("Shift+Tab")
        names.append(page.evaluate("document.activeElement.closest('.actions, .links, .choices')?.className ?? ''"))
    seen = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
    assert seen[:3] == ["choices", "actions", "links"]
    expect(answers(page).last).to_contain_text(BIRTH)


def test_what_a_screen_reader_reads_in_order(open_chat: Open) -> None:
    page = open_chat().page
    ask(page, BIRTH_CODE)
    snapshot = page.locator("body").aria_snapshot()
    places = [
        snapshot.find(text)
        for text in (
            'link "Đến ô viết câu hỏi"',
            'heading "Một Cửa',
            'button "Xóa',
            'log "Cuộc trò chuyện"',
            "Anh/chị viết:",
            f'group "{BIRTH}"',
            'combobox "Anh/chị cần làm thủ tục gì?"',
            'button "Gửi"',
        )
    ]
    assert places == sorted(places)
    assert -1 not in places
    expect(said(page).locator(".visually-hidden")).to_have_text("Anh/chị viết:")


def test_letters_twice_as_large_on_a_small_phone(open_chat: Open) -> None:
    page = open_chat(viewport=SIZES[0]).page
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    ask(page, BIRTH_CODE)
    field(page).press_sequentially("khai s")
    expect(options(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    lost = page.locator("h1, button:visible:not(.default), #text, .bubble p, .links a").evaluate_all(
        """items => items.filter((item) => {
          const box = item.getBoundingClientRect();
          return box.left < 0 || box.right > 320 || item.scrollWidth > item.clientWidth + 1;
        }).map((item) => item.outerHTML)"""
    )
    assert lost == []
    width = field(page).evaluate("item => item.clientWidth")
    assert width >= 200
    page.keyboard.press("Escape")
    send_button(page).scroll_into_view_if_needed()
    expect(send_button(page)).to_be_in_viewport()


def test_nothing_moves_for_those_who_do_not_want_it(open_chat: Open) -> None:
    page = open_chat(reduced_motion="reduce").page
    page.locator("#status").evaluate("item => item.classList.add('thinking')")
    moving = "item => [getComputedStyle(item, '::before').animationName, getComputedStyle(item).transitionDuration]"
    assert page.locator("#status").evaluate(moving) == ["none", "0s"]


def test_with_colours_of_ones_own_everything_has_an_outline(open_chat: Open) -> None:
    page = open_chat(forced_colors="active").page
    ask(page, BIRTH_CODE)
    field(page).press_sequentially("khai s")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    borders = page.locator(".bubble, .choices button, .actions button, .links a, #send, #text, #suggestions")
    styles = borders.evaluate_all("items => items.map((item) => getComputedStyle(item).borderTopStyle)")
    assert set(styles) == {"solid"}
    grounds = options(page).evaluate_all("items => items.map((item) => getComputedStyle(item).backgroundColor)")
    assert grounds[0] not in grounds[1:]


@pytest.mark.parametrize("viewport", SIZES)
def test_all_that_is_tapped_is_large_enough(open_chat: Open, viewport: dict[str, int]) -> None:
    page = open_chat(viewport=viewport, has_touch=True).page
    ask(page, BIRTH_CODE)
    field(page).press_sequentially("khai s")
    expect(options(page).first).to_be_visible()
    small = page.locator("button:visible:not(.default), a:visible:not(.skip), #text, [role=option]").evaluate_all(
        """items => items.filter((item) => item.offsetHeight < 44 || item.offsetWidth < 44)
          .map((item) => item.outerHTML)"""
    )
    assert small == []


def test_enter_without_the_script_sends_the_words(open_chat: Open) -> None:
    page = open_chat(java_script_enabled=False).page
    field(page).fill(BIRTH_CODE)
    page.keyboard.press("Enter")
    expect(said(page).locator(".bubble")).to_have_text(BIRTH_CODE)
    expect(answers(page).last.locator(".bubble p").first).to_have_text(BIRTH)
