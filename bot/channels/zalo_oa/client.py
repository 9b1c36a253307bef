"""Calls of the Official Account's API."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from bot.channels.zalo_oa.errors import Remedy, error_of, remedy_of
from bot.channels.zalo_oa.transport import Transport
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import RefusedError
from bot.settings.channels import ChannelSettings

SEND = "/v3.0/oa/message/cs"
SEND_TO_ANONYMOUS = "/v2.0/oa/message"
UPLOAD = "/v2.0/oa/upload/image"
ACCOUNT = "/v2.0/oa/getoa"
_Ask = Callable[[str, Mapping[str, str]], Awaitable[Mapping[str, object]]]
"""Makes the request, given its address and headers."""


class AccessTokens(Protocol):
    async def access(self) -> str: ...

    async def access_instead(self, refused: str) -> str: ...

    async def close(self) -> None: ...


class ZaloOaClient:
    def __init__(self, settings: ChannelSettings, tokens: AccessTokens, transport: Transport, clock: Clock) -> None:
        key = settings.zalo_oa_secret_key
        self._base = settings.zalo_openapi_base
        self._proof_key = key.get_secret_value().encode() if key and settings.zalo_oa_appsecret_proof else None
        self._tokens = tokens
        self._transport = transport
        self._clock = clock

    async def call(self, path: str, body: Mapping[str, object] | None = None) -> Mapping[str, object]:
        """The answer's `data`. POST with a body, else GET. Raises SendError."""

        def ask(url: str, headers: Mapping[str, str]) -> Awaitable[Mapping[str, object]]:
            return self._transport.get(url, headers) if body is None else self._transport.post_json(url, headers, body)

        return await self._called(path, ask)

    async def upload(self, png: bytes) -> str:
        """What Zalo calls the picture, for a week. Raises SendError."""
        data = await self._called(UPLOAD, lambda url, headers: self._transport.post_picture(url, headers, png))
        name = data.get("attachment_id")
        if not isinstance(name, str) or not name:
            raise RefusedError("Zalo has taken a picture and does not say what it calls it")
        return name

    async def _called(self, path: str, ask: _Ask) -> Mapping[str, object]:
        """A token that is refused is renewed, and the call made once more: what was refused has not been done."""
        token = await self._tokens.access()
        answer = await self._answer(path, ask, token)
        if remedy_of(answer) is Remedy.REFRESH:
            answer = await self._answer(path, ask, await self._tokens.access_instead(token))
        error = error_of(answer, self._clock())
        if error is not None:
            raise error
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    async def close(self) -> None:
        await self._tokens.close()
        await self._transport.close()

    async def _answer(self, path: str, ask: _Ask, token: str) -> Mapping[str, object]:
        return await ask(f"{self._base}{path}", {"access_token": token, **self._proof(token)})

    def _proof(self, token: str) -> Mapping[str, str]:
        """What applications send that have switched it on: that who has the token has the secret key as well."""
        if self._proof_key is None:
            return {}
        return {"appsecret_proof": hmac.new(self._proof_key, token.encode(), hashlib.sha256).hexdigest()}
