"""The commune and the language of the page that led to the chat."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from bot.web.languages import offered
from tests.e2e.conftest import Open
from tests.e2e.talk import BIRTH_CODE, answers, ask, faults, field, said, send_button

in_english = pytest.mark.skipif("en" not in offered(), reason="English is offered once every sentence is written")


def test_the_commune_goes_with_every_message(open_chat: Open, server_url: str) -> None:
    page = open_chat("/?xa=H27.118").page
    with page.expect_request("**/api/chat*") as first:
        field(page).fill(BIRTH_CODE)
        send_button(page).click()
    expect(answers(page)).to_have_count(2)
    with page.expect_request("**/api/chat*") as second:
        answers(page).last.locator(".choices button").first.click()
    bodies = [json.loads(each.value.post_data or "{}") for each in (first, second)]
    assert [(body["commune"], body.get("language"), body.get("visit")) for body in bodies] == [
        ("H27.118", None, None),
        ("H27.118", None, None),
    ]
    assert all(len(body["id"]) <= 40 for body in bodies)
    expect(page).to_have_url(f"{server_url}/?xa=H27.118")


def test_without_the_script_it_goes_with_the_form(open_chat: Open) -> None:
    page = open_chat("/?xa=H27.118", java_script_enabled=False).page
    field(page).fill(BIRTH_CODE)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        send_button(page).click()
    assert "xa=H27.118" in (sent.value.post_data or "")
    expect(page.locator("input[name=xa]")).to_have_value("H27.118")


def test_a_link_with_a_question_keeps_how_it_was_entered(open_chat: Open, server_url: str) -> None:
    page = open_chat(f"/?xa=H27.118&c=tt:{BIRTH_CODE}").page
    expect(answers(page)).to_have_count(2)
    expect(page).to_have_url(f"{server_url}/?xa=H27.118")


@in_english
@pytest.mark.parametrize("script", [True, False])
def test_the_page_changes_its_language(open_chat: Open, server_url: str, script: bool) -> None:
    page = open_chat("/?xa=H27.118", java_script_enabled=script).page
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{server_url}/?xa=H27.118&lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("What do you need to get done?").fill(BIRTH_CODE)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(answers(page)).to_have_count(2)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(field(page)).to_be_visible()


@in_english
def test_in_english_all_that_the_page_says_is_english(open_chat: Open) -> None:
    visit = open_chat("/?lang=en", bypass_csp=True, viewport={"width": 320, "height": 640})
    page = visit.page
    field_ = page.get_by_label("What do you need to get done?")
    with page.expect_request("**/api/chat*") as sent:
        field_.fill(BIRTH_CODE)
        page.keyboard.press("Enter")
    assert json.loads(sent.value.post_data or "{}")["language"] == "en"
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert faults(page) == []
    visit.context.set_offline(True)
    field_.fill("birth")
    page.keyboard.press("Enter")
    expect(page.locator(".unsent")).to_have_text("Waiting for the network to send it")
    expect(page.locator("#network")).to_contain_text("There is no network.")
    expect(said(page)).to_have_count(2)


def test_vietnamese_is_found_from_any_other_language(open_chat: Open) -> None:
    page = open_chat("/?lang=xx").page
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    ask(page, BIRTH_CODE)
