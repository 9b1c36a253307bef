"""Suggestions while typing, by keyboard and by touch."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error, Page, Route, expect

from tests.e2e.conftest import Open
from tests.e2e.talk import answers, field, options, said, send_button

BIRTH = "Khai sinh: đăng ký lần đầu"


def type_and_see(page: Page, text: str) -> None:
    field(page).press_sequentially(text)
    expect(page.get_by_role("listbox", name="Gợi ý")).to_be_visible()


def test_a_suggestion_is_tapped(open_chat: Open) -> None:
    page = open_chat(has_touch=True, is_mobile=True).page
    field(page).tap()
    type_and_see(page, "khai si")
    expect(options(page).first).to_have_text(BIRTH)
    options(page).first.tap()
    expect(answers(page).last).to_have_attribute("data-status", "answered")
    expect(said(page).locator(".bubble")).to_have_text([BIRTH])
    expect(field(page)).to_have_value("")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_keys_of_a_combobox(open_chat: Open) -> None:
    visit = open_chat(viewport={"width": 1280, "height": 800})
    page = visit.page
    combobox = page.get_by_role("combobox", name="Anh/chị cần làm thủ tục gì?")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    combobox.focus()
    type_and_see(page, "khai s")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggested")).to_have_text("Có 6 gợi ý. Bấm phím mũi tên xuống để chọn.")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(combobox).to_have_attribute("aria-activedescendant", options(page).nth(1).get_attribute("id") or "")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    expect(combobox).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(combobox).to_have_value("khai s")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    assert combobox.get_attribute("aria-activedescendant") is None

    page.keyboard.type("i")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    label = options(page).first.inner_text()
    page.keyboard.press("Enter")
    expect(said(page).locator(".bubble")).to_have_text([label])
    expect(answers(page).last).to_have_attribute("data-status", "answered")
    expect(combobox).to_be_focused()
    assert visit.watch.complaints == []


def test_enter_sends_what_is_written_when_nothing_is_chosen(open_chat: Open) -> None:
    page = open_chat().page
    type_and_see(page, "khai sinh")
    page.keyboard.press("Enter")
    expect(said(page).locator(".bubble")).to_have_text(["khai sinh"])
    expect(answers(page)).to_have_count(2)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_going_on_closes_it(open_chat: Open) -> None:
    page = open_chat().page
    type_and_see(page, "khai s")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(send_button(page)).to_be_focused()


def test_only_the_last_of_what_is_typed_is_asked_for(open_chat: Open) -> None:
    visit = open_chat()
    type_and_see(visit.page, "khai sinh")
    asked = [url for url in visit.watch.requests if "/api/suggest" in url]
    assert asked[-1].endswith("q=khai+sinh")
    assert len(asked) < len("khai sinh")


def test_a_late_answer_to_earlier_words_is_not_shown(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.context.route("**/api/suggest?q=khai+s", hold)
    with page.expect_request("**/api/suggest?q=khai+s"):
        field(page).fill("khai s")
    field(page).fill("ket ho")
    expect(options(page).first).to_contain_text("ết hôn")
    with suppress(Error):
        # The page does not wait for it any more.
        held[0].fulfill(json={"suggestions": [{"id": "start", "label": "Muộn"}]})
    with page.expect_response("**/api/suggest?q=ket+hon"):
        field(page).fill("ket hon")
    expect(options(page).filter(has_text="Muộn")).to_have_count(0)


def test_what_may_be_private_does_not_leave_while_it_is_typed(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    for typed in ("khai sinh 0912", "can cuoc 042 0", "thu a@", "k", "12 3"):
        field(page).fill(typed)
    field(page).fill("")
    field(page).fill("khai sinh")
    expect(options(page).first).to_be_visible()
    assert [url.partition("?")[2] for url in visit.watch.requests if "/api/suggest" in url] == ["q=khai+sinh"]


def test_it_covers_neither_the_field_nor_the_button(open_chat: Open) -> None:
    for width, height in ((320, 640), (320, 340), (390, 844), (1280, 800)):
        page = open_chat(viewport={"width": width, "height": height}).page
        type_and_see(page, "khai s")
        box = page.locator("#suggestions").bounding_box()
        button, own = send_button(page).bounding_box(), field(page).bounding_box()
        assert box is not None
        assert button is not None
        assert own is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= min(button["y"], own["y"])
        assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True)
        assert min(height for height in options(page).evaluate_all(HEIGHTS)) >= 44


HEIGHTS = "items => items.map((item) => item.getBoundingClientRect().height)"


def test_without_suggestions_the_chat_goes_on(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    visit.context.route("**/api/suggest*", lambda route: route.fulfill(status=500, body="{"))
    with page.expect_response("**/api/suggest*"):
        field(page).fill("khai sinh")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)


def test_several_lines_pasted_stay_words(open_chat: Open) -> None:
    page = open_chat().page
    field(page).focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "khai\\nsinh  cho\\r\\ncon");
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(paste);
        }"""
    )
    expect(field(page)).to_have_value("khai sinh cho con")
