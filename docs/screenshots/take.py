"""Takes the pictures beside this file of the running assistant: `python -m docs.screenshots.take [chat|staff|top]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from docs.screenshots.staff import furnish, take_staff
from docs.screenshots.terminal import take_top
from tests.e2e.conftest import FLAGS, PHONE, chromium
from tests.e2e.process import free_port, serving

HERE = Path(__file__).parent
BEGINNING = "khai s"
QUESTION = "mần giấy khai sinh cho con cần chi"
DESKTOP = {"width": 1100, "height": 800}
ACCOUNTS = {"ZALO_OA_ID": "1234567890", "TELEGRAM_BOT_USERNAME": "vidu_motcua_bot"}
"""As if it could be written to there too; nothing is connected without a token."""


def take(browser: Browser, url: str, name: str, size: dict[str, int], *, touch: bool) -> None:
    """One picture of the question and its card, as a person has them on the screen; fails where there is no card."""
    viewport = ViewportSize(width=size["width"], height=size["height"])
    context = browser.new_context(viewport=viewport, has_touch=touch, is_mobile=touch, reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    page.locator("#text").fill(QUESTION)
    page.locator("#send").click()
    expect(page.locator(".from-assistant").nth(1)).to_have_attribute("data-status", "answered")
    page.screenshot(path=HERE / f"{name}.png")
    context.close()


def take_suggestions(browser: Browser, url: str) -> None:
    """The suggestions below a phone's thumb; fails where there are none."""
    viewport = ViewportSize(width=PHONE["width"], height=PHONE["height"])
    context = browser.new_context(viewport=viewport, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    page.locator("#text").press_sequentially(BEGINNING)
    expect(page.get_by_role("option").first).to_be_visible()
    page.screenshot(path=HERE / "suggestions.png")
    context.close()


def take_page(browser: Browser, url: str, name: str, size: dict[str, int]) -> None:
    """The top of a page to read."""
    page = browser.new_page(viewport=ViewportSize(width=size["width"], height=size["height"]))
    page.goto(url)
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


def take_chat(browser: Browser, folder: Path) -> None:
    with serving(folder) as server:
        take(browser, server.url, "chat-phone", PHONE, touch=True)
        take(browser, server.url, "chat-desktop", DESKTOP, touch=False)
        take_suggestions(browser, server.url)
        take_page(browser, f"{server.url}/toan-trinh", "online-list", DESKTOP)
        take_page(browser, f"{server.url}/tt/1.001193", "procedure-phone", PHONE)


def take_office(browser: Browser, folder: Path) -> None:
    passwords, port = furnish(folder), str(free_port())
    settings = {"PORT": port, "PUBLIC_URL": f"http://127.0.0.1:{port}"} | ACCOUNTS
    with serving(folder, **settings) as server:
        take_staff(browser, folder, server.url, passwords, **settings)


def main(wanted: str = "") -> None:
    """`wanted`: only the pictures of the chat, only those of staff, or only the one of the terminal."""
    if wanted in {"", "top"}:
        with tempfile.TemporaryDirectory() as folder:
            take_top(Path(folder))
    if wanted == "top":
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, taken in (("chat", take_chat), ("staff", take_office)):
            if wanted in {"", name}:
                place = Path(folder) / name
                place.mkdir()
                taken(browser, place)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
