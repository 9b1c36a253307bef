from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.telegram.client import Client
from bot.channels.telegram.receive import ALLOWED_UPDATES
from bot.channels.telegram.webhook import TelegramWebhook, address_of
from bot.errors import SettingsError
from bot.operations.messages.sending import OperatorError
from tests.unit.channels.telegram.configured import HOOK, TOKEN, connected, settings_with
from tests.unit.channels.telegram.payloads import payload
from tests.unit.channels.telegram.platform import Platform

PUBLIC = "https://hoidap.example.gov.vn"


async def test_it_is_set_with_the_secret_and_drops_nothing(telegram: Platform, bot: Client) -> None:
    assert await TelegramWebhook(bot, connected(public_url=PUBLIC)).set() == f"{PUBLIC}/webhooks/telegram"
    fields = {"url": f"{PUBLIC}/webhooks/telegram", "secret_token": HOOK, "allowed_updates": list(ALLOWED_UPDATES)}
    assert telegram.calls == [("setWebhook", fields | {"drop_pending_updates": False})]


async def test_it_is_not_set_without_a_secret(telegram: Platform, bot: Client) -> None:
    with pytest.raises(SettingsError, match=r"^TELEGRAM_WEBHOOK_SECRET: is not set"):
        await TelegramWebhook(bot, settings_with(telegram_bot_token=TOKEN, public_url=PUBLIC)).set()
    assert telegram.calls == []


@pytest.mark.parametrize(
    ("public_url", "what"),
    [
        (None, "PUBLIC_URL: is not set"),
        ("http://hoidap.example.gov.vn", "PUBLIC_URL: must begin with https://"),
        ("https://hoidap.example.gov.vn:9000", "PUBLIC_URL: Telegram sends to the ports 80, 88, 443, 8443 only"),
    ],
)
def test_where_telegram_would_not_come_is_told(public_url: str | None, what: str) -> None:
    with pytest.raises(SettingsError) as told:
        address_of(connected(public_url=public_url))
    assert str(told.value).startswith(what)


@pytest.mark.parametrize("port", ["", ":443", ":8443"])
def test_where_it_comes(port: str) -> None:
    assert address_of(connected(public_url=f"{PUBLIC}{port}")) == f"{PUBLIC}{port}/webhooks/telegram"


async def test_it_is_shown(telegram: Platform, bot: Client) -> None:
    telegram.answers.append(
        {
            "ok": True,
            "result": {
                "url": PUBLIC,
                "has_custom_certificate": False,
                "pending_update_count": 3,
                "last_error_date": 1719990853,
                "last_error_message": "Connection timed out",
                "max_connections": 40,
                "ip_address": "203.0.113.5",
                "allowed_updates": ["message"],
            },
        }
    )
    assert await TelegramWebhook(bot, connected()).show() == {
        "url": PUBLIC,
        "pending_update_count": 3,
        "allowed_updates": ["message"],
        "max_connections": 40,
        "ip_address": "203.0.113.5",
        "last_error_date": datetime(2024, 7, 3, 7, 14, 13, tzinfo=UTC),
        "last_error_message": "Connection timed out",
    }


async def test_it_is_deleted_and_drops_nothing(telegram: Platform, bot: Client) -> None:
    await TelegramWebhook(bot, connected()).delete()
    assert telegram.calls == [("deleteWebhook", {"drop_pending_updates": False})]


async def test_a_refusal_is_told(telegram: Platform, bot: Client) -> None:
    telegram.answers.append(payload("error_401"))
    with pytest.raises(OperatorError, match="Telegram does not accept TELEGRAM_BOT_TOKEN"):
        await TelegramWebhook(bot, connected()).delete()
