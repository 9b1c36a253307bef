"""Telling the Zalo Bot platform where to send what people write; it sends nothing to a webhook while it is polled."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from bot.channels.zalo_bot import WEBHOOK_PATH
from bot.channels.zalo_bot.client import Answer, client_of
from bot.channels.zalo_bot.sender import send_error
from bot.errors import SettingsError
from bot.settings import Settings


async def set_webhook(settings: Settings) -> None:
    """Raises SettingsError where a setting is missing, SendError where Zalo does not agree or cannot be reached."""
    address, secret = settings.public_url, settings.zalo_bot_webhook_secret
    if address is None or not address.startswith("https://"):
        raise SettingsError("PUBLIC_URL must be the public address of this server and begin with https://")
    if secret is None:
        raise SettingsError("ZALO_BOT_WEBHOOK_SECRET is missing; make one with `openssl rand -hex 32`")
    fields = {"url": f"{address}{WEBHOOK_PATH}", "secret_token": secret.get_secret_value()}
    _demand(await _call(settings, "setWebhook", fields))


async def show_webhook(settings: Settings) -> dict[str, object]:
    """What Zalo knows: `{"url", "updated_at"}`, perhaps more; without any webhook `{"url": ""}`. Raises as above."""
    answer = await _call(settings, "getWebhookInfo")
    if answer.is_told and answer.code == HTTPStatus.NOT_FOUND:
        return {"url": ""}
    _demand(answer)
    told = answer.result if isinstance(answer.result, Mapping) else {"url": ""}
    return {str(name): value for name, value in told.items() if name != "secret_token"}


async def delete_webhook(settings: Settings) -> None:
    """Raises as above."""
    _demand(await _call(settings, "deleteWebhook"))


async def _call(settings: Settings, method: str, fields: Mapping[str, object] | None = None) -> Answer:
    client = client_of(settings)
    if client is None:
        raise SettingsError("ZALO_BOT_TOKEN is missing; Zalo Bot Creator gives it")
    try:
        return await client.call(method, fields)
    finally:
        await client.close()


def _demand(answer: Answer) -> None:
    if not answer.is_ok:
        raise send_error(answer)
