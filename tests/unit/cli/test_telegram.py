from __future__ import annotations

import asyncio
import json

import pytest
from click.testing import CliRunner, Result

from bot.channels.telegram.receive import ALLOWED_UPDATES
from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from tests.unit.channels.telegram.configured import HOOK, TOKEN
from tests.unit.channels.telegram.payloads import payload
from tests.unit.channels.telegram.platform import Platform, platform

PUBLIC = "https://hoidap.example.gov.vn"
HOOK_URL = f"{PUBLIC}/webhooks/telegram"
INFO = {"url": HOOK_URL, "has_custom_certificate": False, "pending_update_count": 0, "allowed_updates": ["message"]}
UNTOLD = dict.fromkeys(("max_connections", "ip_address", "last_error_date", "last_error_message"))
KNOWN = {"url": HOOK_URL, "pending_update_count": 0, "allowed_updates": ["message"]}
AS_JSON = json.dumps({"channel": "telegram"} | KNOWN | UNTOLD)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Telegram that is connected but at no address; the tests say at which."""
    for name, value in {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": HOOK,
        "PUBLIC_URL": PUBLIC,
        "TELEGRAM_BASE_URL": "http://127.0.0.1:1",
        "PTB_TIMEDELTA": "1",
    }.items():
        monkeypatch.setenv(name, value)


async def run(*words: str, at: Platform | None = None) -> Result:
    env = {} if at is None else {"TELEGRAM_BASE_URL": at.url}
    return await asyncio.to_thread(CliRunner().invoke, main, words, None, env)


async def test_the_webhook_is_set_shown_and_deleted() -> None:
    async with platform() as telegram:
        made = await run("webhook", "set", at=telegram)
        telegram.answers.extend([{"ok": True, "result": INFO}] * 2)
        shown = await run("webhook", "show", "--channel", "telegram", at=telegram)
        as_json = await run("webhook", "show", "--json", at=telegram)
        deleted = await run("webhook", "delete", at=telegram)
        telegram.answers.append({"ok": True, "result": INFO | {"url": ""}})
        none = await run("webhook", "show", at=telegram)
    assert [(result.exit_code, result.output) for result in (made, shown, as_json, deleted, none)] == [
        (0, f"telegram: the webhook is set to {HOOK_URL}\n"),
        (0, f"url: {HOOK_URL}\npending_update_count: 0\nallowed_updates: message\n"),
        (0, f"{AS_JSON}\n"),
        (0, "telegram: no webhook is set any more\n"),
        (0, "telegram: no webhook is set\n"),
    ]
    assert telegram.calls[0] == (
        "setWebhook",
        {
            "url": HOOK_URL,
            "secret_token": HOOK,
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
        },
    )


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("PUBLIC_URL", "http://x.example.vn", "PUBLIC_URL: must begin with https://"),
        ("TELEGRAM_WEBHOOK_SECRET", "", "TELEGRAM_WEBHOOK_SECRET: is not set"),
        ("TELEGRAM_BOT_TOKEN", "", "TELEGRAM_BOT_TOKEN: is not set"),
        (
            "TELEGRAM_MODE",
            "polling",
            "TELEGRAM_MODE: is polling, which a webhook would stop; set TELEGRAM_MODE=webhook",
        ),
    ],
)
async def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str) -> None:
    monkeypatch.setenv(name, value)
    result = await run("webhook", "set")
    assert (result.exit_code, result.output.startswith(what)) == (UNUSABLE, True)


async def test_a_refusal_is_told_without_the_token() -> None:
    async with platform() as telegram:
        telegram.answers.append(payload("error_401"))
        result = await run("webhook", "show", at=telegram)
    assert (result.exit_code, result.output) == (FAILED, "Telegram does not accept TELEGRAM_BOT_TOKEN\n")


async def test_when_telegram_failed_last() -> None:
    failed = {"ok": True, "result": INFO | {"last_error_date": 1719990853, "last_error_message": "Timed out"}}
    async with platform() as telegram:
        telegram.answers.extend([failed] * 2)
        shown = await run("webhook", "show", at=telegram)
        as_json = await run("webhook", "show", "--json", at=telegram)
    assert shown.output.splitlines()[-2:] == [
        "last_error_date: 2024-07-03 14:14 (Vietnam)",
        "last_error_message: Timed out",
    ]
    assert json.loads(as_json.output)["last_error_date"] == "2024-07-03T07:14:13+00:00"


async def test_the_bot_is_set_up() -> None:
    async with platform() as telegram:
        result = await run("telegram", "setup", at=telegram)
    said = "Telegram: 8 commands, descriptions and the menu button are set\n"
    assert (result.exit_code, result.output) == (0, said)
    assert [name for name, _ in telegram.calls] == [
        *("setMyCommands", "setMyDescription", "setMyShortDescription") * 3,
        "setChatMenuButton",
    ]


async def test_a_dry_run_only_prints() -> None:
    async with platform() as telegram:
        result = await run("telegram", "setup", "--dry-run", at=telegram)
    lines = result.output.splitlines()
    assert (result.exit_code, telegram.calls) == (0, [])
    assert lines[:2] == ["language: every other", "  /tim - Tìm việc anh/chị cần làm"]
    assert lines[-1] == "menu button: the commands"
