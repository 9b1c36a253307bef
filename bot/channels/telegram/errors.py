"""What Telegram's refusals mean for sending. Tables first: what is not in them is a fault of ours."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.operations.messages.sending import (
    GoneError,
    OperatorError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
    WaitError,
)

_BEFORE_IT_WENT_OUT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Causes after which nothing can have reached Telegram."""
_OPERATOR = {
    InvalidToken: "Telegram does not accept TELEGRAM_BOT_TOKEN",
    Conflict: "another process receives with the same TELEGRAM_BOT_TOKEN",
}
_NOBODY_THERE = (
    *("chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "user is deactivated"),
    *("chat_write_forbidden", "not enough rights", "have no rights", "topic_closed", "topic_deleted"),
    "message thread not found",
)
"""In the words of a 400 that mean that this chat cannot be written to."""

_CANNOT_PARSE = ("can't parse entities", "unsupported start tag", "can't find end tag")
_UNCHANGED = ("message is not modified",)
_CANNOT_EDIT = ("message to edit not found", "can't be edited", "message_id_invalid", "message can't be edited")
_BUTTONS = ("button", "keyboard", "reply_markup", "reply markup", "url", "web page")
_PICTURE = ("photo", "image")
_TOO_OLD = ("query is too old", "query id is invalid", "query_id_invalid")

_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|https?://\S+|\d{5,}:[\w\-]{20,}")
_MOST_CHARS = 160


def send_error(error: Exception) -> SendError:
    """The same in our terms, without a word of what was to be sent and without an address that holds the token."""
    for kind, what in _OPERATOR.items():
        if isinstance(error, kind):
            return OperatorError(what)
    if isinstance(error, RetryAfter):
        seconds = seconds_of(error)
        return WaitError(f"Telegram asks to wait {seconds:g} s", seconds, is_for_all=False)
    if isinstance(error, Forbidden):
        return GoneError(said(error))
    if isinstance(error, BadRequest):
        return GoneError(said(error)) if speaks_of(error, _NOBODY_THERE) else RefusedError(said(error))
    if isinstance(error, ChatMigrated):
        return RefusedError("the group has moved, and its new number leads nowhere")
    return _network_error(error)


def _network_error(error: Exception) -> SendError:
    cause = error.__cause__
    if isinstance(cause, _BEFORE_IT_WENT_OUT):
        return UnreachableError(f"Telegram cannot be reached: {type(cause).__name__}")
    what = type(error).__name__ if cause is None else type(cause).__name__
    return UncertainError(f"no answer of Telegram: {what}")


def seconds_of(error: RetryAfter) -> float:
    """How long to wait. The library gives a number, or a time where it is asked to (see `build_bot`)."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def said(error: Exception) -> str:
    """Telegram's words without what they quote: it may be of the message, or an address."""
    words = error.message if isinstance(error, TelegramError) else type(error).__name__
    return _QUOTED.sub("…", words)[:_MOST_CHARS]


def speaks_of(error: Exception, phrases: tuple[str, ...]) -> bool:
    words = str(error).casefold()
    return any(phrase in words for phrase in phrases)


def is_unparsable(error: BadRequest) -> bool:
    return speaks_of(error, _CANNOT_PARSE)


def is_unchanged(error: BadRequest) -> bool:
    return speaks_of(error, _UNCHANGED)


def is_not_editable(error: BadRequest) -> bool:
    return speaks_of(error, _CANNOT_EDIT)


def is_about_buttons(error: BadRequest) -> bool:
    return speaks_of(error, _BUTTONS)


def is_about_the_picture(error: BadRequest) -> bool:
    return speaks_of(error, _PICTURE)


def is_too_old(error: Exception) -> bool:
    return speaks_of(error, _TOO_OLD)
