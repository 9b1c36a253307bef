"""What people write to a bot of Zalo's Bot Platform, as the events that it receives."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from tests.fakes.failures import JsonObject


class BotEvents:
    """Events without the envelope; `enveloped` puts them into it. All ids are strings, times are milliseconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._now = clock
        self._ids = count(0x2D758CB5E222177A4E35)

    def text(self, user_id: str, text: str, *, group: str | None = None) -> JsonObject:
        """A text in the private chat, or in `group`."""
        return self._event("text", user_id, {"text": text}, group)

    def image(self, user_id: str, caption: str = "") -> JsonObject:
        photo = {"photo_url": "https://photo.example.zdn.vn/f.jpg", "caption": caption}
        return self._event("image", user_id, photo)

    def sticker(self, user_id: str) -> JsonObject:
        return self._event("sticker", user_id, {"sticker": "0a1b2c", "url": "https://sticker.example.zdn.vn/s.png"})

    def voice(self, user_id: str) -> JsonObject:
        return self._event("voice", user_id, {"voice_url": "https://voice.example.zdn.vn/v.aac"})

    def unsupported(self, user_id: str) -> JsonObject:
        """Something that Zalo does not pass on; nothing is wrong with it."""
        return self._event("unsupported", user_id, {})

    def new_id(self) -> str:
        return f"{next(self._ids):x}"

    def _event(self, kind: str, user_id: str, content: JsonObject, group: str | None = None) -> JsonObject:
        sender = {"id": user_id, "display_name": "Người Dùng", "is_bot": False}
        chat = {"id": group or user_id, "chat_type": "GROUP" if group else "PRIVATE"}
        message = {"from": sender, "chat": chat} | content
        message |= {"message_id": self.new_id(), "date": int(self._now() * 1000)}
        return {"event_name": f"message.{kind}.received", "message": message}


def enveloped(event: JsonObject) -> JsonObject:
    """The documented shape; without it the event is as some saw it in production."""
    return {"ok": True, "result": event}
