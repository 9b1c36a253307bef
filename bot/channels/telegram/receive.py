"""Telegram's way in: the secret first, then the update."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from telegram import Update

from bot.channels.header_secret import HeaderSecret
from bot.channels.telegram.counted import Counted
from bot.channels.telegram.me import Me
from bot.channels.telegram.parse import Parsed, parse
from bot.operations.messages.receiving import Verdict
from bot.settings import Settings
from bot.settings.channels import Unsigned, revealed

CHANNEL = "telegram"
ALLOWED_UPDATES = (
    *("message", "edited_message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"),
)
"""The kinds of update that Telegram is asked for."""

_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name


class TelegramReceiver:
    """Without a secret nothing is let in by webhook; long polling needs none (`parsed`)."""

    def __init__(self, me: Me, secret: str | None, unsigned: Unsigned = "refuse") -> None:
        self._me = me
        self._secret = HeaderSecret(_SECRET_HEADER, secret, unsigned)

    @classmethod
    def of(cls, settings: Settings) -> TelegramReceiver:
        """Raises SettingsError where there is no token, or none that can be one."""
        return cls(Me.of(settings), revealed(settings.telegram_webhook_secret), settings.telegram_unsigned)

    @property
    def channel(self) -> str:
        return CHANNEL

    def receive(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Verdict:
        """Never raises. What does not come from Telegram is not even parsed."""
        refusal = self._secret.refusal(headers)
        if refusal is not None:
            return refusal
        try:
            update: object = json.loads(body)
        except (ValueError, RecursionError):
            return Verdict(HTTPStatus.OK, Counted.MALFORMED.value)
        parsed = self.parsed(update, now)
        return Verdict(HTTPStatus.OK, parsed.counted.value, parsed.arrivals)

    def parsed(self, update: object, now: datetime) -> Parsed:
        """One update as decoded from JSON. Never raises."""
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return Parsed(Counted.MALFORMED)
        try:
            # A copy: the library takes out of it what it has read.
            read = Update.de_json(dict(update), None)
            return parse(read, self._me, now)
        except Exception:  # noqa: BLE001 - whatever the library makes of a wrong shape; asked again it would not be better
            return Parsed(Counted.MALFORMED)
