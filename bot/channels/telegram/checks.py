"""Looking whether Telegram works: the token, the name, the webhook. Nothing is changed."""

from __future__ import annotations

from datetime import datetime

from telegram import User
from telegram.error import TelegramError

from bot.channels.telegram.client import build_bot, close
from bot.channels.telegram.errors import send_error
from bot.channels.telegram.receive import CHANNEL
from bot.channels.telegram.webhook import TelegramWebhook, address_of
from bot.errors import SettingsError
from bot.operations.findings import Finding, State
from bot.operations.messages.sending import OperatorError, SendError
from bot.operations.times import in_vietnam
from bot.settings import Settings

_REACH = "See docs/ket-noi-telegram.md: in Vietnam a proxy may be needed (TELEGRAM_PROXY)."
_COPY = "Copy the token that @BotFather gave into TELEGRAM_BOT_TOKEN."
_DELETE = "python -m bot webhook delete"
_SET = "python -m bot webhook set"


async def examine(settings: Settings) -> list[Finding]:
    """What is so with the bot of the settings. Never raises."""
    try:
        bot = build_bot(settings)
    except SettingsError as error:
        return [_found(State.BROKEN, str(error), _COPY)]
    hook = TelegramWebhook(bot, settings)
    found: list[Finding] = []
    try:
        found += _identity(settings, await bot.get_me())
        found += await _way_in(settings, hook)
    except TelegramError as error:
        found.append(_unasked(send_error(error)))
    except SendError as error:
        found.append(_unasked(error))
    finally:
        await close(bot)
    return found


def _unasked(error: SendError) -> Finding:
    return _found(State.BROKEN, str(error), _COPY if isinstance(error, OperatorError) else _REACH)


def _identity(settings: Settings, me: User) -> list[Finding]:
    found = [_found(State.OK, f"the token works; the bot is @{me.username}")]
    if settings.telegram_bot_username is None or settings.telegram_bot_username != me.username:
        what = "TELEGRAM_BOT_USERNAME is not the bot's name, so pages and groups do not find it"
        found.append(_found(State.WARNING, what, f"Set TELEGRAM_BOT_USERNAME={me.username}"))
    if not me.supports_inline_queries:
        mend = "Send /setinline to @BotFather, if cards are to be shared from any conversation."
        found.append(_found(State.WARNING, "the bot answers nothing in other conversations", mend))
    return found


async def _way_in(settings: Settings, hook: TelegramWebhook) -> list[Finding]:
    told = await hook.show()
    url = str(told["url"] or "")
    if settings.telegram_mode == "polling":
        if url:
            return [_found(State.BROKEN, f"a webhook is set ({url}), so nothing can be asked for", _DELETE)]
        return [_found(State.OK, "updates are asked for (polling)")]
    try:
        expected = address_of(settings)
    except SettingsError as error:
        return [_found(State.BROKEN, str(error), "Set PUBLIC_URL, or TELEGRAM_MODE=polling on a laptop.")]
    if settings.telegram_webhook_secret is None:
        mend = f"Put a line printed by `openssl rand -hex 32` into it, then: {_SET}"
        return [_found(State.BROKEN, "TELEGRAM_WEBHOOK_SECRET is not set: every update is refused", mend)]
    if url != expected:
        what = f"Telegram brings updates to {url}" if url else "Telegram does not know where to bring updates"
        return [_found(State.BROKEN, what, _SET)]
    found = [_found(State.OK, f"updates come to {url}; {told['pending_update_count']} wait")]
    if told["last_error_message"]:
        at = told["last_error_date"]
        when = f" at {in_vietnam(at)}" if isinstance(at, datetime) else ""
        what = f"the last failure was{when}: {told['last_error_message']}"
        mend = "If it is old, all is well. Else look at the proxy before this server and its certificate."
        found.append(_found(State.WARNING, what, mend))
    return found


def _found(state: State, what: str, mend: str = "") -> Finding:
    return Finding(CHANNEL, state, what, mend)
