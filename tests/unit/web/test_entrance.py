"""The commune and the language of the page that led here, with the script and without."""

from __future__ import annotations

import re

import pytest

from bot.texts import Texts, load_texts
from bot.web import languages, server
from tests.unit.web.conftest import Client, ScriptedAssistant

ENGLISH = Texts(
    "en",
    {**load_texts("vi").sentences, "web.send": "Send", "web.language_name": "English", "web.error.not_found": "None"},
    load_texts("vi").lists,
)


@pytest.fixture
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "offered", lambda: {"vi": load_texts("vi"), "en": ENGLISH})


@pytest.fixture
def _in_vietnamese_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "offered", lambda: {"vi": load_texts("vi")})


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def switch(page: str) -> list[tuple[str, str, str]]:
    pattern = r'<a href="([^"]*)" lang="(\w+)" hreflang="\w+">([^<]*)</a>'
    return [(address.replace("&amp;", "&"), lang, name) for address, lang, name in re.findall(pattern, page)]


async def test_messages_over_the_api(client: Client, assistant: ScriptedAssistant) -> None:
    await client.post("/api/chat", json={"text": "một", "commune": "H27.118", "language": "en"})
    await client.post("/api/chat", json={"choice": "start", "commune": 5, "language": "xx"})
    assert [(i.commune, i.language) for i in assistant.heard] == [("H27.118", "en"), (None, None)]


@pytest.mark.usefixtures("_in_english")
async def test_links_and_forms(client: Client, assistant: ScriptedAssistant) -> None:
    page = await (await client.get("/?xa=H27.118&lang=en")).text()
    assert hidden(page) == {"xa": "H27.118", "lang": "en", "first": "1"}
    assert 'action="/"' in page
    await client.get("/?xa=H27.118&lang=en&q=a")
    await client.post("/", data={**hidden(page), "text": "b"})
    await client.post("/", data={"choice": "start"})
    heard = [(i.text, i.choice, i.commune, i.language) for i in assistant.heard if "first-screen" not in i.user]
    assert heard == [
        ("a", None, "H27.118", "en"),
        (None, "start", "H27.118", "en"),
        ("b", None, "H27.118", "en"),
        (None, "start", None, None),
    ]


@pytest.mark.parametrize("query", ["xa=%3Cb%3E", "lang=xx", "xa=&lang=", "visit=" + "a" * 24, "embedded=1"])
async def test_what_is_not_written_as_it_should_be_is_left_out(client: Client, query: str) -> None:
    page = await (await client.get(f"/?{query}")).text()
    assert hidden(page) == {"first": "1"}


@pytest.mark.usefixtures("_in_english")
async def test_the_page_speaks_the_language_asked_for(client: Client, assistant: ScriptedAssistant) -> None:
    page = await (await client.get("/?lang=en&xa=H27.118")).text()
    assert '<html lang="en">' in page
    assert ">Send</button>" in page
    assert switch(page) == [("/?xa=H27.118&lang=vi", "vi", "Tiếng Việt")]
    page = await (await client.get("/")).text()
    assert '<html lang="vi">' in page
    assert ">Gửi</button>" in page
    assert switch(page) == [("/?lang=en", "en", "English")]
    assert [i.language for i in assistant.heard] == ["en", None]


@pytest.mark.usefixtures("_in_english")
async def test_errors_are_told_in_it_too(client: Client) -> None:
    assert "<p>None</p>" in await (await client.get("/none?lang=en")).text()
    assert (await (await client.get("/api/none?lang=en")).json())["text"] == "None"
    assert (await (await client.get("/api/none?lang=xx")).json())["text"] != "None"


@pytest.mark.usefixtures("_in_vietnamese_only")
async def test_a_language_that_is_not_complete_is_not_offered(client: Client) -> None:
    page = await (await client.get("/?lang=en")).text()
    assert '<html lang="vi">' in page
    assert switch(page) == []


def test_vietnamese_is_always_offered() -> None:
    assert next(iter(languages.offered())) == "vi"
