"""The texts of the pages: each is used, and each page exists only in languages that are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.texts import load_texts, placeholders
from bot.web.languages import offered
from tests.unit.web.conftest import Client
from tests.unit.web.reading import visit

WEB = Path(__file__).resolve().parents[3] / "bot" / "web"
PREFIX = "web.pages."


def ids(language: str) -> dict[str, frozenset[str]]:
    sentences = load_texts(language).sentences
    return {text_id: placeholders(text) for text_id, text in sentences.items() if text_id.startswith(PREFIX)}


def test_every_text_is_used() -> None:
    files = [
        *(WEB / "pages").glob("*.py"),
        *(WEB / "templates").glob("*.html"),
        *(WEB / "templates" / "pages").glob("*.html"),
    ]
    used = {text_id for file in files for text_id in re.findall(r"web\.pages\.[a-z_.]+", file.read_text("utf-8"))}
    assert set(ids("vi")) - used == set()


def test_the_languages_say_the_same() -> None:
    assert ids("en") == ids("vi")


@pytest.mark.parametrize("language", [language for language in offered() if language != "vi"])
@pytest.mark.parametrize(
    "path", ["/toan-trinh", "/tt/1.900001", "/tim", "/tim?q=khai+sinh", "/linh-vuc", "/linh-vuc/ho-tich"]
)
async def test_pages_in_other_languages(client: Client, language: str, path: str) -> None:
    page, home = await visit(client, f"/{language}{path}"), await visit(client, path)
    assert page.language == language
    bare = path.partition("?")[0]
    assert bare in {url for _, url in page.links}
    assert f"/{language}{bare}" in {url for _, url in home.links}
    own = [url for _, url in page.links if url.startswith(("/toan-trinh", "/tt/", "/tim", "/linh-vuc", "/viec"))]
    assert own == [bare]
    if "robots" not in page.meta:
        assert page.hreflang == home.hreflang
        assert page.hreflang.keys() == {*offered(), "x-default"}


async def test_a_language_that_nobody_has_written(client: Client) -> None:
    await visit(client, "/fr/toan-trinh", 404)
