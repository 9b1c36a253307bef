"""Requests to the platform, and what their failures say: whether a request may have arrived, or certainly did not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

import aiohttp

from bot.operations.messages.sending import UncertainError, UnreachableError, WaitError

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
"""Longer than this no request takes; the lock over the tokens has to outlive it."""
_PAUSE_SECONDS = 60.0
_FIRST_SERVER_ERROR = HTTPStatus.INTERNAL_SERVER_ERROR
_KEEP_OPEN_SECONDS = 10.0
"""A connection that the platform has closed in the meantime would leave a message in doubt; so it is not kept long."""


class Transport:
    """One session for all requests, opened by the first. `proxy`: an address, or None."""

    def __init__(self, proxy: str | None = None, *, total: float = TOTAL_SECONDS) -> None:
        self._proxy = proxy
        self._timeout = aiohttp.ClientTimeout(total=total, connect=min(CONNECT_SECONDS, total))
        self._session: aiohttp.ClientSession | None = None

    async def post_json(self, url: str, headers: Mapping[str, str], body: Mapping[str, object]) -> dict[str, object]:
        """The JSON object that is answered. Raises UnreachableError or UncertainError."""
        data = json.dumps(body, ensure_ascii=False).encode()
        return await self._ask("POST", url, {**headers, "Content-Type": "application/json"}, data=data)

    async def post_form(self, url: str, headers: Mapping[str, str], form: Mapping[str, str]) -> dict[str, object]:
        return await self._ask("POST", url, headers, data=aiohttp.FormData(form))

    async def post_picture(self, url: str, headers: Mapping[str, str], png: bytes) -> dict[str, object]:
        form = aiohttp.FormData()
        form.add_field("file", png, filename="hinh.png", content_type="image/png")
        return await self._ask("POST", url, headers, data=form)

    async def get(self, url: str, headers: Mapping[str, str]) -> dict[str, object]:
        return await self._ask("GET", url, headers)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | aiohttp.FormData | None = None
    ) -> dict[str, object]:
        # What went wrong is told without the exception's words: they may quote the address and what is in it.
        try:
            # A redirect is no answer of the platform's, and would carry the token elsewhere.
            async with self._opened().request(
                method, url, headers=headers, data=data, proxy=self._proxy, allow_redirects=False
            ) as response:
                status, answered = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            raise UnreachableError(f"Zalo cannot be reached ({type(error).__name__})") from None
        except TimeoutError:
            raise UncertainError("Zalo has not answered in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise UncertainError(f"the connection to Zalo broke ({type(error).__name__})") from None
        return _read(status, answered)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(keepalive_timeout=_KEEP_OPEN_SECONDS)
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout)
        return self._session


def _read(status: int, answered: bytes) -> dict[str, object]:
    """Zalo's own answers come with HTTP 200 and an object. Anything else is from a gateway before it."""
    try:
        value = json.loads(answered)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and ("error" in value or status < HTTPStatus.MULTIPLE_CHOICES):
        return value
    said = f"Zalo answers with HTTP {status} and not in its own words"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise WaitError(said, _PAUSE_SECONDS)
    if status == HTTPStatus.SERVICE_UNAVAILABLE or HTTPStatus.MULTIPLE_CHOICES <= status < _FIRST_SERVER_ERROR:
        # Turned away at the door.
        raise UnreachableError(said)
    raise UncertainError(said)
