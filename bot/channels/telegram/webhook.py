"""Telling Telegram where to bring what people send, and asking how that goes."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.constants import SUPPORTED_WEBHOOK_PORTS
from telegram.error import TelegramError

from bot.channels.telegram.client import Client, build_bot, close
from bot.channels.telegram.errors import send_error
from bot.channels.telegram.receive import ALLOWED_UPDATES, CHANNEL
from bot.channels.webhook_address import EXAMPLE, webhook_address
from bot.errors import SettingsError
from bot.settings import Settings

_Result = TypeVar("_Result")


class TelegramWebhook:
    """Every method may raise SettingsError or SendError."""

    def __init__(self, bot: Client, settings: Settings) -> None:
        self._bot = bot
        self._settings = settings

    @classmethod
    def of(cls, settings: Settings) -> TelegramWebhook:
        return cls(build_bot(settings), settings)

    async def set(self) -> str:
        """Set it, with the secret; nothing that waits at Telegram is dropped. Gives the address."""
        if self._settings.telegram_mode == "polling":
            raise SettingsError(
                "TELEGRAM_MODE: is polling, which a webhook would stop; set TELEGRAM_MODE=webhook first"
            )
        url, secret = address_of(self._settings), self._settings.telegram_webhook_secret
        if secret is None:
            raise SettingsError(
                "TELEGRAM_WEBHOOK_SECRET: is not set, and without it anybody could send in Telegram's name; "
                "for example a line printed by: openssl rand -hex 32"
            )
        await _told(
            self._bot.set_webhook(
                url,
                secret_token=secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=False,
            )
        )
        return url

    async def show(self) -> Mapping[str, object]:
        """What Telegram says of it; `url` is empty where none is set. Times are in UTC."""
        return _fields(await _told(self._bot.get_webhook_info()))

    async def delete(self) -> None:
        """Remove it; what waits at Telegram is kept for whoever asks for it."""
        await _told(self._bot.delete_webhook(drop_pending_updates=False))

    async def close(self) -> None:
        await close(self._bot)


def address_of(settings: Settings) -> str:
    """Where Telegram has to bring updates. Raises SettingsError where it would not come."""
    address = webhook_address(settings, CHANNEL, "Telegram")
    if (urlsplit(address).port or 443) not in SUPPORTED_WEBHOOK_PORTS:
        ports = ", ".join(str(int(port)) for port in sorted(SUPPORTED_WEBHOOK_PORTS))
        raise SettingsError(f"PUBLIC_URL: Telegram sends to the ports {ports} only; {EXAMPLE}")
    return address


def _fields(info: WebhookInfo) -> dict[str, object]:
    return {
        "url": info.url,
        "pending_update_count": info.pending_update_count,
        "allowed_updates": list(info.allowed_updates),
        "max_connections": info.max_connections,
        "ip_address": info.ip_address,
        "last_error_date": info.last_error_date,
        "last_error_message": info.last_error_message,
    }


async def _told(call: Awaitable[_Result]) -> _Result:
    try:
        return await call
    except TelegramError as error:
        raise send_error(error) from None
