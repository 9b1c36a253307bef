"""What a message in the browser's chat brings along for the rules by which ratings are flagged."""

from __future__ import annotations

from pathlib import Path

from bot.operations.rating_links.answers import address_key
from tests.unit.web.backed import NOW, SECRET, backed
from tests.unit.web.conftest import Client, ScriptedAssistant

PROXIES = "127.0.0.1,::1"
FROM = {"X-Forwarded-For": "123.30.1.2"}
NETWORK = address_key(SECRET, "123.30.1.2", NOW)


async def test_each_way_into_the_chat_brings_its_network(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", trusted_proxies=PROXIES) as house:
        await house.client.post("/api/chat", json={"choice": "rate:1.900001"}, headers=FROM)
        await house.client.post("/", data={"choice": "rate:1.900001"}, headers=FROM)
        await house.client.get("/", params={"c": "rate:1.900001"}, headers=FROM)
    heard = [(one.address, one.is_staff) for one in assistant.heard if one.choice != "start"]
    assert heard == [(NETWORK, False)] * 3


async def test_where_the_store_fails_a_message_is_answered_all_the_same(
    assistant: ScriptedAssistant, tmp_path: Path
) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", trusted_proxies=PROXIES) as house:
        house.shelf.is_broken = True
        cookie = {"Cookie": "mot_cua_staff=guessed"}
        response = await house.client.post("/api/chat", json={"text": "khai sinh"}, headers=FROM | cookie)
    assert (response.status, [(one.address, one.is_staff) for one in assistant.heard]) == (200, [(NETWORK, False)])


async def test_without_a_store_there_is_nothing_to_bring(client: Client, assistant: ScriptedAssistant) -> None:
    await client.post("/api/chat", json={"text": "khai sinh"})
    assert [(one.address, one.is_staff) for one in assistant.heard] == [("", False)]
