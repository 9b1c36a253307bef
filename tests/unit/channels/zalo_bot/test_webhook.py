from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.channels.zalo_bot.client import client_of
from bot.channels.zalo_bot.webhook import delete_webhook, set_webhook, show_webhook
from bot.errors import SettingsError
from bot.operations.sending import GoneError, OperatorError
from bot.settings import Settings
from tests.fixtures.platforms import payload
from tests.unit.channels.zalo_bot.fake_platform import TOKEN, platform_of

SECRET = "SAMPLE_SECRET_8_TO_256_CHARS"
INFO = {"url": "https://bot.example.gov.vn/webhooks/zalo-bot", "updated_at": 1749538250568}


def settings(base: str = "http://127.0.0.1:9", **others: Any) -> Settings:
    given = {"zalo_bot_token": TOKEN, "zalo_bot_webhook_secret": SECRET, "public_url": "https://bot.example.gov.vn"}
    return Settings(_env_file=None, **{**given, "zalo_bot_base": base, **others})  # type: ignore[call-arg]


async def test_set() -> None:
    async with platform_of((200, payload("zalo_bot", "set_webhook_ok"))) as platform:
        await set_webhook(settings(platform.base))
    assert platform.calls == [(f"/bot{TOKEN}/setWebhook", payload("zalo_bot", "set_webhook"))]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, {"ok": True, "result": INFO}), INFO),
        ((200, {"ok": True, "result": INFO | {"secret_token": SECRET}}), INFO),
        ((200, {"ok": True, "result": None}), {"url": ""}),
        ((404, {"ok": False, "description": "Not found", "error_code": 404}), {"url": ""}),
    ],
)
async def test_show(answer: tuple[int, Any], expected: dict[str, object]) -> None:
    async with platform_of(answer) as platform:
        assert await show_webhook(settings(platform.base)) == expected
    assert platform.methods == ["getWebhookInfo"]


async def test_delete() -> None:
    async with platform_of() as platform:
        await delete_webhook(settings(platform.base))
    assert platform.methods == ["deleteWebhook"]


async def test_what_zalo_refuses_is_told() -> None:
    async with platform_of((401, payload("zalo_bot", "error_401"))) as platform:
        with pytest.raises(OperatorError, match=r"^Zalo Bot answered 401 Unauthorized$"):
            await show_webhook(settings(platform.base))
    async with platform_of((404, {"ok": False, "description": "Not found", "error_code": 404})) as platform:
        with pytest.raises(GoneError, match=r"^Zalo Bot answered 404 Not found$"):
            await delete_webhook(settings(platform.base))


@pytest.mark.parametrize(
    ("function", "missing", "name"),
    [
        (set_webhook, "public_url", "PUBLIC_URL"),
        (set_webhook, "zalo_bot_webhook_secret", "ZALO_BOT_WEBHOOK_SECRET"),
        (set_webhook, "zalo_bot_token", "ZALO_BOT_TOKEN"),
        (show_webhook, "zalo_bot_token", "ZALO_BOT_TOKEN"),
        (delete_webhook, "zalo_bot_token", "ZALO_BOT_TOKEN"),
    ],
)
async def test_a_missing_setting_is_named(
    function: Callable[[Settings], Awaitable[object]], missing: str, name: str
) -> None:
    given: dict[str, Any] = {missing: None}
    with pytest.raises(SettingsError, match=f"^{name} "):
        await function(settings(**given))


async def test_a_webhook_needs_encryption() -> None:
    with pytest.raises(SettingsError, match=r"^PUBLIC_URL must be the public address"):
        await set_webhook(settings(public_url="http://bot.example.gov.vn"))


def test_no_client_without_a_token() -> None:
    assert client_of(settings(zalo_bot_token=None)) is None
