"""Zalo's Bot Platform as a bot meets it, on this machine: texts only, no buttons."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from aiohttp import web

from tests.fakes.failures import JsonObject, RefusedError, answer
from tests.fakes.server import FakePlatform
from tests.fakes.zalo_bot_events import BotEvents, enveloped
from tests.fakes.zalo_bot_failures import IDLE, NOT_FOUND, QUOTA_EXCEEDED, UNAUTHORIZED, WEBHOOK_ACTIVE, bad_request

SECRET_HEADER = "X-Bot-Api-Secret-Token"
MOST_CHARS = 2000
SECRET_CHARS = range(8, 257)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person gets. `at` is monotonic."""

    at: float
    method: str
    chat_id: str
    text: str
    message_id: str
    fields: JsonObject


class FakeZaloBot(BotEvents, FakePlatform[Sent]):
    """Methods at `base_url` + token + `/method`, JSON in, an envelope with `ok` out.

    `real_statuses` makes the HTTP status of an error the code in its body; it is 200 otherwise, as it can be at Zalo.
    `quota` is how many messages are left, None for any number. `flat` leaves the envelope off events.
    `setWebhook` takes https only, unless `allow_http`; `webhook_url` can be set directly.
    """

    def __init__(
        self,
        token: str = "1459232241454765289:TEST",
        secret: str = "hook-secret",
        *,
        clock: Callable[[], float] = time.time,
        allow_http: bool = False,
        port: int = 0,
    ) -> None:
        FakePlatform.__init__(self, clock=clock, port=port)
        BotEvents.__init__(self, clock)
        self.token = token
        self.secret = secret
        self.allow_http = allow_http
        self.real_statuses = False
        self.flat = False
        self.quota: int | None = None
        self._updated_at = 0
        self._pending: deque[JsonObject] = deque()
        self._arrived = asyncio.Event()
        self._methods: dict[str, Callable[[JsonObject], JsonObject]] = {
            "getMe": lambda _: self._get_me(),
            "sendMessage": self._send_message,
            "sendChatAction": self._send_chat_action,
            "setWebhook": self._set_webhook,
            "deleteWebhook": lambda _: self._delete_webhook(),
            "getWebhookInfo": lambda _: self._webhook_info(),
        }

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    async def push(self, event: JsonObject, *, flat: bool | None = None, secret: str | None = None) -> int:
        """Bring an event to the webhook; its status. `flat` and `secret` differ from the settings for this one."""
        is_flat = self.flat if flat is None else flat
        headers = {SECRET_HEADER: self.secret if secret is None else secret}
        return (await self._deliver(event if is_flat else enveloped(event), headers)).status

    async def push_until_accepted(self, event: JsonObject, tries: int = 5, pause: float = 0.02) -> int:
        """Bring it again until the answer is 2xx; the last status. How often Zalo does so is not documented."""
        status = await self.push(event)
        for _ in range(tries - 1):
            if status // 100 == 2:
                break
            await asyncio.sleep(pause)
            status = await self.push(event)
        return status

    def queue(self, event: JsonObject) -> None:
        """Keep an event for `getUpdates`, which gives one at a time, once."""
        self._pending.append(event)
        self._arrived.set()

    def _name(self, request: web.Request) -> str:
        return request.path.rpartition("/")[2]

    async def _read(self, request: web.Request) -> JsonObject:
        text = await request.text()
        try:
            fields = json.loads(text or "{}")
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise self._with_status(bad_request("body is no JSON object"))
        return fields

    async def _answer(self, request: web.Request, name: str, fields: JsonObject) -> web.Response:
        try:
            if request.path.rpartition("/")[0] != f"/bot{self.token}":
                raise RefusedError(UNAUTHORIZED)
            if name == "getUpdates":
                return answer(enveloped(await self._get_update(fields)))
            if name not in self._methods:
                raise RefusedError(NOT_FOUND)
            result = self._methods[name](fields)
        except RefusedError as refused:
            raise self._with_status(refused) from None
        return answer(enveloped(result) if result else {"ok": True})

    def _with_status(self, refused: RefusedError) -> RefusedError:
        if self.real_statuses and isinstance(refused.failure.body, dict):
            return RefusedError(replace(refused.failure, status=refused.failure.body["error_code"]))
        return refused

    def _get_me(self) -> JsonObject:
        me = {"id": self.token.partition(":")[0], "account_name": "bot.VDKyGxQvc", "account_type": "BASIC"}
        return me | {"can_join_groups": False}

    def _send_message(self, fields: JsonObject) -> JsonObject:
        chat_id, text = _chat(fields), fields.get("text")
        if not isinstance(text, str) or not text.strip():
            raise bad_request("text is required")
        if len(text) > MOST_CHARS:
            raise bad_request("text is too long")
        if self.quota is not None:
            if self.quota <= 0:
                raise RefusedError(QUOTA_EXCEEDED)
            self.quota -= 1
        at = asyncio.get_running_loop().time()
        self.sent.append(Sent(at, "sendMessage", chat_id, text, self.new_id(), fields))
        return {"message_id": self.sent[-1].message_id, "date": int(self.clock() * 1000)}

    def _send_chat_action(self, fields: JsonObject) -> JsonObject:
        _chat(fields)
        if fields.get("action") != "typing":
            raise bad_request("action must be typing")
        return {}

    def _set_webhook(self, fields: JsonObject) -> JsonObject:
        url, secret = str(fields.get("url", "")), str(fields.get("secret_token", ""))
        if not url.startswith(("https://", "http://") if self.allow_http else "https://"):
            raise bad_request("url must be HTTPS")
        if len(secret) not in SECRET_CHARS:
            raise bad_request("secret_token must have 8 to 256 characters")
        self.webhook_url, self.secret = url, secret
        return self._updated()

    def _delete_webhook(self) -> JsonObject:
        self.webhook_url = None
        return self._updated()

    def _webhook_info(self) -> JsonObject:
        if self.webhook_url is None:
            raise RefusedError(NOT_FOUND)
        return {"url": self.webhook_url, "updated_at": self._updated_at}

    def _updated(self) -> JsonObject:
        self._updated_at = int(self.clock() * 1000)
        return {"url": self.webhook_url or "", "updated_at": self._updated_at}

    async def _get_update(self, fields: JsonObject) -> JsonObject:
        """The next event, waited for; 408 when none comes in `timeout` seconds."""
        if self.webhook_url is not None:
            raise RefusedError(WEBHOOK_ACTIVE)
        try:
            async with asyncio.timeout(float(fields.get("timeout", 30))):
                while not self._pending:
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            raise RefusedError(IDLE) from None
        return self._pending.popleft()


def _chat(fields: JsonObject) -> str:
    chat_id = fields.get("chat_id")
    if not isinstance(chat_id, str) or not chat_id:
        raise bad_request("chat_id is required")
    return chat_id
