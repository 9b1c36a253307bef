"""The methods by which a bot writes to people: what arrives is recorded, what Telegram refuses is refused."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from tests.fakes.failures import JsonObject, RefusedError
from tests.fakes.telegram_checks import as_number, caption, check_markup, check_photo, check_results, content
from tests.fakes.telegram_failures import BLOCKED, NOT_MODIFIED, QUERY_TOO_OLD, bad_request, too_many_requests
from tests.fakes.telegram_updates import Updates, private_chat

SECONDS_TO_ANSWER_A_TAP = 15
SECONDS_TO_ANSWER_INLINE = 30
MOST_CHARS_OF_A_TAP = 200
A_SECOND_OVERALL = 30
A_SECOND_IN_A_CHAT = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person gets. `at` is monotonic; `text` is what the bot wrote (with its HTML), `shown` what is seen."""

    at: float
    method: str
    chat_id: int | None
    text: str | None
    reply_markup: JsonObject | None
    message_id: int | None
    fields: JsonObject
    shown: str | None = None


class Chats:
    """`enforce_rates` makes Telegram's flood limits real: 1 message a second in a chat, 30 overall."""

    def __init__(self, updates: Updates, sent: list[Sent], clock: Callable[[], float]) -> None:
        self.enforce_rates = False
        self._updates = updates
        self._sent = sent
        self._clock = clock
        self._recent: defaultdict[int | None, deque[float]] = defaultdict(deque)

    def send_message(self, fields: JsonObject) -> JsonObject:
        chat_id = self._reachable(fields)
        shown = content(str(fields.get("text", "")), fields.get("parse_mode"))
        markup = self._markup(fields)
        self._count(chat_id)
        chat = private_chat(chat_id) if chat_id > 0 else {"id": chat_id, "type": "supergroup", "title": "Nhóm"}
        message = self._updates.new_message(chat, self._updates.bot) | shown
        if markup is not None and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        self._updates.messages[chat_id, message["message_id"]] = message
        self._record("sendMessage", fields, chat_id, message["message_id"], shown["text"])
        return message

    def send_photo(self, fields: JsonObject) -> JsonObject:
        chat_id = self._reachable(fields)
        check_photo(fields.get("photo"))
        shown = caption(str(fields.get("caption", "")), fields.get("parse_mode"))
        markup = self._markup(fields)
        self._count(chat_id)
        chat = private_chat(chat_id) if chat_id > 0 else {"id": chat_id, "type": "supergroup", "title": "Nhóm"}
        size = {"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}
        message = self._updates.new_message(chat, self._updates.bot) | {"photo": [size]} | shown
        if markup is not None and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        self._updates.messages[chat_id, message["message_id"]] = message
        self._record("sendPhoto", fields, chat_id, message["message_id"], shown.get("caption"))
        return message

    def edit_text(self, fields: JsonObject) -> JsonObject | bool:
        shown = content(str(fields.get("text", "")), fields.get("parse_mode"))
        return self._edit("editMessageText", fields, shown)

    def edit_markup(self, fields: JsonObject) -> JsonObject | bool:
        return self._edit("editMessageReplyMarkup", fields, None)

    def delete(self, fields: JsonObject) -> bool:
        key = self._reachable(fields), as_number(fields.get("message_id"), "message identifier")
        if key not in self._updates.messages:
            raise bad_request("message to delete not found")
        del self._updates.messages[key]
        self._record("deleteMessage", fields, *key)
        return True

    def answer_tap(self, fields: JsonObject) -> bool:
        self._check_age(fields.get("callback_query_id"), SECONDS_TO_ANSWER_A_TAP)
        if len(str(fields.get("text", ""))) > MOST_CHARS_OF_A_TAP:
            raise bad_request("MESSAGE_TOO_LONG")
        self._record("answerCallbackQuery", fields, shown=fields.get("text"))
        return True

    def answer_inline(self, fields: JsonObject) -> bool:
        check_results(fields)
        self._check_age(fields.get("inline_query_id"), SECONDS_TO_ANSWER_INLINE)
        self._record("answerInlineQuery", fields)
        return True

    def chat_action(self, fields: JsonObject) -> bool:
        self._reachable(fields)
        if not fields.get("action"):
            raise bad_request("wrong parameter action in request")
        return True

    def _edit(self, method: str, fields: JsonObject, shown: JsonObject | None) -> JsonObject | bool:
        """Write a message anew; `shown` is its new content, None where only the keyboard changes."""
        markup = self._markup(fields)
        if "inline_message_id" in fields:
            self._record(method, fields, shown=shown["text"] if shown else None)
            return True
        chat_id = self._reachable(fields)
        key = chat_id, as_number(fields.get("message_id"), "message identifier")
        old = self._updates.messages.get(key)
        if old is None:
            raise bad_request("message to edit not found")
        parts = ("text", "entities")
        new = {name: value for name, value in old.items() if name not in (*(parts if shown else ()), "reply_markup")}
        new |= shown or {}
        if markup is not None and markup["inline_keyboard"]:
            new["reply_markup"] = markup
        if all(new.get(name) == old.get(name) for name in (*parts, "reply_markup")):
            raise RefusedError(NOT_MODIFIED)
        self._count(chat_id)
        new["edit_date"] = int(self._clock())
        self._updates.messages[key] = new
        self._record(method, fields, *key, shown["text"] if shown else None)
        return new

    def _reachable(self, fields: JsonObject) -> int:
        chat_id = as_number(fields.get("chat_id"), "chat_id")
        if chat_id in self._updates.blocked_by:
            raise RefusedError(BLOCKED)
        return chat_id

    def _markup(self, fields: JsonObject) -> JsonObject | None:
        markup: JsonObject | None = fields.get("reply_markup")
        if markup is not None:
            check_markup(markup)
        return markup

    def _check_age(self, query: object, seconds: float) -> None:
        born = self._updates.born.get(str(query))
        if born is None or self._clock() - born > seconds:
            raise RefusedError(QUERY_TOO_OLD)

    def _count(self, chat_id: int) -> None:
        """Refuse what comes faster than Telegram allows, if that is wanted."""
        if not self.enforce_rates:
            return
        now = self._clock()
        for key, most in ((chat_id, A_SECOND_IN_A_CHAT), (None, A_SECOND_OVERALL)):
            recent = self._recent[key]
            while recent and now - recent[0] >= 1:
                recent.popleft()
            if len(recent) >= most:
                raise RefusedError(too_many_requests(max(1, ceil(recent[0] + 1 - now))))
        self._recent[chat_id].append(now)
        self._recent[None].append(now)

    def _record(
        self,
        method: str,
        fields: JsonObject,
        chat_id: int | None = None,
        message_id: int | None = None,
        shown: str | None = None,
    ) -> None:
        at = asyncio.get_running_loop().time()
        markup = fields.get("reply_markup")
        self._sent.append(Sent(at, method, chat_id, fields.get("text"), markup, message_id, fields, shown))
