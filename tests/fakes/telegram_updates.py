"""What people do in Telegram, as updates that a bot receives; ids rise as Telegram's do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from tests.fakes.failures import JsonObject

if TYPE_CHECKING:
    from tests.fakes.telegram_chats import Sent


def person(user_id: int) -> JsonObject:
    return {"id": user_id, "is_bot": False, "first_name": "Mẫu", "language_code": "vi"}


def private_chat(user_id: int) -> JsonObject:
    return {"id": user_id, "type": "private", "first_name": "Mẫu"}


class Updates:
    """Builds updates and remembers what must be remembered of them: when a query was born, who blocked the bot."""

    def __init__(self, bot: JsonObject, clock: Callable[[], float]) -> None:
        self.bot = bot
        self.blocked_by: set[int] = set()
        self.messages: dict[tuple[int, int], JsonObject] = {}
        self.born: dict[str, float] = {}
        self._now = clock
        self._update_ids = count(10_001)
        self._message_ids = count(365)
        self._query_ids = count(4_382_000_000_000_001)

    def message(
        self, user_id: int, text: str | None = None, *, group: int | None = None, **content: object
    ) -> JsonObject:
        """A message in the private chat, or in `group`; `content` holds other fields, such as `photo` or `caption`."""
        chat = private_chat(user_id) if group is None else {"id": group, "type": "supergroup", "title": "Nhóm"}
        message = self.new_message(chat, person(user_id)) | content
        if text is not None:
            message["text"] = text
            if text.startswith("/"):
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return self._update("message", message)

    def start(self, user_id: int, parameter: str = "") -> JsonObject:
        """The start button, or a deep link that carries `parameter`."""
        return self.message(user_id, f"/start {parameter}".strip())

    def edited(self, update: JsonObject, text: str) -> JsonObject:
        """The person changes the message of `update`."""
        return self._update("edited_message", update["message"] | {"text": text, "edit_date": self._date()})

    def photo(self, user_id: int, caption: str | None = None) -> JsonObject:
        size = {"file_id": "SAMPLE_FILE_ID", "file_unique_id": "AQ", "width": 90, "height": 67, "file_size": 1203}
        update = self.message(user_id, photo=[size])
        if caption is not None:
            update["message"]["caption"] = caption
        return update

    def sticker(self, user_id: int) -> JsonObject:
        sticker = {"file_id": "S", "file_unique_id": "S", "type": "regular", "width": 512, "height": 512}
        return self.message(user_id, sticker=sticker | {"is_animated": False, "is_video": False, "emoji": "👍"})

    def voice(self, user_id: int) -> JsonObject:
        return self.message(user_id, voice={"file_id": "V", "file_unique_id": "V", "duration": 3})

    def contact(self, user_id: int) -> JsonObject:
        return self.message(user_id, contact={"phone_number": "84900000000", "first_name": "Mẫu", "user_id": user_id})

    def location(self, user_id: int, latitude: float = 10.7764473, longitude: float = 106.7009174) -> JsonObject:
        return self.message(user_id, location={"latitude": latitude, "longitude": longitude})

    def tap(self, user_id: int, message: Sent | JsonObject, data: str) -> JsonObject:
        """A tap on a button with this data, under a message that the bot sent: as recorded, or Telegram's object."""
        shown = message if isinstance(message, dict) else self.messages[message.chat_id or 0, message.message_id or 0]
        return self._callback(user_id, data, message=shown)

    def press(self, user_id: int, message: Sent, label: str) -> JsonObject:
        """A tap on the button that reads `label`; KeyError if the message shows none such now."""
        shown = self.messages[message.chat_id or 0, message.message_id or 0]
        rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
        data = {button["text"]: button.get("callback_data") for row in rows for button in row}
        return self._callback(user_id, data[label], message=shown)

    def tap_old(self, user_id: int, message_id: int, data: str) -> JsonObject:
        """A tap under a message so old that Telegram no longer says what is in it."""
        inaccessible = {"chat": private_chat(user_id), "message_id": message_id, "date": 0}
        return self._callback(user_id, data, message=inaccessible)

    def tap_inline(self, user_id: int, inline_message_id: str, data: str) -> JsonObject:
        """A tap under a message that was sent through inline mode: the bot gets an id, never the chat."""
        return self._callback(user_id, data, inline_message_id=inline_message_id)

    def inline(self, user_id: int, query: str, offset: str = "") -> JsonObject:
        fields = {"id": self._query(), "from": person(user_id), "query": query, "offset": offset}
        return self._update("inline_query", fields | {"chat_type": "sender"})

    def chosen(self, user_id: int, result_id: str, query: str) -> JsonObject:
        return self._update("chosen_inline_result", {"result_id": result_id, "from": person(user_id), "query": query})

    def reaction(self, user_id: int, message_id: int, emoji: str = "👍") -> JsonObject:
        new = {"old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}]}
        about = {"chat": private_chat(user_id), "message_id": message_id, "user": person(user_id)}
        return self._update("message_reaction", about | {"date": self._date()} | new)

    def blocked(self, user_id: int) -> JsonObject:
        """The person blocks the bot: from now on it is refused with 403."""
        self.blocked_by.add(user_id)
        return self._membership(user_id, "member", "kicked")

    def unblocked(self, user_id: int) -> JsonObject:
        self.blocked_by.discard(user_id)
        return self._membership(user_id, "kicked", "member")

    def _membership(self, user_id: int, old: str, new: str) -> JsonObject:
        def status(name: str) -> JsonObject:
            return {"user": self.bot, "status": name} | ({"until_date": 0} if name == "kicked" else {})

        about = {"chat": private_chat(user_id), "from": person(user_id), "date": self._date()}
        return self._update("my_chat_member", about | {"old_chat_member": status(old), "new_chat_member": status(new)})

    def _callback(self, user_id: int, data: str, **where: object) -> JsonObject:
        fields = {"id": self._query(), "from": person(user_id), "chat_instance": "-1234567890", "data": data}
        return self._update("callback_query", fields | where)

    def _query(self) -> str:
        query = str(next(self._query_ids))
        self.born[query] = self._now()
        return query

    def new_message(self, chat: JsonObject, sender: JsonObject) -> JsonObject:
        return {"message_id": next(self._message_ids), "date": self._date(), "chat": chat, "from": sender}

    def _update(self, kind: str, value: JsonObject) -> JsonObject:
        return {"update_id": next(self._update_ids), kind: value}

    def _date(self) -> int:
        return int(self._now())
