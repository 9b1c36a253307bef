"""The chat as a citizen uses it, in a browser."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Open
from tests.e2e.talk import BIRTH, QUESTION, answers, ask

MOST_BYTES = 100_000
"""Of a first load, headers and all, over the air."""
_BYTES = "[...performance.getEntries()].reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"
STORAGE_KEY = "mot-cua.conversation"


def open_birth_card(page: Page) -> Locator:
    return ask(page, "1.001193")


def test_a_newcomer_is_greeted(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Một Cửa Hà Tĩnh")
    expect(answers(page)).to_have_count(1)
    expect(answers(page).get_by_role("button").first).to_be_visible()
    expect(page.get_by_role("button", name="Xóa trò chuyện")).to_be_hidden()
    assert visit.context.cookies() == []
    assert visit.watch.complaints == []


def test_a_first_load_is_small(open_chat: Open) -> None:
    page = open_chat().page
    page.wait_for_load_state("networkidle")
    assert 0 < page.evaluate(_BYTES) < MOST_BYTES


def test_the_first_question_is_answered_with_the_card_and_the_portal(open_chat: Open) -> None:
    visit = open_chat()
    card = ask(visit.page, QUESTION)
    expect(card).to_have_attribute("data-status", "answered")
    expect(card.locator(".bubble p").first).to_have_text(BIRTH)
    expect(card.locator(".bubble")).to_contain_text("1.001193")
    link = card.get_by_role("link").first
    assert (link.get_attribute("href") or "").startswith("https://dichvucong.gov.vn/")
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
    expect(link).to_contain_text("dichvucong.gov.vn")
    expect(visit.page.locator(".from-person .bubble")).to_have_text([QUESTION])
    assert visit.watch.complaints == []


def test_a_choice_is_tapped(open_chat: Open) -> None:
    page = open_chat(has_touch=True).page
    label = "Gia đình, giấy tờ, đi lại"
    answers(page).get_by_role("button", name=label).tap()
    expect(answers(page)).to_have_count(2)
    expect(page.locator(".from-person .bubble")).to_have_text([label])
    expect(answers(page).last).to_have_attribute("data-status", "browsed")
    answers(page).last.get_by_role("button").first.tap()
    expect(answers(page)).to_have_count(3)


def test_a_number_means_the_choice_on_the_screen(open_chat: Open) -> None:
    page = open_chat().page
    label = answers(page).get_by_role("button").nth(1).inner_text()
    reply = ask(page, "2")
    expect(reply.locator(".bubble")).to_contain_text(label, ignore_case=True)


def test_the_conversation_survives_a_reload_and_can_be_cleared(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    expect(page.get_by_text("Cuộc trò chuyện chỉ lưu trên máy này")).to_be_hidden()
    open_birth_card(page)
    expect(page.get_by_text("Cuộc trò chuyện chỉ lưu trên máy này")).to_be_visible()
    before = page.locator("#messages").inner_text()
    page.reload()
    expect(answers(page)).to_have_count(2)
    assert page.locator("#messages").inner_text() == before

    page.get_by_role("button", name="Xóa trò chuyện").click()
    expect(answers(page)).to_have_count(1)
    expect(page.locator("#status")).to_have_text("Đã xóa trò chuyện trên máy này.")
    expect(page.get_by_label("Anh/chị cần làm thủ tục gì?")).to_be_focused()
    page.reload()
    expect(answers(page)).to_have_count(1)
    assert visit.watch.complaints == []


def test_a_conversation_of_another_day_or_of_another_make_is_forgotten(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    old = {"at": 0, "exchanges": [{"said": "cũ", "private": False, "reply": {}}]}
    for saved in ("{", json.dumps(old), json.dumps({"at": 9e15, "exchanges": [None, {"said": 5}, "x"]})):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [STORAGE_KEY, saved])
        page.reload()
        expect(page.locator(".from-person")).to_have_count(0)
        open_birth_card(page)
    assert visit.watch.complaints == []


def test_the_keyboard_is_enough(open_chat: Open) -> None:
    page = open_chat(viewport={"width": 1280, "height": 800}).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô viết câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Anh/chị cần làm thủ tục gì?")).to_be_focused()
    page.keyboard.type("1.001193")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)
    expect(page.get_by_label("Anh/chị cần làm thủ tục gì?")).to_be_focused()
    expect(page.get_by_label("Anh/chị cần làm thủ tục gì?")).to_have_value("")
    page.keyboard.press("Shift+Tab")
    expect(answers(page).last.get_by_role("button").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(3)


def test_enter_on_nothing_asks_nothing(open_chat: Open) -> None:
    visit = open_chat()
    visit.page.get_by_label("Anh/chị cần làm thủ tục gì?").fill("  \n ")
    visit.page.get_by_role("button", name="Gửi", exact=True).click()
    expect(visit.page.get_by_label("Anh/chị cần làm thủ tục gì?")).to_be_focused()
    assert [url for url in visit.watch.requests if "/api/chat" in url] == []


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256), (390, 844), (1280, 800)])
def test_nothing_runs_out_of_the_screen(open_chat: Open, width: int, height: int) -> None:
    page = open_chat(viewport={"width": width, "height": height}).page
    open_birth_card(page)
    ask(page, "w" * 400)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.getElementById('log').scrollWidth <= document.getElementById('log').clientWidth")
    small = page.locator("button:visible:not(.default), a:visible:not(.skip), #text").evaluate_all(
        "items => items.filter((item) => item.getBoundingClientRect().height < 44).map((item) => item.outerHTML)"
    )
    assert small == []
    sizes = page.locator(".bubble p").first.evaluate("item => parseFloat(getComputedStyle(item).fontSize)")
    assert sizes >= 18


def test_markup_is_shown_as_text(open_chat: Open) -> None:
    visit = open_chat()
    typed = "<img src=x onerror=\"document.title='x'\"><script>document.title='x'</script> & **đậm**"
    ask(visit.page, typed)
    expect(visit.page.locator(".from-person .bubble")).to_have_text(typed)
    visit.page.reload()
    expect(visit.page.locator(".from-person .bubble")).to_have_text(typed)
    assert visit.page.locator("#messages img, #messages script").count() == 0
    assert visit.page.title() != "x"
    assert visit.watch.complaints == []


def test_private_numbers_leave_the_page_and_the_device(open_chat: Open) -> None:
    page = open_chat().page
    ask(page, "số căn cước của tôi là 042094001234")
    expect(page.locator(".from-person .bubble")).to_have_text("(Lời nhắn có số riêng tư, đã ẩn.)")
    assert "042094001234" not in page.content()
    assert "042094001234" not in page.evaluate("key => localStorage.getItem(key)", STORAGE_KEY)
    page.reload()
    expect(page.locator(".from-person .bubble")).to_have_text("(Lời nhắn có số riêng tư, đã ẩn.)")


def test_a_server_out_of_reach_is_told_and_the_message_sent_again(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    visit.context.route("**/api/chat*", lambda route: route.abort())
    page.get_by_label("Anh/chị cần làm thủ tục gì?").fill("1.001193")
    page.keyboard.press("Enter")
    expect(page.locator(".unsent")).to_contain_text("Chưa gửi được.")
    visit.context.unroute("**/api/chat*")
    page.get_by_role("button", name="Gửi lại").click()
    expect(answers(page)).to_have_count(2)
    expect(page.locator(".unsent")).to_have_count(0)
    expect(page.locator(".from-person")).to_have_count(1)


def test_a_refused_message_is_told_without_offering_it_again(open_chat: Open) -> None:
    page = open_chat().page
    page.get_by_label("Anh/chị cần làm thủ tục gì?").fill("a " * 9000)
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_contain_text("Lời nhắn quá dài.")
    expect(page.get_by_role("button", name="Gửi lại")).to_have_count(0)
    open_birth_card(page)
    expect(page.locator(".problem")).to_have_count(0)


def test_one_message_at_a_time(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.context.route("**/api/chat*", hold)
    choices = answers(page).get_by_role("button")
    with page.expect_request("**/api/chat*"):
        choices.first.click()
    choices.nth(1).click()
    choices.first.dblclick()
    expect(page.locator("#status")).to_have_text("Đang tìm câu trả lời…")
    expect(page.locator(".from-person")).to_have_count(1)
    assert len(held) == 1
    held[0].continue_()
    expect(answers(page)).to_have_count(2)
    expect(page.locator("#status")).to_have_text("")


def test_a_link_from_elsewhere_asks_once(open_chat: Open, server_url: str) -> None:
    page = open_chat("/?c=tt:1.001193").page
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last.locator(".bubble p").first).to_have_text(BIRTH)
    expect(page).to_have_url(f"{server_url}/")
    page.reload()
    expect(answers(page)).to_have_count(2)


def test_it_works_without_the_script(open_chat: Open) -> None:
    page = open_chat(java_script_enabled=False).page
    label = answers(page).get_by_role("button").first.inner_text()
    page.get_by_label("Anh/chị cần làm thủ tục gì?").fill("1")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last).to_contain_text(label, ignore_case=True)
    answers(page).last.get_by_role("button").first.click()
    expect(page.locator(".from-person")).to_have_count(0)
    page.get_by_label("Anh/chị cần làm thủ tục gì?").fill("1.001193")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".from-person .bubble")).to_have_text("1.001193")
    expect(answers(page).last.get_by_role("link").first).to_contain_text("dichvucong.gov.vn")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(open_chat: Open, color_scheme: str) -> None:
    page = open_chat(color_scheme=color_scheme).page
    open_birth_card(page)
    ratios = page.evaluate(CONTRASTS, [".bubble p", ".choices button", ".links a", "#send", "h1", "form label"])
    assert {selector: ratio for selector, ratio in ratios.items() if ratio < 7} == {}


CONTRASTS = """
(selectors) => {
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const lowest = {};
  for (const selector of selectors) {
    lowest[selector] = Math.min(...[...document.querySelectorAll(selector)].map((element) => {
      const pair = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
      return (pair[0] + 0.05) / (pair[1] + 0.05);
    }));
  }
  return lowest;
}
"""
