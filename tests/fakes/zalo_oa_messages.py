"""The calls by which an Official Account writes to people: what arrives is recorded, what Zalo refuses is refused."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.failures import JsonObject, RefusedError
from tests.fakes.zalo_oa_events import Citizen, Events
from tests.fakes.zalo_oa_failures import (
    NO_INTERACTION,
    NOT_FOLLOWED,
    TOO_LONG,
    TYPE_NOT_SUPPORTED,
    V2_SHUT_DOWN,
    error,
    invalid,
)

MOST_CHARS = 2000
MOST_BUTTONS = 5
MOST_CHARS_OF_TITLE = 100
MOST_CHARS_OF_PAYLOAD = 1000
MOST_BYTES_OF_PICTURE = 1024 * 1024
SECONDS_FREE = 48 * 3600
SECONDS_OPEN = 7 * 24 * 3600
WELCOMES = 3
_BUTTONS = {"oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.sms", "oa.open.phone"}
_TEMPLATES = {"media", "request_user_info"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person gets. `at` is monotonic; `quota_type` is None where the message costs money."""

    at: float
    path: str
    user_id: str
    text: str | None
    buttons: tuple[JsonObject, ...]
    message_id: str
    quota_type: str | None
    body: JsonObject


class Messages:
    """`refuse_buttons` is the code (-233, -201) with which buttons are refused, None where they are taken.

    `has_package` says whether a message after 48 hours comes out of a paid package or is charged for.
    """

    def __init__(self, events: Events, sent: list[Sent], clock: Callable[[], float]) -> None:
        self.refuse_buttons: int | None = None
        self.has_package = True
        self._events = events
        self._sent = sent
        self._clock = clock
        self._welcomes: dict[str, int] = {}
        self.uploaded: dict[str, bytes] = {}

    def upload(self, picture: object) -> str:
        """Keep a picture; what it is called from then on."""
        if not isinstance(picture, bytes) or not picture.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            raise invalid("file")
        if len(picture) > MOST_BYTES_OF_PICTURE:
            raise RefusedError(TOO_LONG)
        name = f"PICTURE_{len(self.uploaded) + 1}"
        self.uploaded[name] = picture
        return name

    def consult(self, path: str, body: JsonObject) -> Sent:
        """A consultation message, to who interacted in the last seven days."""
        user_id = self._recipient(body)
        text, buttons = self._content(body)
        citizen = self._events.citizens.get(user_id)
        if citizen is None or not citizen.is_reachable:
            raise RefusedError(NOT_FOLLOWED)
        if self._clock() - citizen.last_interaction > SECONDS_OPEN:
            raise RefusedError(NO_INTERACTION)
        return self._record(path, user_id, text, buttons, self._quota(user_id, citizen), body)

    def anonymous(self, path: str, body: JsonObject) -> Sent:
        """The old message address: for reactions, and for anonymous people in a conversation that they began."""
        recipient = body.get("recipient")
        if not isinstance(recipient, dict):
            raise invalid("recipient")
        action = body.get("sender_action")
        if action is not None:
            return self._record(path, str(recipient.get("user_id")), None, (), "reply", body)
        anonymous_id = recipient.get("anonymous_id")
        if anonymous_id is None:
            raise RefusedError(V2_SHUT_DOWN)
        if self._events.conversations.get(str(recipient.get("conversation_id"))) != anonymous_id:
            raise invalid("conversation_id")
        text, buttons = self._content(body)
        return self._record(path, anonymous_id, text, buttons, "reply", body)

    def _recipient(self, body: JsonObject) -> str:
        recipient = body.get("recipient")
        if not isinstance(recipient, dict):
            raise invalid("recipient")
        user_id = recipient.get("user_id", self._events.senders.get(str(recipient.get("message_id"))))
        if not isinstance(user_id, str):
            raise invalid("user_id")
        return user_id

    def _content(self, body: JsonObject) -> tuple[str | None, tuple[JsonObject, ...]]:
        message = body.get("message")
        if not isinstance(message, dict) or not message.keys() & {"text", "attachment"}:
            raise invalid("message")
        text = message.get("text")
        if text is not None and not (isinstance(text, str) and text.strip()):
            raise invalid("text")
        if text is not None and _chars(text) > MOST_CHARS:
            raise RefusedError(TOO_LONG)
        return text, self._buttons(message["attachment"]) if "attachment" in message else ()

    def _buttons(self, attachment: JsonObject | None) -> tuple[JsonObject, ...]:
        payload = attachment.get("payload") if isinstance(attachment, dict) else None
        if not isinstance(payload, dict) or attachment is None or attachment.get("type") not in ("template", "file"):
            raise invalid("attachment")
        if attachment["type"] == "template" and payload.get("template_type", "media") not in _TEMPLATES:
            raise RefusedError(TYPE_NOT_SUPPORTED)
        for element in payload.get("elements", []):
            if len(element.keys() & {"url", "attachment_id"}) != 1 or element.get("media_type") != "image":
                raise invalid("elements")
            if element.get("attachment_id", "") not in {"", *self.uploaded}:
                raise invalid("attachment_id")
        buttons: list[JsonObject] = payload.get("buttons", [])
        if buttons and self.refuse_buttons is not None:
            raise RefusedError(error(self.refuse_buttons, "Message type is not supported"))
        if len(buttons) > MOST_BUTTONS:
            raise RefusedError(TOO_LONG)
        for button in buttons:
            _check_button(button)
        return tuple(buttons)

    def _quota(self, user_id: str, citizen: Citizen) -> str | None:
        if not citizen.has_spoken and self._welcomes.get(user_id, 0) < WELCOMES:
            self._welcomes[user_id] = self._welcomes.get(user_id, 0) + 1
            return "welcome_msg"
        if citizen.has_spoken and self._clock() - citizen.last_interaction <= SECONDS_FREE:
            return "reply"
        return "sub_quota" if self.has_package else None

    def _record(
        self,
        path: str,
        user_id: str,
        text: str | None,
        buttons: tuple[JsonObject, ...],
        quota_type: str | None,
        body: JsonObject,
    ) -> Sent:
        at = asyncio.get_running_loop().time()
        sent = Sent(at, path, user_id, text, buttons, self._events.new_id(), quota_type, body)
        self._sent.append(sent)
        return sent


def _check_button(button: JsonObject) -> None:
    title, kind, payload = (button.get(name) for name in ("title", "type", "payload"))
    if not (isinstance(title, str) and title.strip()) or kind not in _BUTTONS:
        raise invalid("button")
    if _chars(title) > MOST_CHARS_OF_TITLE:
        raise RefusedError(TOO_LONG)
    if kind.startswith("oa.query."):
        if not (isinstance(payload, str) and payload):
            raise invalid("payload")
        if _chars(payload) > MOST_CHARS_OF_PAYLOAD:
            raise RefusedError(TOO_LONG)
    elif not isinstance(payload, dict):
        raise invalid("payload")
    elif kind == "oa.open.url" and not str(payload.get("url")).startswith(("https://", "http://")):
        raise invalid("url")
    elif kind != "oa.open.url" and not str(payload.get("phone_code")).isdigit():
        raise invalid("phone_code")


def _chars(text: str) -> int:
    """Zalo counts characters put together: "ễ" is one, however it is typed."""
    return len(unicodedata.normalize("NFC", text))
