"""The connection to Telegram: addresses, time-outs and the proxy as they are set. Making it reaches out to nobody."""

from __future__ import annotations

import logging
import os
from typing import TypeAlias

from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import SettingsError
from bot.settings import Settings

Client: TypeAlias = ExtBot[int]

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
WRITE_SECONDS = 10.0
POOL_SECONDS = 5.0
_CONNECTIONS = 64


def build_bot(settings: Settings) -> Client:
    """A client that is not `initialize`d: that would ask Telegram who we are, and an unreachable Telegram must not
    keep anything from starting. Nothing of what is used here needs it. Raises SettingsError without a token.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN: is not set; @BotFather gives it")
    _keep_secrets_out_of_logs()
    # Times as `timedelta`, which will be the library's only way; without it every "retry after" would be a warning.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    base = settings.telegram_base_url
    # One for everything, so that closing it closes all.
    request = HTTPXRequest(
        connection_pool_size=_CONNECTIONS,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        write_timeout=WRITE_SECONDS,
        pool_timeout=POOL_SECONDS,
        proxy=settings.telegram_proxy_address,
    )
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
        # Whoever is told to wait waits in the inbox, where it is known and can be seen.
        rate_limiter=AIORateLimiter(max_retries=0, group_max_rate=0),
    )


def _keep_secrets_out_of_logs() -> None:
    """The token is in every address, and what people write in what cannot be read: whatever the level that is set."""
    for name, level in {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.CRITICAL}.items():
        logging.getLogger(name).setLevel(level)


async def close(bot: Client) -> None:
    """Close its connections. It may be called where none was ever opened; the library's own way does nothing then."""
    await bot.request.shutdown()
