"""An event as an arrival, or the reason why it is none. Pure; of another shape than documented it is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.channels.zalo_oa.address import anonymous_address, user_address
from bot.channels.zalo_oa.events import (
    ANSWERED,
    FROM_ACCOUNT,
    FROM_ANONYMOUS,
    FROM_PERSON,
    IGNORED,
    LEFT,
    WELCOMES,
    WITHDRAWN,
    Counted,
)
from bot.dialogue.choice_ids import parse as parse_choice
from bot.dialogue.messages import Attachment
from bot.operations.messages.receiving import OF_PERSON, Arrival
from bot.store.inbox import Kind

_LIFE = timedelta(hours=24)
"""A day later nobody waits for the answer any more; it stays well within the 48 hours in which answers are free."""
_LIFE_OF_MANAGEMENT = timedelta(days=7)
"""What is noted, not answered, is worth noting for longer: nothing is sent for it."""
_EARLIEST = datetime(2012, 1, 1, tzinfo=UTC)
"""Before that there was no Zalo: such a timestamp is a mistake."""
_ID = re.compile(r"[A-Za-z0-9_.:\-]{1,128}", re.ASCII)
_ONLY_AN_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_LEAVES: Mapping[str, Kind] = {LEFT: Kind.LEFT, WITHDRAWN: Kind.WITHDRAWN}

Event = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Parsed:
    """`counted`: an event's own name where it is answered or noted, else one of `Counted`."""

    counted: str
    arrival: Arrival | None = None


class EventParser:
    """`account`: the Official Account whose events are meant; None: whichever signs."""

    def __init__(self, account: str | None, *, anonymous: bool) -> None:
        self._account = account
        self._anonymous = anonymous

    def parse(self, body: bytes, now: datetime) -> Parsed:
        """What `body` (UTF-8 JSON, its signature verified) says. Never raises."""
        event = _object(body)
        name = None if event is None else event.get("event_name")
        if event is None or not isinstance(name, str):
            return Parsed(Counted.MALFORMED)
        if self._is_of_another_account(event):
            return Parsed(Counted.OTHER_ACCOUNT)
        found = self._arrival(event, name, now)
        return Parsed(found) if isinstance(found, Counted) else Parsed(name, found)

    def _arrival(self, event: Event, name: str, now: datetime) -> Arrival | Counted:
        if name not in ANSWERED:
            return IGNORED.get(name, Counted.UNKNOWN_EVENT)
        if name in FROM_PERSON:
            return _message(event, FROM_PERSON[name], now)
        if name in FROM_ANONYMOUS:
            return _anonymous(event, FROM_ANONYMOUS[name], now) if self._anonymous else Counted.ANONYMOUS
        return _from_account(event, now) if name in FROM_ACCOUNT else _management(event, name, now)

    def _is_of_another_account(self, event: Event) -> bool:
        """The account is sender, recipient, or `oa_id`, depending on the event."""
        named = {_id(event.get("oa_id")), _id_in(event, "sender"), _id_in(event, "recipient")} - {None}
        return self._account is not None and bool(named) and self._account not in named


def _message(event: Event, attachment: Attachment | None, now: datetime) -> Arrival | Counted:
    user = _id_in(event, "sender")
    if user is None:
        return Counted.MALFORMED
    return _said(event, user, user_address(user), attachment, now)


def _anonymous(event: Event, attachment: Attachment | None, now: datetime) -> Arrival | Counted:
    user, conversation = _id_in(event, "sender"), _id(_inner(event, "message").get("conversation_id"))
    if user is None or conversation is None:
        return Counted.MALFORMED
    return _said(event, user, anonymous_address(user, conversation), attachment, now)


def _said(event: Event, user: str, address: str, attachment: Attachment | None, now: datetime) -> Arrival | Counted:
    text = _inner(event, "message").get("text")
    if isinstance(text, str) and _has_words(text, attachment):
        attachment = None
    elif attachment is None:
        return Counted.MALFORMED
    else:
        text = None
    choice = _choice(text)
    kind = Kind.MESSAGE if choice is None else Kind.TAP
    text = text if choice is None else None
    key, sent_at = _key(event, user), _sent_at(event, now)
    return Arrival(key, kind, user, address, sent_at, _LIFE, text=text, choice=choice, attachment=attachment)


def _has_words(text: str, attachment: Attachment | None) -> bool:
    """Words sent with a picture are a question; the address sent with a link is the link once more."""
    if attachment is None:
        return True
    return bool(text.strip()) and not (attachment is Attachment.LINK and _ONLY_AN_ADDRESS.fullmatch(text))


def _choice(text: str | None) -> str | None:
    """A tapped button arrives as if its payload had been typed. Anyone can type one: it is no less untrusted.

    What could be a word as well ("help", "menu") stays text: the assistant reads it the same, and may know better what
    is meant by it.
    """
    written = "" if text is None else text.strip().removeprefix("#")
    return written if ":" in written and parse_choice(written) is not None else None


def _from_account(event: Event, now: datetime) -> Arrival | Counted:
    """What the account sent. Only a person who writes in the account's own tool is named in it."""
    if _id(_inner(event, "sender").get("admin_id")) is None:
        return Counted.ECHO
    user = _id_in(event, "recipient")
    return Counted.MALFORMED if user is None else _noted(event, user, Kind.CLERK, _LIFE_OF_MANAGEMENT, now)


def _management(event: Event, name: str, now: datetime) -> Arrival | Counted:
    user = _id_in(event, "follower") or _id(event.get("user_id"))
    if user is None:
        return Counted.MALFORMED
    if name in WELCOMES:
        return _noted(event, user, Kind.WELCOME, _LIFE, now)
    return _noted(event, user, _LEAVES[name], _LIFE_OF_MANAGEMENT, now)


def _noted(event: Event, user: str, kind: Kind, life: timedelta, now: datetime) -> Arrival:
    return Arrival(_key(event, user), kind, user, user_address(user), _sent_at(event, now), life)


def _key(event: Event, user: str) -> str:
    """The message's own id; else a hash of what makes the event unique, as it holds the person's id."""
    message = _id(_inner(event, "message").get("msg_id"))
    if message is not None:
        return f"msg:{message}"
    unique = json.dumps([event.get("event_name"), user, _timestamp(event)])
    return f"{OF_PERSON}{hashlib.sha256(unique.encode()).hexdigest()}"


def _sent_at(event: Event, now: datetime) -> datetime:
    """When it was sent, as far as that is believable; else now."""
    milliseconds = _timestamp(event)
    if milliseconds is None:
        return now
    try:
        sent_at = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return sent_at if _EARLIEST <= sent_at <= now else now


def _timestamp(event: Event) -> int | None:
    value = event.get("timestamp")
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}", value, re.ASCII):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _object(body: bytes) -> Event | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _inner(event: Event, name: str) -> Mapping[str, object]:
    value = event.get(name)
    return value if isinstance(value, dict) else {}


def _id_in(event: Event, name: str) -> str | None:
    return _id(_inner(event, name).get("id"))


def _id(value: object) -> str | None:
    """An id of the platform's; documented as a string, but a number says the same."""
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return written if isinstance(written, str) and _ID.fullmatch(written) else None
