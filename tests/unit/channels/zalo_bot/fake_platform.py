"""A Zalo Bot platform of this machine, which answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.zalo_bot.client import ZaloBotClient

TOKEN = "1459232241454765289:SECRET"


@dataclass
class Platform:
    """`answers`: (HTTP status, body) for each call in turn; the last is repeated. `calls`: (path, JSON)."""

    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, {"ok": True, "result": {}})])
    calls: list[tuple[str, Any]] = field(default_factory=list)
    base: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.calls.append((request.path, await request.json()))
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if body is DISCONNECT:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if body is SILENCE:
            await asyncio.Event().wait()
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text)

    @property
    def methods(self) -> list[str]:
        return [path.rpartition("/")[2] for path, _ in self.calls]


DISCONNECT = object()
"""Instead of a body: the connection is closed without a word."""
SILENCE = object()
"""Instead of a body: no answer ever."""


@asynccontextmanager
async def platform_of(*answers: tuple[int, Any]) -> AsyncIterator[Platform]:
    platform = Platform(list(answers)) if answers else Platform()
    app = web.Application()
    app.router.add_post("/{path:.*}", platform.handle)
    async with TestServer(app) as server:
        platform.base = str(server.make_url("")).rstrip("/")
        yield platform


@asynccontextmanager
async def client_and_platform(*answers: tuple[int, Any]) -> AsyncIterator[tuple[ZaloBotClient, Platform]]:
    async with platform_of(*answers) as platform:
        client = ZaloBotClient(platform.base, TOKEN)
        yield client, platform
        await client.close()
