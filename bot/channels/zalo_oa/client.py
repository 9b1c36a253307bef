"""Calls of the Official Account's API."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Protocol

from bot.channels.zalo_oa.errors import Remedy, error_of, remedy_of
from bot.channels.zalo_oa.transport import Transport
from bot.operations.receiving import Clock
from bot.settings.channels import ChannelSettings

SEND = "/v3.0/oa/message/cs"
SEND_TO_ANONYMOUS = "/v2.0/oa/message"
ACCOUNT = "/v2.0/oa/getoa"


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
        """The answer's `data`. POST with a body, else GET. Raises SendError.

        A token that is refused is renewed, and the call made once more: what was refused has not been done.
        """
        token = await self._tokens.access()
        answer = await self._ask(path, body, token)
        if remedy_of(answer) is Remedy.REFRESH:
            answer = await self._ask(path, body, await self._tokens.access_instead(token))
        error = error_of(answer, self._clock())
        if error is not None:
            raise error
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    async def close(self) -> None:
        await self._tokens.close()
        await self._transport.close()

    async def _ask(self, path: str, body: Mapping[str, object] | None, token: str) -> Mapping[str, object]:
        url, headers = f"{self._base}{path}", {"access_token": token, **self._proof(token)}
        return await (
            self._transport.get(url, headers) if body is None else self._transport.post_json(url, headers, body)
        )

    def _proof(self, token: str) -> Mapping[str, str]:
        """What applications send that have switched it on: that who has the token has the secret key as well."""
        if self._proof_key is None:
            return {}
        return {"appsecret_proof": hmac.new(self._proof_key, token.encode(), hashlib.sha256).hexdigest()}
