"""The chat on a page of another site, put there by one line of script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.conftest import PATIENCE_MS, PHONE
from tests.e2e.process import Server, free_port, serving
from tests.e2e.talk import BIRTH, BIRTH_CODE, answers, ask, faults, field, options

DESKTOP = {"width": 1280, "height": 800}
LOUD = "button, div, p { color: red !important; font-size: 5px !important; } dialog { display: none !important }"


@dataclass(frozen=True)
class Commune:
    """A commune's own page, served at another origin; `beside` serves the same page at a site that is not allowed."""

    url: str
    elsewhere: str


def page_of(home: str, attributes: str, style: str = "/loud.css") -> bytes:
    script = f'<script src="{home}/embed.js" {attributes} async></script>'
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang của xã</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{style}"></head>
<body><main><h1>Trang của xã</h1><p>Tin tức</p><a href="#a">Liên kết</a>{script}</main></body></html>""".encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    port = free_port()
    with serving(
        tmp_path_factory.mktemp("embedding"), EMBED_ORIGINS=f"http://127.0.0.1:{port},http://localhost:{port}"
    ) as server:
        yield server, port


@pytest.fixture(scope="module")
def commune(home: tuple[Server, int]) -> Iterator[Commune]:
    """Its policy forbids all but our script and our frame: no styles written into the page either."""
    server, port = home

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path.endswith(".css")
            style = "/calm.css" if "calm" in self.path else "/loud.css"
            attributes = 'data-xa="H27.118" data-inline' if "inline" in self.path else 'data-xa="H27.118"'
            body = page_of(server.url, attributes, style)
            if is_style:
                body = LOUD.encode() if style == "/loud.css" else b""
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; style-src 'self'; script-src {server.url}; frame-src {server.url}",
            )
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    started = [ThreadingHTTPServer(("127.0.0.1", at), Handler) for at in (port, 0)]
    for each in started:
        Thread(target=each.serve_forever, daemon=True).start()
    yield Commune(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{started[1].server_port}")
    for each in started:
        each.shutdown()
        each.server_close()


Visiting = Callable[..., Page]


@pytest.fixture
def heard() -> list[str]:
    """What the pages of a test complained of."""
    return []


@pytest.fixture
def visit(browser: Browser, heard: list[str]) -> Iterator[Visiting]:
    contexts = []

    def opened(url: str, **values: object) -> Page:
        context = browser.new_context(**({"viewport": DESKTOP, "reduced_motion": "reduce"} | values))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


def open_dialog(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Hỏi thủ tục").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return chat_of(page)


def chat_of(page: Page) -> FrameLocator:
    """The chat, once its script runs."""
    chat = page.frame_locator("iframe")
    expect(field(chat)).to_have_attribute("role", "combobox")
    return chat


def test_the_chat_is_used_on_the_communes_page(
    visit: Visiting, commune: Commune, heard: list[str], home: tuple[Server, int]
) -> None:
    page = visit(commune.url)
    expect(page.locator("iframe")).to_have_count(0)
    chat = open_dialog(page)
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", f"{home[0].url}/?embedded=1&xa=H27.118")
    assert (frame.get_attribute("title") or "") == page.get_by_role("dialog").get_attribute("aria-label")
    card = ask(chat, BIRTH_CODE)
    expect(card.locator(".bubble p").first).to_have_text(BIRTH)
    assert heard == []


def test_it_opens_and_closes_by_keyboard(visit: Visiting, commune: Commune, heard: list[str]) -> None:
    page = visit(commune.url)
    button = page.get_by_role("button", name="Hỏi thủ tục")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    chat = chat_of(page)
    field(chat).focus()
    page.keyboard.type("khai s")
    expect(options(chat).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(chat)).to_have_count(0)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Đóng").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    assert heard == []


def test_the_conversation_is_there_when_it_is_opened_again(visit: Visiting, commune: Commune) -> None:
    page = visit(commune.url, viewport=PHONE)
    chat = open_dialog(page)
    ask(chat, BIRTH_CODE)
    page.get_by_role("button", name="Đóng").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Hỏi thủ tục").click()
    expect(answers(chat)).to_have_count(2)
    box = page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}


def test_no_style_leaks_in_or_out(visit: Visiting, commune: Commune) -> None:
    page = visit(commune.url)
    button = page.get_by_role("button", name="Hỏi thủ tục")
    before = page.locator("h1").evaluate("item => JSON.stringify({ ...getComputedStyle(item) })")
    styles = button.evaluate("item => [getComputedStyle(item).color, getComputedStyle(item).fontSize]")
    assert styles == ["rgb(255, 255, 255)", "18px"]
    open_dialog(page)
    page.keyboard.press("Escape")
    assert page.locator("h1").evaluate("item => JSON.stringify({ ...getComputedStyle(item) })") == before
    assert page.evaluate("Object.keys(window).filter((name) => /motcua|mot_cua|words/i.test(name))") == []


def test_inline_it_stands_where_the_line_stands(visit: Visiting, commune: Commune) -> None:
    page = visit(f"{commune.url}/?inline")
    button = page.get_by_role("button", name="Hỏi thủ tục")
    assert button.evaluate("item => getComputedStyle(item).position") == "static"
    assert page.evaluate("document.querySelector('main').lastElementChild.shadowRoot !== null")
    open_dialog(page)


def test_a_page_that_is_not_allowed_cannot_show_it(visit: Visiting, commune: Commune, heard: list[str]) -> None:
    page = visit(commune.elsewhere)
    page.get_by_role("button", name="Hỏi thủ tục").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.frame_locator("iframe").locator("#text")).to_have_count(0)
    assert any("frame-ancestors" in complaint for complaint in heard)


def test_where_the_browser_keeps_nothing_for_frames_the_visit_goes_on(visit: Visiting, commune: Commune) -> None:
    """Another site around (localhost): no cookie comes back, and here the storage is closed too."""
    page = visit("about:blank")
    page.context.add_init_script(
        "if (parent !== window) Object.defineProperty(window, 'localStorage', { get() { throw new Error(); } });"
    )
    page.goto(commune.url.replace("127.0.0.1", "localhost"))
    chat = open_dialog(page)
    label = answers(chat).get_by_role("button").nth(1).inner_text()
    ask(chat, "1.000656")
    ask(chat, "bắt đầu")
    reply = ask(chat, "2")
    expect(reply.locator(".bubble")).to_contain_text(label, ignore_case=True)
    assert page.context.cookies() == []


def test_no_message_of_another_frame_closes_it(visit: Visiting, commune: Commune) -> None:
    page = visit(commune.url)
    open_dialog(page)
    page.evaluate("postMessage('mot-cua:close', '*')")
    page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, {"width": 320, "height": 640}])
def test_axe_finds_nothing(visit: Visiting, commune: Commune, viewport: dict[str, int]) -> None:
    page = visit(f"{commune.url}/?inline&calm", viewport=viewport, bypass_csp=True)
    assert faults(page) == []
    chat = open_dialog(page)
    ask(chat, BIRTH_CODE)
    assert faults(page) == []
    sizes = page.locator("dialog button").evaluate_all("items => items.map((item) => item.offsetHeight)")
    assert min(sizes) >= 44
