"""Settings of a test, by name; nothing of the machine's own."""

from __future__ import annotations

from typing import Any

from bot.settings import Settings

TOKEN = "123456:TEST-token_of_no_bot"
HOOK = "S3cret_of-the-hook"


def settings_with(**fields: Any) -> Settings:
    given: dict[str, Any] = {"_env_file": None} | fields
    return Settings(**given)


def connected(**fields: Any) -> Settings:
    """Settings with everything that Telegram needs."""
    return settings_with(
        telegram_bot_token=TOKEN, telegram_webhook_secret=HOOK, telegram_bot_username="dvc_mau_bot", **fields
    )
