"""The chat in which operators are told of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.channels.zalo_bot.client import client_of
from bot.channels.zalo_bot.sender import ZaloBotSender
from bot.channels.zalo_oa.wiring import open_zalo_oa
from bot.dialogue.router import DEFAULT_LANGUAGE
from bot.errors import SettingsError
from bot.operations.errors_told.telling import AlertChat, process_name
from bot.operations.messages.sending import Sender
from bot.operations.times import now
from bot.settings import Settings
from bot.store.registry import Registry
from bot.texts import load_texts

_KEYS = {
    "telegram": "TELEGRAM_BOT_TOKEN",
    "zalo_oa": "ZALO_OA_APP_ID and ZALO_OA_SECRET_KEY",
    "zalo_bot": "ZALO_BOT_TOKEN",
}
"""Without which setting nothing can be sent there."""


def chat_of(settings: Settings, senders: Mapping[str, Sender]) -> AlertChat | None:
    """None where none is set. Raises SettingsError where it is in a channel that is not among the senders."""
    channel, address = settings.alert_channel, settings.alert_address
    if channel is None or address is None:
        return None
    if channel not in senders:
        raise SettingsError(
            f"ALERT_CHANNEL: {channel} is not connected; set {_KEYS[channel]}, or leave ALERT_CHANNEL empty"
        )
    return AlertChat(senders[channel], address, load_texts(DEFAULT_LANGUAGE), process_name(settings.port))


@asynccontextmanager
async def opened_chat(settings: Settings, registry: Registry) -> AsyncIterator[AlertChat]:
    """The same with a connection of its own, for a command. Raises SettingsError where none is set."""
    sender = _sender(settings, registry)
    try:
        chat = chat_of(settings, {} if sender is None else {sender.channel: sender})
        if chat is None:
            raise SettingsError("ALERT_CHANNEL and ALERT_ADDRESS: are not set; errors are told in the log only")
        yield chat
    finally:
        if sender is not None:
            await sender.close()


def _sender(settings: Settings, registry: Registry) -> Sender | None:
    if settings.alert_channel == "telegram" and settings.telegram_is_set:
        # Here and not above: the library is large, and who does not use Telegram does without.
        from bot.channels.telegram.client import build_bot
        from bot.channels.telegram.sender import TelegramSender

        return TelegramSender(build_bot(settings))
    if settings.alert_channel == "zalo_bot" and (client := client_of(settings)) is not None:
        return ZaloBotSender(client)
    if settings.alert_channel == "zalo_oa" and settings.zalo_oa_is_set:
        return open_zalo_oa(settings, registry, now).sender
    return None
