"""GET /r/{token}: everybody gets to the portal, people are counted, and nobody is led elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.dialogue.signed_links import PortalLink
from bot.ratings.model import Subject
from tests.unit.web.backed import BROWSER, NOW, SIGNER, Backed, backed
from tests.unit.web.conftest import ScriptedAssistant
from tests.unit.web.reading import read, visit

PERSON = "0123456789ab"
PAGE = "https://portal.example.vn/thu-tuc/00000000-0000-4000-8000-000000000001"
BIRTH = SIGNER.portal_path(PortalLink("1.900001", "H99.100", PERSON))
SUBJECT = Subject("1.900001", "1.900001.01", "H99.100", "H99.100")
TOMORROW = NOW + timedelta(hours=20)


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite") as made:
        yield made


async def test_the_click_is_counted_and_leads_to_the_portal(house: Backed) -> None:
    response = await house.client.get(BIRTH, headers=BROWSER, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, PAGE)
    assert {name: response.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert "Set-Cookie" not in response.headers
    assert await house.rows("select hour, channel, status, n from event_counts") == [
        ("2026-11-22T10", "web", "opened_link", 1)
    ]
    assert house.shelf.opened == [(PERSON, SUBJECT, "web", NOW, TOMORROW)]


async def test_where_nobody_is_asked_later_nothing_is_due(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", follow_up_hours=0) as house:
        await house.client.get(BIRTH, headers=BROWSER, allow_redirects=False)
        assert house.shelf.opened == [(PERSON, SUBJECT, "web", NOW, None)]


async def test_a_replaced_code_leads_to_its_successor(house: Backed) -> None:
    path = SIGNER.portal_path(PortalLink("1.900004"))
    response = await house.client.get(path, headers=BROWSER, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "https://portal.example.vn/tim?ma=1.900005")
    assert house.shelf.opened == [("", Subject("1.900005"), "web", NOW, TOMORROW)]


@pytest.mark.parametrize(
    "changed",
    [
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Zalo-Preview/1.0)"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
        {"Accept-Language": None},
        {"Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
    ],
)
async def test_programs_are_led_on_and_not_counted(house: Backed, changed: dict[str, str | None]) -> None:
    headers = {name: value for name, value in (BROWSER | changed).items() if value is not None}
    response = await house.client.get(BIRTH, headers=headers, allow_redirects=False)
    assert (response.status, response.headers["Location"], house.shelf.opened) == (303, PAGE, [])


async def test_asking_for_the_head_is_not_counted(house: Backed) -> None:
    response = await house.client.head(BIRTH, headers=BROWSER, allow_redirects=False)
    assert (response.status, response.headers["Location"], house.shelf.opened) == (303, PAGE, [])


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 13; CUBOT X18) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12; wv) Chrome/129.0 Mobile Safari/537.36 Zalo android/24100600 ZaloLanguage/vi",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]",
        "Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0",
    ],
)
async def test_people_are_counted_whatever_they_read_with(house: Backed, agent: str) -> None:
    headers = BROWSER | {"User-Agent": agent}
    await house.client.get(BIRTH, headers=headers, allow_redirects=False)
    assert len(house.shelf.opened) == 1


async def test_a_store_that_fails_keeps_nobody_away(house: Backed) -> None:
    house.shelf.is_broken = True
    response = await house.client.get(BIRTH, headers=BROWSER, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, PAGE)


async def test_a_store_that_hangs_keeps_nobody_waiting(house: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.visitors._SECONDS_TO_COUNT", 0.0)
    response = await asyncio.wait_for(house.client.get(BIRTH, headers=BROWSER, allow_redirects=False), 10)
    assert (response.status, response.headers["Location"]) == (303, PAGE)


@pytest.mark.parametrize(
    "path",
    [
        "/r/1.900001~H99.100~0123456789ab~AAAAAAAAAAAA",
        BIRTH.replace("1.900001", "1.900002"),
        BIRTH.replace(PERSON, "000000000000"),
        BIRTH[:-1],
        SIGNER.portal_path(PortalLink("1.123456")),
        "/r/https%3A%2F%2Fevil.example",
        "/r/x",
    ],
)
async def test_what_we_have_not_written_leads_to_the_search(house: Backed, path: str) -> None:
    page = await visit(house.client, path, 404)
    assert "Anh/chị cần làm thủ tục gì?" in page.of("label")
    assert page.of("h1") == ["Địa chỉ này không dùng được"]
    assert page.meta["robots"] == "noindex, follow"
    assert house.shelf.opened == []


def is_no_folder(typed: str) -> bool:
    """The client would ask for another address."""
    return typed not in {".", ".."}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(is_no_folder),
    st.text("0123456789.~Hab", max_size=20),
)
@example("https://evil.example", "")
@example("//evil.example", "")
async def test_no_token_and_no_header_leads_elsewhere(house: Backed, typed: str, changed: str) -> None:
    token = BIRTH.removeprefix("/r/")
    headers = BROWSER | {"X-Forwarded-Host": "evil.example", "Referer": "https://evil.example/"}
    for given_token in (typed, token + typed, changed + token, token[: len(changed)] + typed):
        path = f"/r/{quote(given_token, safe='')}?url=https://evil.example"
        response = await house.client.get(path, headers=headers, allow_redirects=False)
        found = (response.status, response.headers.get("Location"))
        assert found == (303, PAGE) if given_token == token else found == (404, None)


async def test_pages_count_their_links_to_the_portal(house: Backed) -> None:
    response = await house.client.get("/tt/1.900001?noi=H99.100")
    html = await response.text()
    links = {address: label for label, address in read(html).links}
    way = SIGNER.portal_path(PortalLink("1.900001", "H99.100"))
    assert "portal.example.vn" in links[way]
    assert PAGE not in links
    assert f'data-leads-to="{PAGE}"' in html
    assert "/?c=rate%3A1.900001%40H99.100" in links
    assert response.headers["Cache-Control"] == "public, max-age=300"
