"""One network asks so much in a minute, whatever it throws away in between; whoever is not known is held to nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialogue import guards
from bot.dialogue.guards import RateLimit
from bot.dialogue.signed_links import ShareLink
from tests.unit.web.backed import NOW, SIGNER, Backed, backed
from tests.unit.web.conftest import Client, MakeClient, ScriptedAssistant

MOST = 6
WAYS = ["/api/chat", "/", "/?q=a", "/?c=start", "/tim?q=khai+sinh", "/en/tim?q=birth", "/toan-trinh?q=a"]
HOME = "123.30.1.2"


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    path = tmp_path / "web.sqlite"
    async with backed(assistant, path, trusted_proxies="127.0.0.1,::1", max_requests_per_minute=MOST) as made:
        yield made


async def ask(client: Client, way: str, network: str) -> int:
    """The status for somebody who has no cookie yet."""
    client.session.cookie_jar.clear()
    headers = {"X-Forwarded-For": network}
    if way == "/api/chat":
        return (await client.post(way, json={"text": "a"}, headers=headers)).status
    if way == "/":
        return (await client.post(way, data={"text": "a"}, headers=headers)).status
    return (await client.get(way, headers=headers)).status


@pytest.mark.parametrize("way", WAYS)
async def test_new_cookies_win_nothing(house: Backed, assistant: ScriptedAssistant, way: str) -> None:
    statuses = [await ask(house.client, way, HOME) for _ in range(MOST + 2)]
    assert statuses == [200] * MOST + [429, 429]
    heard = len(assistant.heard)
    assert await ask(house.client, "/api/chat", HOME) == 429
    assert len(assistant.heard) == heard
    house.clock.now += timedelta(minutes=1)
    assert await ask(house.client, way, HOME) == 200


async def test_all_ways_share_one_limit_and_suggestions_have_their_own(house: Backed) -> None:
    assert [await ask(house.client, way, HOME) for way in WAYS] == [200] * MOST + [429]
    typed = [await ask(house.client, "/api/suggest?q=kh", HOME) for _ in range(MOST * 5 + 1)]
    assert typed == [200] * MOST * 5 + [429]


async def test_it_is_told_when_to_come_back(house: Backed) -> None:
    for _ in range(MOST):
        await ask(house.client, "/api/chat", HOME)
    headers = {"X-Forwarded-For": HOME}
    told = await house.client.post("/api/chat", json={"text": "a"}, headers=headers)
    page = await house.client.get("/tim?q=a", headers=headers)
    assert (told.status, told.headers["Retry-After"], (await told.json())["error"]) == (429, "60", "too_many")
    assert (page.status, page.headers["Retry-After"], page.headers["Cache-Control"]) == (429, "60", "no-store")
    assert "Anh/chị đợi một phút rồi gửi lại." in await page.text()


async def test_pages_that_are_only_read_are_not_counted(house: Backed) -> None:
    for path in ("/?lang=en", "/tim", "/toan-trinh", "/tt/1.900001", "/healthz"):
        assert [await ask(house.client, path, HOME) for _ in range(MOST)] == [200] * MOST
    assert await ask(house.client, "/api/chat", HOME) == 200


@pytest.mark.parametrize("page", ["/s/1900001.1..{}", "/tt/1.900001?s=1900001.1..{}"])
async def test_signatures_of_shared_links_are_not_tried_for_ever(house: Backed, page: str) -> None:
    """They have 36 bits. Real ones are not counted: a whole hall may scan a code."""

    async def status(signature: str) -> int:
        headers = {"X-Forwarded-For": HOME}
        return (await house.client.get(page.format(signature), headers=headers, allow_redirects=False)).status

    real = SIGNER.share_id(ShareLink("1900001", 1)).rpartition(".")[2]
    found = 302 if page.startswith("/s/") else 200
    assert [await status(f"AAAA{number:02}") for number in range(MOST + 1)] == [found] * MOST + [429]
    assert await status(real) == found


async def test_a_network_of_ipv6_is_one_whichever_of_its_addresses_asks(house: Backed) -> None:
    own = [f"2402:800:1:2::{number:x}" for number in range(MOST)]
    assert [await ask(house.client, "/api/chat", one) for one in own] == [200] * MOST
    assert await ask(house.client, "/api/chat", "2402:800:1:2:ffff::9") == 429
    assert await ask(house.client, "/api/chat", "2402:800:1:3::1") == 200


@pytest.mark.parametrize("forwarded", ["9.9.9.{}, 123.30.1.2", "::ffff:123.30.1.2"])
async def test_nobody_writes_themselves_another_address(house: Backed, forwarded: str) -> None:
    written = [forwarded.format(number) for number in range(MOST + 1)]
    assert [await ask(house.client, "/api/chat", one) for one in written] == [200] * MOST + [429]


async def test_behind_a_proxy_that_nobody_named_nobody_keeps_others_away(
    assistant: ScriptedAssistant, tmp_path: Path
) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", max_requests_per_minute=1) as house:
        assert [await ask(house.client, "/api/chat", HOME) for _ in range(3)] == [200] * 3


async def test_nought_is_no_limit(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    values = {"trusted_proxies": "127.0.0.1,::1", "max_requests_per_minute": 0}
    async with backed(assistant, tmp_path / "web.sqlite", None, **values) as house:
        assert [await ask(house.client, "/api/chat", HOME) for _ in range(MOST * 2)] == [200] * MOST * 2


async def test_without_a_store_it_holds_too(make_client: MakeClient) -> None:
    client = await make_client(trusted_proxies="127.0.0.1,::1", max_requests_per_minute=2)
    assert [await ask(client, "/api/chat", HOME) for _ in range(3)] == [200, 200, 429]


def test_what_is_held_in_memory_is_bounded_whoever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_MOST_PEOPLE", 100)
    limit = RateLimit(2)
    for number in range(10_000):
        assert limit.takes(f"network {number}", NOW)
    held = [number for number in range(10_000) if limit.allowance(f"network {number}") is not None]
    assert held == list(range(9_900, 10_000))
