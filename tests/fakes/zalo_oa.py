"""Zalo's Official Account API and its token address as a bot meets them, on this machine."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable

from aiohttp import web

from tests.fakes.failures import JsonObject, RefusedError, answer, compact
from tests.fakes.server import NO_ANSWER, Delivery, FakePlatform
from tests.fakes.zalo_oa_events import Events
from tests.fakes.zalo_oa_failures import NO_SUCH_API, NOT_FOLLOWED, RATE_LIMITED, invalid
from tests.fakes.zalo_oa_messages import Messages, Sent
from tests.fakes.zalo_oa_tokens import Tokens

TOKEN_PATH = "/v4/oa/access_token"
CONSULTATION_PATH = "/v3.0/oa/message/cs"
ANONYMOUS_PATH = "/v2.0/oa/message"
UPLOAD_PATH = "/v2.0/oa/upload/image"
SIGNATURE_HEADER = "X-ZEvent-Signature"
SECONDS_TO_ANSWER = 2.0
SECONDS_OF_PATIENCE = 10.0


def zalo_mac(app_id: str, raw: bytes, timestamp: str, oa_secret: str) -> str:
    """How Zalo signs an event: a plain SHA-256 over exactly the bytes sent, not an HMAC."""
    return hashlib.sha256(app_id.encode() + raw + timestamp.encode() + oa_secret.encode()).hexdigest()


class FakeZaloOA(Events, FakePlatform[Sent]):
    """Paths as at Zalo, both below `oauth_base` and below `openapi_base`; `fail_next` takes a path or its last parts.

    `echoes` sends what the account sent back as an event, `receipts` says that it was received, both to the webhook.
    `late` holds the events that the webhook took more than `answer_within` seconds for, or never answered.
    `calls_per_minute` is the limit of the whole app, None for no limit.
    """

    def __init__(
        self,
        app_id: str = "360846524940903967",
        app_secret: str = "EXAMPLE_APP_SECRET",
        oa_secret: str = "EXAMPLE_OA_SECRET_KEY",
        oa_id: str = "388613280878808645",
        *,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        FakePlatform.__init__(self, clock=clock, port=port)
        Events.__init__(self, app_id, oa_id, clock)
        self.oa_secret = oa_secret
        self.tokens = Tokens(app_id, app_secret, clock)
        self.messages = Messages(self, self.sent, clock)
        self.patience = SECONDS_OF_PATIENCE
        self.answer_within = SECONDS_TO_ANSWER
        self.echoes = True
        self.receipts = False
        self.late: list[Delivery] = []
        self.calls_per_minute: int | None = None
        self._minute = (0, 0)

    @property
    def oauth_base(self) -> str:
        return self.url

    @property
    def openapi_base(self) -> str:
        return self.url

    @property
    def refuse_buttons(self) -> int | None:
        return self.messages.refuse_buttons

    @refuse_buttons.setter
    def refuse_buttons(self, code: int | None) -> None:
        self.messages.refuse_buttons = code

    async def push(self, event: JsonObject | bytes, *, sign: bool | str = True, retry: int = 0) -> int:
        """Bring an event to the webhook; its status. `sign`: True, False (no header), "wrong", or another key."""
        raw = event if isinstance(event, bytes) else compact(event).encode()
        headers = {"num_retry": str(retry)} if retry else {}
        if sign:
            headers[SIGNATURE_HEADER] = f"mac={self._mac(raw, sign)}"
        delivery = await self._deliver(raw, headers)
        if delivery.status == NO_ANSWER or delivery.seconds > self.answer_within:
            self.late.append(delivery)
        return delivery.status

    async def push_until_accepted(
        self, event: JsonObject | bytes, tries: int = 6, pause: float = 0.02, *, sign: bool | str = True
    ) -> int:
        """Bring it again, and say for which time, until the answer is 200; the last status. Zalo tries six times."""
        status = await self.push(event, sign=sign)
        for retry in range(1, tries):
            if status == 200:
                break
            await asyncio.sleep(pause)
            status = await self.push(event, sign=sign, retry=retry)
        return status

    def _mac(self, raw: bytes, sign: bool | str) -> str:
        if sign == "wrong":
            return "0" * 64
        try:
            timestamp = str(json.loads(raw).get("timestamp", ""))
        except (ValueError, AttributeError):
            timestamp = ""
        return zalo_mac(self.app_id, raw, timestamp, sign if isinstance(sign, str) else self.oa_secret)

    def _name(self, request: web.Request) -> str:
        return request.path

    async def _read(self, request: web.Request) -> JsonObject:
        """A form for tokens, JSON for the rest; a GET has its JSON in `data`."""
        if request.path == TOKEN_PATH:
            return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        if request.path == UPLOAD_PATH:
            file = (await request.post()).get("file")
            return {"file": file.file.read() if isinstance(file, web.FileField) else None}
        text = request.query.get("data", "{}") if request.method == "GET" else await request.text()
        try:
            fields = json.loads(text)
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise invalid("body is no JSON object")
        return fields

    async def _answer(self, request: web.Request, name: str, fields: JsonObject) -> web.Response:
        if (request.method, name) == ("POST", TOKEN_PATH):
            return answer(self.tokens.grant(request.headers.get("secret_key"), fields))
        self.tokens.check(request.headers.get("access_token"))
        limits = self._count()
        match request.method, name:
            case "POST", path if path == CONSULTATION_PATH:
                data = self._sent_data(self.messages.consult(path, fields))
            case "POST", path if path == ANONYMOUS_PATH:
                data = self._sent_data(self.messages.anonymous(path, fields))
            case "POST", path if path == UPLOAD_PATH:
                data = {"attachment_id": self.messages.upload(fields.get("file"))}
            case "POST", "/v3.0/oa/quota/message":
                data = self._quota(fields)
            case "GET", "/v3.0/oa/user/detail":
                data = self._profile(fields)
            case "GET", "/v2.0/oa/getoa":
                data = self._account()
            case _:
                raise RefusedError(NO_SUCH_API)
        return answer({"data": data, "error": 0, "message": "Success"}, headers=limits)

    def _count(self) -> dict[str, str]:
        """Count a call in this minute; the headers that say how many are left."""
        if self.calls_per_minute is None:
            return {}
        minute = int(self.clock() // 60)
        self._minute = minute, (self._minute[1] if self._minute[0] == minute else 0) + 1
        left = self.calls_per_minute - self._minute[1]
        if left < 0:
            raise RefusedError(RATE_LIMITED)
        return {"X-RateLimit-Limit": str(self.calls_per_minute), "X-RateLimit-Remain": str(left)}

    def _sent_data(self, sent: Sent) -> JsonObject:
        """The answer to a message; what comes back to the webhook is on its way."""
        if sent.path == CONSULTATION_PATH and self.webhook_url is not None:
            message = {"text": sent.text, "msg_id": sent.message_id} if sent.text else {"msg_id": sent.message_id}
            if self.echoes:
                self._soon(self.push(self.echo(sent.user_id, message, "text" if sent.text else "image")))
            if self.receipts:
                self._soon(self.push(self.received(sent.user_id, sent.message_id)))
        data = {"message_id": sent.message_id, "user_id": sent.user_id, "sent_time": str(int(self.clock() * 1000))}
        return data | ({} if sent.quota_type is None else {"quota": {"quota_type": sent.quota_type}})

    def _quota(self, fields: JsonObject) -> JsonObject:
        citizen = self.citizens.get(str(fields.get("user_id")))
        if citizen is None:
            raise RefusedError(NOT_FOLLOWED)
        last = str(int(citizen.last_interaction * 1000))
        return {"last_interaction": last, "cs_reply": {"remain": 8, "total": 8}}

    def _profile(self, fields: JsonObject) -> JsonObject:
        user_id = str(fields.get("user_id"))
        citizen = self.citizens.get(user_id)
        if citizen is None:
            raise RefusedError(NOT_FOLLOWED)
        ids = {"user_id": user_id, "user_id_by_app": user_id[::-1], "user_external_id": ""}
        return ids | {
            "display_name": "Nguyễn Thị Mẫu",
            "user_alias": "",
            "is_sensitive": False,
            "user_last_interaction_date": time.strftime("%d/%m/%Y", time.gmtime(citizen.last_interaction)),
            "user_is_follower": citizen.is_follower,
        }

    def _account(self) -> JsonObject:
        account = {"oa_id": self.oa_id, "name": "Một Cửa", "is_verified": True, "oa_type": 4}
        return account | {"package_name": "Growth", "package_valid_through_date": "31/12/2027"}
