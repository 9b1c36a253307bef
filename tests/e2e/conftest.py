"""A real browser in front of the real process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from tests.e2e.process import Server, serving

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Not how fast it has to be: how long a machine with much else to do is waited for.
PATIENCE_MS = 60_000
expect.set_options(timeout=30_000)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as started:
        yield started


def chromium() -> str | None:
    """The browser to drive: CHROMIUM, else one on the PATH; None leaves it to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named) or named
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@dataclass
class Watch:
    """What a test's pages said and asked for, wherever it led."""

    own: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, complaint: str) -> None:
        if "Service Worker registration blocked by Playwright" not in complaint:
            self.complaints.append(complaint)

    def route(self, route: Route) -> None:
        """Record every request, and let none leave for elsewhere."""
        self.requests.append(route.request.url)
        if route.request.url.startswith(f"{self.own}/"):
            route.continue_()
        else:
            route.abort()

    @property
    def elsewhere(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(f"{self.own}/")]


@dataclass(frozen=True)
class Visit:
    page: Page
    watch: Watch
    context: BrowserContext


Open = Callable[..., Visit]


@pytest.fixture
def open_chat(browser: Browser, server: Server) -> Iterator[Open]:
    """Opens the chat as a new person; at the end nothing may have been asked for elsewhere."""
    visits: list[Visit] = []

    def opened(path: str = "/", **options: object) -> Visit:
        values: dict[str, object] = {"viewport": PHONE, "locale": "vi-VN", "reduced_motion": "reduce"}
        # A worker would answer in place of the routes that tests set.
        values |= {"service_workers": "block"} | options
        context = browser.new_context(**values)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(server.url)
        context.route("**/*", watch.route)
        page = context.new_page()
        page.on("console", lambda message: watch.hear(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: watch.complaints.append(f"error: {error}"))
        page.goto(server.url + path)
        visit = Visit(page, watch, context)
        visits.append(visit)
        return visit

    yield opened
    for visit in visits:
        visit.context.close()
    assert [url for visit in visits for url in visit.watch.elsewhere] == []


@pytest.fixture
def server_url(server: Server) -> str:
    return server.url
