"""How long is waited for whoever sends slowly, reads slowly, or says nothing: nobody holds a connection for ever.

The server underneath gives no time of its own to a body that trickles in, nor to an answer that nobody takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.web.errors import TOO_SLOW, ApiError

_LOOKS = 4
"""So often somebody is looked at before they have used up the time to read."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    headers: float = 75.0
    """For the headers of a request, and between two of a connection: longer than nginx keeps one open to us (60)."""
    body: float = 30.0
    """For a message or a form, which has a few kilobytes."""
    upload: float = 600.0
    """For lists that staff upload: 34 MB at half a megabit a second."""
    reading: float = 300.0
    """For taking what is left of an answer."""


PATIENCE = web.AppKey("patience", Patience)


@asynccontextmanager
async def in_time(seconds: float) -> AsyncIterator[None]:
    """Around reading what somebody sends. Raises ApiError."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise ApiError(TOO_SLOW) from None


async def close_after_an_upgrade(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler. Nothing is upgraded here, but the server underneath reads no request on that connection any more:
    whoever's is sent there next, by a proxy that keeps it open, would never be answered.
    """
    if "Upgrade" in request.headers:
        response.force_close()
        # The header was made before.
        response.headers["Connection"] = "close"


async def hang_up_on_who_does_not_read(server: web.Server, seconds: float) -> None:
    """Close connections whose answer has been waiting to be taken, all or part of it, for so long; until cancelled."""
    clock = asyncio.get_running_loop().time
    since: Mapping[asyncio.Transport, float] = {}
    while True:
        await asyncio.sleep(seconds / _LOOKS)
        now = clock()
        since = {one: since.get(one, now) for one in _waiting(server)}
        for one, at in since.items():
            if now - at >= seconds:
                one.abort()


def _waiting(server: web.Server) -> Iterable[asyncio.Transport]:
    """Those on whose side something stands that is not taken."""
    found = (connection.transport for connection in server.connections)
    return [one for one in found if one is not None and one.get_write_buffer_size() > 0]
