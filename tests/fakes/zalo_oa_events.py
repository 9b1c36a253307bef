"""What citizens and clerks do in Zalo, as events that an Official Account receives. All ids are strings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from tests.fakes.failures import JsonObject

if TYPE_CHECKING:
    from tests.fakes.zalo_oa_messages import Sent


@dataclass
class Citizen:
    """What Zalo knows of a person and this account; times are seconds since 1970."""

    is_follower: bool = False
    is_reachable: bool = False
    has_spoken: bool = False
    last_interaction: float = 0.0


class Events:
    """Builds events; whoever does something in one of them has interacted with the account from then on."""

    def __init__(self, app_id: str, oa_id: str, clock: Callable[[], float]) -> None:
        self.app_id = app_id
        self.oa_id = oa_id
        self.citizens: dict[str, Citizen] = {}
        self.conversations: dict[str, str] = {}
        self.senders: dict[str, str] = {}
        self._now = clock
        self._message_ids = count(0x96D3CDF3AF150460909)

    def interact(self, user_id: str) -> Citizen:
        """Have a person interact now: for seven days the account may write."""
        citizen = self.citizens.setdefault(user_id, Citizen())
        citizen.is_reachable = citizen.has_spoken = True
        citizen.last_interaction = self._now()
        return citizen

    def text(self, user_id: str, text: str, quote: str | None = None) -> JsonObject:
        """A text; `quote` is the id of the message that it answers."""
        message = {"text": text, "msg_id": self.new_id()} | ({} if quote is None else {"quote_msg_id": quote})
        return self._said(user_id, "user_send_text", message)

    def tap(self, user_id: str, payload: str) -> JsonObject:
        """A tap on a button: Zalo sends the payload as if the person had written it."""
        return self.text(user_id, payload)

    def press(self, user_id: str, message: Sent, title: str) -> JsonObject:
        """A tap on the button with this title; KeyError if the message has none that sends something."""
        payloads = {b["title"]: b["payload"] for b in message.buttons if b["type"].startswith("oa.query.")}
        return self.tap(user_id, payloads[title])

    def image(self, user_id: str, text: str | None = None) -> JsonObject:
        urls = {"thumbnail": "https://photo.example.zdn.vn/t.jpg", "url": "https://photo.example.zdn.vn/f.jpg"}
        return self.attachment(user_id, "image", urls, text)

    def voice(self, user_id: str) -> JsonObject:
        return self.attachment(user_id, "audio", {"url": "https://voice.example.zdn.vn/a.amr"})

    def sticker(self, user_id: str) -> JsonObject:
        return self.attachment(user_id, "sticker", {"id": "46086", "url": "https://sticker.example.zdn.vn/s.png"})

    def file(self, user_id: str) -> JsonObject:
        payload = {"url": "https://file.example.zdn.vn/to-khai.pdf", "size": "45062", "name": "to-khai.pdf"}
        return self.attachment(
            user_id, "file", payload | {"checksum": "d41d8cd98f00b204e9800998ecf8427e", "type": "pdf"}
        )

    def link(self, user_id: str, url: str = "https://dichvucong.gov.vn") -> JsonObject:
        payload = {"thumbnail": "https://example.vn/t.jpg", "description": "Cổng Dịch vụ công quốc gia", "url": url}
        return self.attachment(user_id, "link", payload, url)

    def location(self, user_id: str, latitude: str = "10.7764473", longitude: str = "106.7009174") -> JsonObject:
        return self.attachment(user_id, "location", {"coordinates": {"latitude": latitude, "longitude": longitude}})

    def attachment(self, user_id: str, kind: str, payload: JsonObject, text: str | None = None) -> JsonObject:
        """`user_send_<kind>`."""
        message: JsonObject = {"msg_id": self.new_id(), "attachments": [{"type": kind, "payload": payload}]}
        return self._said(user_id, f"user_send_{kind}", message | ({} if text is None else {"text": text}))

    def follow(self, user_id: str, source: str = "oa_profile") -> JsonObject:
        has_spoken = user_id in self.citizens and self.citizens[user_id].has_spoken
        citizen = self.interact(user_id)
        citizen.is_follower, citizen.has_spoken = True, has_spoken
        return self._managed("follow", {"follower": {"id": user_id}, "source": source}, user_id)

    def unfollow(self, user_id: str) -> JsonObject:
        """From now on the account is refused with -213, until the person writes again."""
        citizen = self.citizens.setdefault(user_id, Citizen())
        citizen.is_follower = citizen.is_reachable = False
        return self._managed("unfollow", {"follower": {"id": user_id}, "source": "oa_profile"}, user_id)

    def chatnow(self, user_id: str) -> JsonObject:
        """The person opens the chat for the first time."""
        self.interact(user_id)
        return self._managed("user_click_chatnow", {"user_id": user_id}, user_id)

    def withdraw(self, user_id: str) -> JsonObject:
        """The person wants their data deleted."""
        return self._managed("user_withdraw", {"user_id": user_id}, user_id)

    def clerk_message(self, user_id: str, text: str, admin_id: str = "3810801230183018") -> JsonObject:
        """A person writes to the citizen from the account."""
        return self.echo(user_id, {"text": text, "msg_id": self.new_id()}, admin_id=admin_id)

    def echo(self, user_id: str, message: JsonObject, kind: str = "text", admin_id: str | None = None) -> JsonObject:
        """What the account sent comes back as an event."""
        sender = {"id": self.oa_id} | ({} if admin_id is None else {"admin_id": admin_id})
        return self._event(sender, user_id, f"oa_send_{kind}", message, user_id)

    def received(self, user_id: str, message_id: str) -> JsonObject:
        return self._event({"id": self.oa_id}, user_id, "user_received_message", {"msg_id": message_id}, user_id)

    def seen(self, user_id: str, *message_ids: str) -> JsonObject:
        message = {"msg_ids": list(message_ids)}
        return self._event({"id": self.oa_id}, user_id, "user_seen_message", message, user_id)

    def reacted(self, user_id: str, message_id: str, icon: str = "/-strong") -> JsonObject:
        message = {"msg_id": message_id, "react_icon": icon}
        return self._event({"id": user_id}, self.oa_id, "user_reacted_message", message, user_id)

    def anonymous_text(self, anonymous_id: str, conversation_id: str, text: str) -> JsonObject:
        """Someone who is not logged in writes; they can be answered in this conversation only."""
        self.conversations[conversation_id] = anonymous_id
        message = {"conversation_id": conversation_id, "text": text, "msg_id": self.new_id()}
        return self._event({"id": anonymous_id}, self.oa_id, "anonymous_send_text", message, None)

    def other(self, event_name: str, **fields: object) -> JsonObject:
        """Any other event of the account."""
        return self._managed(event_name, fields, None)

    def new_id(self) -> str:
        return f"{next(self._message_ids):x}"

    def _said(self, user_id: str, name: str, message: JsonObject) -> JsonObject:
        self.interact(user_id)
        self.senders[message["msg_id"]] = user_id
        return self._event({"id": user_id}, self.oa_id, name, message, user_id)

    def _event(
        self, sender: JsonObject, recipient: str, name: str, message: JsonObject, user_id: str | None
    ) -> JsonObject:
        event = {"app_id": self.app_id, "sender": sender} | self._by_app(user_id)
        event |= {"recipient": {"id": recipient}, "event_name": name, "message": message}
        return event | {"timestamp": self._timestamp()}

    def _managed(self, name: str, fields: JsonObject, user_id: str | None) -> JsonObject:
        event = {"app_id": self.app_id, "oa_id": self.oa_id} | fields | self._by_app(user_id)
        return event | {"event_name": name, "timestamp": self._timestamp()}

    def _by_app(self, user_id: str | None) -> JsonObject:
        return {} if user_id is None else {"user_id_by_app": user_id[::-1]}

    def _timestamp(self) -> str:
        return str(int(self._now() * 1000))
