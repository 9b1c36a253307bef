"""A Telegram on this machine that records what it is asked and says what it was told to say."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.unit.channels.telegram.payloads import payload

SENT = payload("response_send_message")
DONE = payload("response_true")
_ANSWERS = {"sendMessage": SENT, "editMessageText": SENT, "getMe": payload("response_get_me")}
HANG = "hang"
"""Say nothing at all until the end of the test."""
CUT = "cut"
"""Close the connection without an answer."""


@dataclass
class Platform:
    """`calls`: method and fields, in order; what was JSON within a form is read. `answers`: what comes next."""

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: deque[Mapping[str, Any] | str] = field(default_factory=deque)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    end: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        form = await request.post()
        self.calls.append((method, {name: _read(value) for name, value in form.items()}))
        self.asked.set()
        said = self.answers.popleft() if self.answers else _ANSWERS.get(method, DONE)
        if isinstance(said, str):
            if said == HANG:
                await self.end.wait()
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.json_response(said, status=said.get("error_code", 200))


def _read(value: object) -> object:
    try:
        return json.loads(str(value))
    except ValueError:
        return value


@asynccontextmanager
async def platform() -> AsyncIterator[Platform]:
    made = Platform()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", made.answer)
    async with TestServer(app) as server:
        made.url = str(server.make_url("")).rstrip("/")
        try:
            yield made
        finally:
            made.end.set()


def refusal(description: str, code: int = 400, **parameters: object) -> dict[str, Any]:
    told = {"ok": False, "error_code": code, "description": description}
    return told | ({"parameters": parameters} if parameters else {})
