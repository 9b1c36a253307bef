"""Telling the Zalo Bot platform where to bring what people send; while a webhook is set, it cannot be polled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from bot.channels.webhook_address import webhook_address
from bot.channels.zalo_bot import CHANNEL
from bot.channels.zalo_bot.client import Answer, ZaloBotClient, client_of
from bot.channels.zalo_bot.sender import send_error
from bot.errors import SettingsError
from bot.settings import Settings


class ZaloBotWebhook:
    """Every method may raise SettingsError or SendError."""

    def __init__(self, client: ZaloBotClient, settings: Settings) -> None:
        self._client = client
        self._settings = settings

    @classmethod
    def of(cls, settings: Settings) -> ZaloBotWebhook:
        """Raises SettingsError where there is no bot."""
        client = client_of(settings)
        if client is None:
            raise SettingsError("ZALO_BOT_TOKEN: is not set; Zalo Bot Creator gives it when the bot is made")
        return cls(client, settings)

    async def set(self) -> str:
        """Set it, with the secret. Gives the address."""
        if self._settings.zalo_bot_mode == "polling":
            raise SettingsError(
                "ZALO_BOT_MODE: is polling, which a webhook would stop; set ZALO_BOT_MODE=webhook first"
            )
        url, secret = address_of(self._settings), self._settings.zalo_bot_webhook_secret
        if secret is None:
            raise SettingsError(
                "ZALO_BOT_WEBHOOK_SECRET: is not set, and without it anybody could send in Zalo's name; "
                "for example a line printed by: openssl rand -hex 32"
            )
        _demand(await self._client.call("setWebhook", {"url": url, "secret_token": secret.get_secret_value()}))
        return url

    async def show(self) -> Mapping[str, object]:
        """What Zalo says of it: `url`, which is empty where none is set, and perhaps more. Times are in UTC."""
        answer = await self._client.call("getWebhookInfo")
        if answer.is_told and answer.code == HTTPStatus.NOT_FOUND:
            return {"url": ""}
        _demand(answer)
        told = answer.result if isinstance(answer.result, Mapping) else {"url": ""}
        return {str(name): _read(name, value) for name, value in told.items() if name != "secret_token"}

    async def delete(self) -> None:
        _demand(await self._client.call("deleteWebhook"))

    async def close(self) -> None:
        await self._client.close()


def address_of(settings: Settings) -> str:
    """Where Zalo has to bring updates. Raises SettingsError where it would not come."""
    return webhook_address(settings, CHANNEL, "Zalo")


def _read(name: object, value: object) -> object:
    """A time comes in milliseconds since 1970; what is none stays as it came."""
    if name != "updated_at" or not isinstance(value, int) or isinstance(value, bool):
        return value
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return value


def _demand(answer: Answer) -> None:
    if not answer.is_ok:
        raise send_error(answer)
