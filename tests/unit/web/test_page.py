from __future__ import annotations

import html
import re
from importlib import resources

import pytest

from bot.dialogue.messages import Link, Reply, Status
from bot.texts import load_texts
from bot.web.assets import load_assets
from bot.web.rendering import Exchange, Pages
from tests.unit.web.conftest import GREETING, Client, ScriptedAssistant

# A page with its files as they travel; far below what a slow phone minds.
MAX_TRANSFER_BYTES = 100_000
MODULES = {
    "card.js",
    "chat.js",
    "entrance.js",
    "kept.js",
    "network.js",
    "outbox.js",
    "returning.js",
    "saying.js",
    "sending.js",
    "showing.js",
    "suggest.js",
}


async def page(client: Client, path: str = "/") -> str:
    response = await client.get(path)
    assert (response.status, response.content_type, response.charset) == (200, "text/html", "utf-8")
    return await response.text()


async def test_the_first_screen_greets(client: Client, assistant: ScriptedAssistant) -> None:
    text = await page(client)
    assert f"<h1>{assistant.catalogue.province.assistant_name}</h1>" in text
    assert "<p>Xin chào.</p><p>Anh/chị cần gì?</p>" in text
    assert '<button type="submit" form="compose" name="choice" value="le:two">Kết hôn</button>' in text


async def test_showing_the_page_begins_no_conversation(client: Client, assistant: ScriptedAssistant) -> None:
    first, second = await client.get("/"), await client.head("/")
    assert (first.cookies, second.cookies) == ({}, {})
    assert [incoming.choice for incoming in assistant.heard] == ["start"]


async def test_a_new_catalogue_brings_a_new_greeting(client: Client, assistant: ScriptedAssistant) -> None:
    await page(client)
    assistant.publish("another")
    await page(client)
    assert [incoming.choice for incoming in assistant.heard] == ["start", "start"]
    # Someone new each time: who comes back is not greeted again.
    assert len({incoming.user for incoming in assistant.heard}) == 2


async def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    text = await page(client)
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", text) == []
    loaded = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]*)"', text)
    assert loaded
    assert [url for url in loaded if not url.startswith("/static/")] == ["/manifest.webmanifest"]


async def test_page_and_files_are_small(client: Client) -> None:
    text = await page(client)
    named = re.findall(rf'"/static/{load_assets().hash}/([\w.]+)"', text)
    assert {name for name in named if name.endswith(".js")} == MODULES
    sizes = [len(text.encode())] + [len(load_assets().by_name[name].body) for name in set(named)]
    assert sum(sizes) < MAX_TRANSFER_BYTES


def test_scripts_make_no_markup_and_run_no_strings() -> None:
    scripts = [asset.body.decode() for name, asset in load_assets().by_name.items() if name.endswith(".js")]
    folder = resources.files("bot.web") / "scripts"
    scripts += [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".js")]
    assert len(scripts) == 16
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    assert re.findall(ways, "".join(scripts)) == []


async def test_a_link_from_elsewhere_asks_at_once(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.get("/", params={"q": "khai sinh"})
    text = await response.text()
    assert "<p>khai sinh</p>" in text
    assert "<p>Đăng ký khai sinh</p>" in text
    assert 'href="https://dichvucong.gov.vn/x?a=1&amp;b=2" target="_blank" rel="noopener"' in text
    assert response.headers["Cache-Control"] == "no-store"
    await page(client, "/?c=tt:1.001193")
    assert assistant.told == [(None, "start"), ("khai sinh", None), (None, "tt:1.001193")]


@pytest.mark.parametrize(
    ("choice", "asked"),
    [
        ("rate:1.900001", "rate:1.900001"),
        ("rate:1.900001@H99.100:online:3+", "rate:1.900001@H99.100"),
        ("rate:1.900001:none", "rate:1.900001"),
        ("why:hard", "start"),
        ("note:write", "start"),
        ("tell:yes", "start"),
        ("stop", "start"),
        ("me:erased", "me:erase"),
        ("me", "me"),
    ],
)
async def test_a_link_from_elsewhere_rates_nothing_and_deletes_nothing(
    client: Client, assistant: ScriptedAssistant, choice: str, asked: str
) -> None:
    await client.get("/", params={"c": choice})
    assert assistant.told[-1] == (None, asked)


async def test_without_the_script_the_form_asks(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.post("/", data={"first": "1", "text": "khai sinh"})
    assert response.status == 200
    assert "<p>Đăng ký khai sinh</p>" in await response.text()
    await client.post("/", data={"text": "", "choice": "le:one"})
    told = [(incoming.user.startswith("first-screen"), incoming.text, incoming.choice) for incoming in assistant.heard]
    assert told == [
        (False, None, "start"),
        (True, None, "start"),
        (False, "khai sinh", None),
        (False, None, "le:one"),
    ]
    assert len({incoming.user for incoming in assistant.heard}) == 2


async def test_an_empty_form_is_answered(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.post("/", data={"text": ""})
    assert response.status == 200
    assert assistant.told[-1] == ("", None)


async def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    typed = "<img src=x onerror=alert(1)>\"'&"
    text = await (await client.post("/", data={"text": typed})).text()
    assert typed not in text
    assert f"<p>{html.escape(typed).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}</p>" in text


def test_a_counted_link_is_opened_here_and_tells_where_it_leads(assistant: ScriptedAssistant) -> None:
    link = Link("Mở", "https://www.a.test/x", "/r/1.001193~~~AAAAAAAAAAAA")
    reply = Reply(Status.ANSWERED, "Khai sinh", (), (link,), ("1.001193",))
    shown = Pages(assistant, load_assets(), load_texts()).chat(GREETING, Exchange(None, reply))
    assert f'<a href="{link.through}" target="_blank" rel="noopener" data-leads-to="{link.url}"' in shown
    assert '<span class="host"><span>a.test</span>' in shown


async def test_private_numbers_are_not_shown_again(client: Client) -> None:
    text = await (await client.post("/", data={"text": "số của tôi 0912345678"})).text()
    assert "0912345678" not in text
    assert "(Lời nhắn có số riêng tư, đã ẩn.)" in text
    text = await (await client.get("/", params={"q": "số của tôi 0912345678"})).text()
    assert "0912345678" not in re.sub(r"<title>.*?</title>", "", text)


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"other=1", "application/x-www-form-urlencoded", 422),
        (b'{"text": "a"}', "application/json", 415),
        (b"text=" + b"a" * 20_000, "application/x-www-form-urlencoded", 413),
        (b"a=1&" * 20, "application/x-www-form-urlencoded", 422),
        (b"not multipart", "multipart/form-data", 415),
    ],
)
async def test_wrong_forms(client: Client, data: bytes, content_type: str, status: int) -> None:
    response = await client.post("/", data=data, headers={"Content-Type": content_type})
    assert (response.status, response.content_type) == (status, "text/html")
    assert "<h1>Có lỗi</h1>" in await response.text()


async def test_an_unknown_page_is_told_in_a_page(client: Client) -> None:
    response = await client.get("/none")
    assert (response.status, response.content_type) == (404, "text/html")
    assert "Không có trang này." in await response.text()
    response = await client.delete("/")
    assert (response.status, response.headers["Allow"]) == (405, "GET,HEAD,POST")


@pytest.mark.parametrize("name", sorted(load_assets().by_name))
async def test_files_are_kept_for_good_by_their_hash(client: Client, name: str) -> None:
    asset = load_assets().by_name[name]
    response = await client.get(load_assets().url(name))
    assert await response.read() == asset.body
    assert response.headers["Content-Type"] == asset.content_type
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Encoding"] == "gzip"
    plain = await client.get(f"/static/older/{name}", headers={"Accept-Encoding": "identity"})
    assert await plain.read() == asset.body
    assert (plain.headers["Cache-Control"], plain.headers.get("Content-Encoding")) == ("no-cache", None)


@pytest.mark.parametrize("path", ["/static/a/none.js", "/static/a/..%2fserver.py", "/static/chat.js"])
async def test_there_are_no_other_files(client: Client, path: str) -> None:
    assert (await client.get(path)).status == 404


async def test_health(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.get("/healthz")
    catalogue = assistant.catalogue
    assert await response.json() == {
        "status": "ok",
        "catalogue": {
            "version": catalogue.version,
            "as_of": catalogue.as_of.isoformat(),
            "procedures": len(catalogue.procedures),
        },
    }
