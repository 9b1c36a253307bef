"""Telegram's Bot API as a bot meets it, on this machine."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

from aiohttp import web

from tests.fakes.failures import JsonObject, RefusedError, answer
from tests.fakes.server import FakePlatform
from tests.fakes.telegram_chats import Chats, Sent
from tests.fakes.telegram_checks import as_number, as_object, decoded
from tests.fakes.telegram_failures import NO_SUCH_METHOD, UNAUTHORIZED, WEBHOOK_ACTIVE, bad_request
from tests.fakes.telegram_polling import MOST_UPDATES, Polling
from tests.fakes.telegram_profile import Profile
from tests.fakes.telegram_updates import Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Updates that come only to a bot that names them in `allowed_updates`."""
_JSON = {
    "allowed_updates", "button", "commands", "entities", "link_preview_options", "menu_button", "reply_markup",
    "reply_parameters", "results", "scope",
}  # fmt: skip
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class FakeTelegram(Updates, FakePlatform[Sent]):
    """Methods at `base_url` + token + `/method`; forms, multipart and JSON are read.

    `secret` goes with each push until `setWebhook` names another. `setWebhook` takes https only, as Telegram does,
    unless `allow_http`; `webhook_url` can be set directly to anything on this machine.
    """

    def __init__(
        self,
        token: str = "123456:TEST",
        secret: str | None = None,
        *,
        clock: Callable[[], float] = time.time,
        allow_http: bool = False,
        port: int = 0,
    ) -> None:
        FakePlatform.__init__(self, clock=clock, port=port)
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "DVC", "username": "dvc_mau_bot"}
        Updates.__init__(self, bot, clock)
        self.token = token
        self.secret = secret
        self.allow_http = allow_http
        self.allowed_updates: list[str] = []
        self.profile = Profile()
        self.chats = Chats(self, self.sent, clock)
        self.polling = Polling(self._tell)
        self._methods: dict[str, Callable[[JsonObject], object]] = {
            "getMe": lambda _: self._get_me(),
            "sendMessage": self.chats.send_message,
            "sendPhoto": self.chats.send_photo,
            "editMessageText": self.chats.edit_text,
            "editMessageReplyMarkup": self.chats.edit_markup,
            "deleteMessage": self.chats.delete,
            "answerCallbackQuery": self.chats.answer_tap,
            "answerInlineQuery": self.chats.answer_inline,
            "sendChatAction": self.chats.chat_action,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _: self._webhook_info(),
            "setMyCommands": self.profile.set_commands,
            "getMyCommands": self.profile.get_commands,
            "deleteMyCommands": self.profile.delete_commands,
            "setMyDescription": self.profile.set_description,
            "getMyDescription": self.profile.get_description,
            "setMyShortDescription": self.profile.set_short_description,
            "getMyShortDescription": self.profile.get_short_description,
            "setChatMenuButton": self.profile.set_menu_button,
            "getChatMenuButton": lambda _: self.profile.menu_button,
        }

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    async def push(self, update: JsonObject) -> int:
        """Bring an update to the webhook; its status. LookupError if Telegram would not: no webhook, or not asked."""
        if not self._is_asked_for(update):
            raise LookupError(f"the bot did not ask for {list(update)[1]}, only for {self.allowed_updates}")
        headers = {} if self.secret is None else {SECRET_HEADER: self.secret}
        return (await self._deliver(update, headers)).status

    async def push_until_accepted(self, update: JsonObject, tries: int = 5, pause: float = 0.02) -> int:
        """Bring it again and again until the answer is 2xx, as Telegram does; the last status."""
        status = await self.push(update)
        for _ in range(tries - 1):
            if status // 100 == 2:
                break
            await asyncio.sleep(pause)
            status = await self.push(update)
        return status

    def queue(self, update: JsonObject) -> None:
        """Keep an update for `getUpdates`; one that the bot did not ask for is lost, as at Telegram."""
        if self._is_asked_for(update):
            self.polling.add(update)

    def _is_asked_for(self, update: JsonObject) -> bool:
        kind = next(name for name in update if name != "update_id")
        return kind in self.allowed_updates if self.allowed_updates else kind not in UNASKED

    def _name(self, request: web.Request) -> str:
        return request.path.rpartition("/")[2]

    async def _read(self, request: web.Request) -> JsonObject:
        fields: JsonObject = dict(request.query)
        if request.content_type == "application/json":
            return fields | as_object(await request.text())
        form = await request.post()
        files = {name: value.file.read() for name, value in form.items() if isinstance(value, web.FileField)}
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        read = {name: decoded(name, text) if name in _JSON else text for name, text in texts.items()}
        return fields | files | read

    async def _answer(self, request: web.Request, name: str, fields: JsonObject) -> web.Response:
        if request.path.rpartition("/")[0] != f"/bot{self.token}":
            raise RefusedError(UNAUTHORIZED)
        if name == "getUpdates":
            return answer({"ok": True, "result": await self._get_updates(fields)})
        if name not in self._methods:
            raise RefusedError(NO_SUCH_METHOD)
        return answer({"ok": True, "result": self._methods[name](fields)})

    def _get_me(self) -> JsonObject:
        rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
        return self.bot | rights

    def _set_webhook(self, fields: JsonObject) -> bool:
        url, secret = str(fields.get("url", "")), fields.get("secret_token")
        if not url:
            return self._delete_webhook(fields)
        if not url.startswith(("https://", "http://") if self.allow_http else "https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self.webhook_url, self.secret = url, secret
        self.allowed_updates = fields.get("allowed_updates", self.allowed_updates)
        self._drop_pending(fields)
        return True

    def _delete_webhook(self, fields: JsonObject) -> bool:
        self.webhook_url = None
        self._drop_pending(fields)
        return True

    def _drop_pending(self, fields: JsonObject) -> None:
        if str(fields.get("drop_pending_updates", "")).lower() == "true":
            self.polling.pending.clear()

    def _webhook_info(self) -> JsonObject:
        info = {"url": self.webhook_url or "", "has_custom_certificate": False}
        info["pending_update_count"] = len(self.polling.pending)
        return info | ({"allowed_updates": self.allowed_updates} if self.allowed_updates else {})

    async def _get_updates(self, fields: JsonObject) -> list[JsonObject]:
        if self.webhook_url is not None:
            raise RefusedError(WEBHOOK_ACTIVE)
        self.allowed_updates = fields.get("allowed_updates", self.allowed_updates)
        return await self.polling.poll(
            as_number(fields.get("offset", 0), "offset"),
            as_number(fields.get("limit", MOST_UPDATES), "limit"),
            as_number(fields.get("timeout", 0), "timeout"),
        )
