"""What tests of the chat do and look at, in the words of a citizen."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Locator, Page, expect

QUESTION = "mần giấy khai sinh cho con cần chi"
BIRTH = "Đăng ký khai sinh"
BIRTH_CODE = "1.001193"

Where = Page | FrameLocator
"""The page, or the frame that the chat is shown in."""


def answers(where: Where) -> Locator:
    return where.locator(".from-assistant")


def said(where: Where) -> Locator:
    return where.locator(".from-person")


def field(where: Where) -> Locator:
    return where.get_by_label("Anh/chị cần làm thủ tục gì?")


def send_button(where: Where) -> Locator:
    return where.get_by_role("button", name="Gửi", exact=True)


def options(where: Where) -> Locator:
    return where.get_by_role("option")


def ask(where: Where, text: str) -> Locator:
    """Type a question, send it, and wait for its answer."""
    before = answers(where).count()
    field(where).fill(text)
    send_button(where).click()
    expect(answers(where)).to_have_count(before + 1)
    return answers(where).last


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule, and where."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]
