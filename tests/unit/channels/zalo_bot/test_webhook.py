from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.zalo_bot.client import client_of
from bot.channels.zalo_bot.webhook import ZaloBotWebhook
from bot.errors import SettingsError
from bot.operations.messages.sending import GoneError, OperatorError
from bot.settings import Settings
from tests.fixtures.platforms import payload
from tests.unit.channels.zalo_bot.fake_platform import TOKEN, Platform, platform_of

SECRET = "SAMPLE_SECRET_8_TO_256_CHARS"
URL = "https://bot.example.gov.vn/webhooks/zalo-bot"
INFO = {"url": URL, "updated_at": 1749538250568}
SHOWN = {"url": URL, "updated_at": datetime(2025, 6, 10, 6, 50, 50, 568_000, tzinfo=UTC)}
NOT_FOUND = (404, {"ok": False, "description": "Not found", "error_code": 404})


def settings(**others: Any) -> Settings:
    given = {"zalo_bot_token": TOKEN, "zalo_bot_webhook_secret": SECRET, "public_url": "https://bot.example.gov.vn"}
    return Settings(_env_file=None, **{**given, "zalo_bot_base": "http://127.0.0.1:9", **others})  # type: ignore[call-arg]


@asynccontextmanager
async def webhook_and_platform(*answers: tuple[int, Any]) -> AsyncIterator[tuple[ZaloBotWebhook, Platform]]:
    async with platform_of(*answers) as platform:
        webhook = ZaloBotWebhook.of(settings(zalo_bot_base=platform.base))
        yield webhook, platform
        await webhook.close()


async def test_set() -> None:
    async with webhook_and_platform((200, payload("zalo_bot", "set_webhook_ok"))) as (webhook, platform):
        assert await webhook.set() == URL
    assert platform.calls == [(f"/bot{TOKEN}/setWebhook", payload("zalo_bot", "set_webhook"))]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, {"ok": True, "result": INFO}), SHOWN),
        ((200, {"ok": True, "result": INFO | {"secret_token": SECRET}}), SHOWN),
        ((200, {"ok": True, "result": {"url": URL, "updated_at": 10**20}}), {"url": URL, "updated_at": 10**20}),
        ((200, {"ok": True, "result": {"url": URL, "updated_at": True}}), {"url": URL, "updated_at": True}),
        ((200, {"ok": True, "result": {"url": URL, "updated_at": "soon"}}), {"url": URL, "updated_at": "soon"}),
        ((200, {"ok": True, "result": None}), {"url": ""}),
        (NOT_FOUND, {"url": ""}),
    ],
)
async def test_show(answer: tuple[int, Any], expected: dict[str, object]) -> None:
    async with webhook_and_platform(answer) as (webhook, platform):
        assert await webhook.show() == expected
    assert platform.methods == ["getWebhookInfo"]


async def test_delete() -> None:
    async with webhook_and_platform() as (webhook, platform):
        await webhook.delete()
    assert platform.methods == ["deleteWebhook"]


async def test_what_zalo_refuses_is_told() -> None:
    async with webhook_and_platform((401, payload("zalo_bot", "error_401")), NOT_FOUND) as (webhook, _):
        with pytest.raises(OperatorError, match=r"^Zalo Bot answered 401 Unauthorized$"):
            await webhook.show()
        with pytest.raises(GoneError, match=r"^Zalo Bot answered 404 Not found$"):
            await webhook.delete()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("public_url", None, r"^PUBLIC_URL: is not set, .*; for example PUBLIC_URL=https://hoidap\.example\.gov\.vn$"),
        ("public_url", "http://bot.example.gov.vn", r"^PUBLIC_URL: must begin with https://"),
        ("zalo_bot_webhook_secret", None, r"^ZALO_BOT_WEBHOOK_SECRET: is not set"),
        ("zalo_bot_token", None, r"^ZALO_BOT_TOKEN: is not set"),
    ],
)
async def test_what_is_missing_is_told_before_zalo_is_asked(name: str, value: str | None, says: str) -> None:
    given: dict[str, Any] = {name: value}
    with pytest.raises(SettingsError, match=says):
        await ZaloBotWebhook.of(settings(**given)).set()


def test_no_client_without_a_token() -> None:
    assert client_of(settings(zalo_bot_token=None)) is None
