"""Calls to the Zalo Bot platform: `POST {base}/bot{token}/{method}`, JSON in, JSON out.

The token is part of the address: no error made here names an address, and none keeps the error that it was made of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
    TCPConnector,
)
from yarl import URL

from bot.operations.messages.sending import UncertainError, UnreachableError
from bot.settings import Settings

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
_MOST_WORDS = 120
"""How much of what the platform says of an error is told on."""
_NEVER_LEFT = (ClientConnectorError, ConnectionTimeoutError, ClientHttpProxyError, InvalidURL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform said. `code`: its own of an error, else the HTTP status. `words`: its own, without the token.

    `is_told`: it came in the platform's own words, and not from something in between, or a wrong address.
    """

    is_ok: bool
    code: int
    words: str
    result: object
    is_told: bool = True

    def __str__(self) -> str:
        return f"Zalo Bot answered {self.code} {self.words}".rstrip()


class ZaloBotClient:
    """One bot. The session is opened with the first call, so that one can be made before there is a loop."""

    def __init__(self, base: str, token: str, proxy: str | None = None) -> None:
        self._base = URL(base) / f"bot{token}"
        self._token = token
        self._proxy = proxy
        self._opened: ClientSession | None = None

    async def call(
        self, method: str, fields: Mapping[str, object] | None = None, total: float = TOTAL_SECONDS
    ) -> Answer:
        """Raises UnreachableError where the call has certainly not left, UncertainError where it may have arrived."""
        timeout = ClientTimeout(total=total, connect=CONNECT_SECONDS)
        try:
            async with self._session.post(
                self._base / method, json=dict(fields or {}), timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return self._answer(response.status, await response.read())
        except _NEVER_LEFT as error:
            raise UnreachableError(f"Zalo Bot cannot be reached: {type(error).__name__}") from None
        except (ClientError, TimeoutError, OSError) as error:
            raise UncertainError(f"Zalo Bot did not answer: {type(error).__name__}") from None

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    @property
    def _session(self) -> ClientSession:
        if self._opened is None:
            # A kept connection that the other side has just given up would leave it open whether a message was sent.
            self._opened = ClientSession(connector=TCPConnector(force_close=True))
        return self._opened

    def _answer(self, status: int, body: bytes) -> Answer:
        """`ok` decides, not the HTTP status: errors come with 200 too."""
        try:
            fields = json.loads(body)
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict) or not isinstance(fields.get("ok"), bool):
            return Answer(False, status, "without saying why", None, is_told=False)
        code = fields.get("error_code")
        said = str(fields.get("description", "")).replace(self._token, "…")
        return Answer(
            fields["ok"],
            code if isinstance(code, int) and not fields["ok"] else status,
            " ".join(said.split())[:_MOST_WORDS],
            fields.get("result"),
        )


def client_of(settings: Settings) -> ZaloBotClient | None:
    """The client of the bot that is set, if any."""
    if settings.zalo_bot_token is None:
        return None
    return ZaloBotClient(
        settings.zalo_bot_base, settings.zalo_bot_token.get_secret_value(), settings.zalo_proxy_address
    )
