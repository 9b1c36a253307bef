"""`python -m bot channel` and `webhook`: either spelling of a channel, and times as their reader needs them."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.support import UNUSABLE
from bot.store.registry import Switch
from bot.store.sqlite.store import SqliteStore
from tests.fakes.zalo_bot import FakeZaloBot

BY_HAND = "the Official Account's webhook is entered by hand at developers.zalo.me"


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'names.sqlite'}")
    return tmp_path / "names.sqlite"


async def run(*words: str, **settings: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, main, words, None, settings)


@pytest.mark.parametrize("name", ["zalo-bot", "zalo_bot"])
async def test_the_webhook_of_zalo_bot(name: str) -> None:
    async with FakeZaloBot() as zalo:
        found = await run("webhook", "show", "--channel", name, ZALO_BOT_TOKEN=zalo.token, ZALO_BOT_BASE=zalo.url)
    assert (found.exit_code, found.output) == (0, "zalo-bot: no webhook is set\n")


@pytest.mark.parametrize("name", ["zalo-oa", "zalo_oa"])
@pytest.mark.parametrize("command", ["set", "show", "delete"])
async def test_the_webhook_of_an_official_account_is_not_set_from_here(command: str, name: str) -> None:
    with_address = await run("webhook", command, "--channel", name, PUBLIC_URL="https://hoidap.example.gov.vn")
    without = await run("webhook", command, "--channel", name)
    assert [(found.exit_code, found.output) for found in (with_address, without)] == [
        (UNUSABLE, f"{BY_HAND}: https://hoidap.example.gov.vn/webhooks/zalo-oa\n"),
        (UNUSABLE, f"{BY_HAND}: <PUBLIC_URL>/webhooks/zalo-oa\n"),
    ]


@pytest.mark.parametrize("words", [["webhook", "show", "--channel", "zalo"], ["channel", "on", "zalo"]])
async def test_another_name_is_refused(words: list[str]) -> None:
    found = await run(*words)
    assert (found.exit_code, "'zalo' is not one of" in found.output) == (UNUSABLE, True)


@pytest.mark.parametrize("name", ["zalo-oa", "zalo_oa"])
async def test_a_switch_is_kept_under_one_name(database: Path, name: str) -> None:
    off = await run("channel", "off", name, "--reason", "bảo trì")
    store = await SqliteStore.open(database)
    kept = await store.registry.switches()
    await store.close()
    on = await run("channel", "on", name)
    assert [(found.exit_code, found.output) for found in (off, on)] == [
        (0, f"zalo_oa is {state}; running processes follow within seconds\n") for state in ("off", "on")
    ]
    assert [(switch.channel, switch.is_on, switch.reason) for switch in kept] == [("zalo_oa", False, "bảo trì")]


async def test_times_are_vietnamese_for_people_and_universal_for_programs() -> None:
    async with FakeZaloBot(clock=lambda: 1_749_538_250.568) as zalo:
        settings = {
            "ZALO_BOT_TOKEN": zalo.token,
            "ZALO_BOT_BASE": zalo.url,
            "ZALO_BOT_WEBHOOK_SECRET": zalo.secret,
            "PUBLIC_URL": "https://hoidap.example.gov.vn",
        }
        await run("webhook", "set", "--channel", "zalo-bot", **settings)
        shown = await run("webhook", "show", "--channel", "zalo-bot", **settings)
        as_json = await run("webhook", "show", "--channel", "zalo-bot", "--json", **settings)
    url = "https://hoidap.example.gov.vn/webhooks/zalo-bot"
    assert shown.output == f"url: {url}\nupdated_at: 2025-06-10 13:50 (Vietnam)\n"
    assert json.loads(as_json.output) == {
        "channel": "zalo-bot",
        "url": url,
        "updated_at": "2025-06-10T06:50:50+00:00",
    }


async def test_when_a_channel_was_switched_off(database: Path) -> None:
    store = await SqliteStore.open(database)
    since = datetime(2026, 11, 22, 4, 20, tzinfo=UTC)
    await store.registry.set_switch(Switch("telegram", is_on=False, reason="bảo trì", changed_at=since))
    await store.registry.set_switch(Switch("web", is_on=False, reason="", changed_at=since))
    await store.close()
    shown, as_json = await run("channel", "show"), await run("channel", "show", "--json")
    assert shown.output.splitlines() == [
        "zalo_oa   on",
        "telegram  off since 2026-11-22 11:20 (Vietnam): bảo trì",
        "zalo_bot  on",
        "web       off since 2026-11-22 11:20 (Vietnam): no reason given",
    ]
    assert [row["since"] for row in json.loads(as_json.output)["channels"]] == [
        *(None, "2026-11-22T04:20:00+00:00") * 2
    ]


async def test_a_webhook_is_not_set_while_zalo_bot_is_polled() -> None:
    async with FakeZaloBot() as zalo:
        found = await run(
            *("webhook", "set", "--channel", "zalo-bot"),
            ZALO_BOT_MODE="polling",
            ZALO_BOT_TOKEN=zalo.token,
            ZALO_BOT_BASE=zalo.url,
        )
        assert zalo.calls == []
    what = "ZALO_BOT_MODE: is polling, which a webhook would stop; set ZALO_BOT_MODE=webhook first\n"
    assert (found.exit_code, found.output) == (UNUSABLE, what)
