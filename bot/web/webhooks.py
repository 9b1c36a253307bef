"""What the platforms call: /webhooks/<channel>, acknowledged when it is safe."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.operations.messages.receiving import Door, webhook_path
from bot.web.errors import ApiError
from bot.web.patience import PATIENCE, in_time

MAX_BODY_BYTES = 256 * 1024
"""Updates are a few kilobytes; Telegram's largest, with a long quoted message, stay far below."""


def add_webhooks(app: web.Application, doors: tuple[Door, ...]) -> None:
    """One address for each channel."""
    for door in doors:
        app.router.add_post(webhook_path(door.channel), _Webhook(door).answer)


class _Webhook:
    """Answers one channel's requests."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def answer(self, request: web.Request) -> web.Response:
        try:
            async with in_time(request.app[PATIENCE].body):
                body = await _read(request)
        except (web.RequestPayloadError, ConnectionError):
            self._door.count("broken_off")
            return _answer(HTTPStatus.BAD_REQUEST)
        except ApiError:
            self._door.count("broken_off")
            return _answer(HTTPStatus.REQUEST_TIMEOUT)
        if body is None:
            self._door.count("too_large")
            return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return _answer(await self._door.take(request.headers, body))


async def _read(request: web.Request) -> bytes | None:
    """The bytes as they came; None where there are too many, without reading them all."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return None
    chunks, size = [], 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _answer(status: HTTPStatus) -> web.Response:
    return web.Response(status=status, headers={"Cache-Control": "no-store"})
