"""Whoever writes a name, a remark or a file, and whichever page shows it: it stays words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from markupsafe import escape
from yarl import URL

from bot.catalog.model import Catalogue
from bot.search.engine import SearchEngine
from bot.web.assets import load_assets
from bot.web.pages.tools import TOOLS
from bot.web.rendering import make_environment
from bot.web.staff.house import STAFF
from tests.unit.web.conftest import ScriptedAssistant
from tests.unit.web.staff.conftest import Browser, Office
from tests.unit.web.staff.everywhere import addresses, dangers
from tests.unit.web.staff.hostile import SAID, WORDS, fill, hostile

BOT = Path(__file__).parents[4] / "bot"
FILES = re.compile(r"\.(png|pdf|xlsx|csv)\b|/tep/|/hinh/png")
MARKUP = {"text/html", "image/svg+xml", "application/xml"}


@pytest.fixture(scope="module")
def named(catalogue: Catalogue) -> ScriptedAssistant:
    changed = hostile(catalogue)
    return ScriptedAssistant(changed, SearchEngine(changed))


@pytest.fixture
def assistant(named: ScriptedAssistant) -> ScriptedAssistant:
    return named


async def test_no_page_makes_code_of_what_somebody_wrote(office: Office, browser: Browser) -> None:
    await fill(office)
    await browser.log_in("quan")
    pages: dict[str, str] = {}
    for method, path in addresses(office.app):
        if method != "GET" or FILES.search(path):
            continue
        url = browser.client.make_url("/").join(URL(path))
        response = await browser.client.session.get(url, allow_redirects=False)
        assert response.status < 500, path
        if response.content_type in MARKUP:
            pages[path] = await response.text()
    assert {path: found for path, html in pages.items() if (found := dangers(html, is_page="<html" in html))} == {}
    assert [path for path, html in pages.items() if re.search(r"evil onevil=1(&gt;|>)49", html)] == []
    # The assistant's own name stands on each; what others write, on at least one.
    whole = [path for path, html in pages.items() if "<html" in html]
    assert [path for path in whole if "&lt;evil" not in pages[path]] == []
    everything = "".join(pages.values())
    assert [source for source, said in SAID.items() if str(escape(said)) not in everything] == []
    assert sum(path.startswith("/staff") for path in whole) > 40


async def test_every_environment_of_templates_escapes(office: Office) -> None:
    for environment in (make_environment(load_assets()), office.app[TOOLS].environment, office.app[STAFF].environment):
        assert environment.autoescape is True
        assert environment.from_string("{{ words }}").render(words=WORDS) == str(escape(WORDS))


def test_there_is_one_way_to_make_an_environment_and_one_piece_of_markup() -> None:
    """Whoever makes another, or calls something safe, is asked here to think of it."""
    made: dict[str, list[str]] = {"Environment": [], "Template": [], "Markup": []}
    for file in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in made:
                made[node.func.id].append(file.relative_to(BOT).as_posix())
    assert made == {"Environment": ["web/rendering.py"], "Template": [], "Markup": ["web/staff/visit.py"]}
    templates = BOT / "web" / "templates"
    called_safe = {
        file.relative_to(templates).as_posix(): found
        for file in sorted(templates.rglob("*.html"))
        if (found := re.findall(r"\S+ \| *safe\b|autoescape +false", file.read_text(encoding="utf-8")))
    }
    assert called_safe == {"pages/base.html": ["head.structured | safe"]}
