"""One update of the Zalo Bot platform as an arrival, however it came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.dialogue.messages import Attachment
from bot.operations.messages.receiving import Arrival
from bot.store.inbox import Kind

LIFE = timedelta(hours=24)
"""No window is documented; after a day nobody waits for the answer any more."""
UNREADABLE = "unreadable"

_ID = re.compile(r"[A-Za-z0-9_\-.:]{1,128}", re.ASCII)
_ATTACHMENTS = {
    "message.image.received": Attachment.PICTURE,
    "message.sticker.received": Attachment.STICKER,
    "message.voice.received": Attachment.VOICE,
}
_COUNTED = {
    "message.text.received": "text",
    "message.image.received": "image",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    # What Zalo hides from bots, of people or contents that it protects: there is nothing to be answered.
    "message.unsupported.received": "unsupported",
}


def read_update(update: object, now: datetime) -> tuple[str, Arrival | None]:
    """`{"event_name", "message": {"from", "chat", "message_id", "date", …}}` → the name to count it under, the arrival.

    None where there is nothing to be answered: what other bots or groups say, and what we do not know. Never raises.
    """
    event, message = _part(update, "event_name"), _part(update, "message")
    if not isinstance(event, str) or not isinstance(message, Mapping):
        return UNREADABLE, None
    counted = _COUNTED.get(event)
    if counted is None:
        return "unknown_event", None
    sender, chat = message.get("from"), message.get("chat")
    if _part(sender, "is_bot") is True:
        return "bot", None
    if _part(chat, "chat_type") != "PRIVATE":
        return "group", None
    text, attachment = _content(event, message)
    ids = [_id(_part(sender, "id")), _id(_part(chat, "id")), _id(message.get("message_id"))]
    user, address, number = ids
    if user is None or address is None or number is None:
        return UNREADABLE, None
    if text is None and attachment is None:
        return (counted if counted == "unsupported" else UNREADABLE), None
    sent_at = _time(message.get("date"), now)
    return counted, Arrival(
        f"msg:{number}", Kind.MESSAGE, user, address, sent_at, LIFE, text=text, attachment=attachment
    )


def _content(event: str, message: Mapping[object, object]) -> tuple[str | None, Attachment | None]:
    """The words, or what was sent instead of them. Words below a picture are read like any others."""
    attachment = _ATTACHMENTS.get(event)
    if event == "message.unsupported.received":
        return None, None
    words = message.get("text" if attachment is None else "caption")
    if isinstance(words, str) and (attachment is None or words.strip()):
        return words, None
    return None, attachment


def _part(of: object, name: str) -> object:
    return of.get(name) if isinstance(of, Mapping) else None


def _id(value: object) -> str | None:
    """Ids are strings of letters and digits; a number is taken as well."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if _ID.fullmatch(text) else None


def _time(value: object, now: datetime) -> datetime:
    """Milliseconds since 1970, as a number or its digits; `now` where it is none, or lies ahead."""
    try:
        milliseconds = int(value) if isinstance(value, str | int) else None
        sent_at = now if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return min(sent_at, now)
