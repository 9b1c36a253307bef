"""A little of the platform, on this machine: it answers what it is told to, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import StoreError
from bot.store.registry import Switch, Tokens
from tests.unit.channels.zalo_oa.payloads import payload

NOW = datetime(2026, 11, 1, 8, 30, 45, tzinfo=UTC)
TOKENS = "/v4/oa/access_token"
Answer = Mapping[str, object] | bytes | int
"""JSON, other bytes, or an HTTP status."""


class Clock:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    async def pause(self, seconds: float) -> None:
        """Time passes at once."""
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Asked:
    """`body`: the JSON or the form that was sent, None for a GET."""

    path: str
    headers: Mapping[str, str]
    body: object


HEADERS = ("access_token", "appsecret_proof", "secret_key", "Authorization")


@dataclass
class Platform:
    """`answers` of the API, first to last, then success. Refresh tokens work once: `refresh` is the one that does.

    `hangs`: nothing is answered. `gate`: nothing is answered before it opens.
    """

    answers: list[Answer] = field(default_factory=list)
    token_answers: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    refresh: str = "R0"
    renewals: int = 0
    hangs: bool = False
    url: str = ""
    gate: asyncio.Event | None = None

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    async def answer(self, request: web.Request) -> web.Response:
        is_form = request.path == TOKENS
        body: object = None
        if request.method == "POST":
            body = dict(await request.post()) if is_form else await request.json()
        headers = {name: request.headers[name] for name in HEADERS if name in request.headers}
        self.asked.append(Asked(request.path_qs, headers, body))
        if self.hangs:
            await asyncio.Event().wait()
        if self.gate is not None:
            await self.gate.wait()
        answers = self.token_answers if is_form else self.answers
        if answers:
            return _response(answers.pop(0))
        return _response(self._pair(body) if is_form else payload("response_cs_ok"))

    def _pair(self, form: object) -> Mapping[str, object]:
        given = form.get("refresh_token") if isinstance(form, dict) else None
        if given is not None and given != self.refresh:
            return {"error": -14014, "error_name": "Invalid refresh token"}
        self.renewals += 1
        self.refresh = f"R{self.renewals}"
        return {"access_token": f"A{self.renewals}", "refresh_token": self.refresh, "expires_in": "90000"}


def _response(answer: Answer) -> web.Response:
    if isinstance(answer, int):
        return web.Response(status=answer, text="<html>")
    return web.Response(body=answer) if isinstance(answer, bytes) else web.json_response(dict(answer))


@asynccontextmanager
async def served(platform: Platform) -> AsyncIterator[str]:
    """The platform's address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", platform.answer)
    server = TestServer(app, handler_cancellation=True)
    async with server:
        platform.url = str(server.make_url("")).rstrip("/")
        yield platform.url


def pair(number: int = 0, made_at: datetime = NOW) -> Tokens:
    return Tokens(f"A{number}", f"R{number}", made_at=made_at, expires_at=made_at + timedelta(hours=25))


class MemoryRegistry:
    """A registry as the store's, in memory. `broken`: how many of the next calls that write fail."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self.pairs: dict[str, Tokens] = {} if tokens is None else {"account": tokens}
        self.locks: dict[str, tuple[str, datetime]] = {}
        self.log: list[str] = []
        self.broken = 0
        self.changed = asyncio.Event()

    async def switches(self) -> tuple[Switch, ...]:
        return ()

    async def set_switch(self, switch: Switch) -> None:
        raise NotImplementedError

    async def tokens(self, account: str) -> Tokens | None:
        await asyncio.sleep(0)
        return self.pairs.get(account)

    async def keep_tokens(self, account: str, tokens: Tokens, holder: str) -> bool:
        await asyncio.sleep(0)
        if self.broken:
            self.broken -= 1
            raise StoreError("disk full")
        is_theirs = self.locks.get(account, ("", NOW))[0] == holder
        self.log.append(f"{holder} keeps {tokens.access}" if is_theirs else f"{holder} may not keep {tokens.access}")
        if is_theirs:
            self.pairs[account] = tokens
            self.changed.set()
        return is_theirs

    async def lock_tokens(self, account: str, holder: str, now: datetime, until: datetime) -> bool:
        await asyncio.sleep(0)
        other, ends = self.locks.get(account, ("", now))
        if other not in ("", holder) and ends > now:
            return False
        self.locks[account] = (holder, until)
        self.log.append(f"{holder} locks for {(until - now).total_seconds():.0f} s")
        return True

    async def unlock_tokens(self, account: str, holder: str) -> None:
        await asyncio.sleep(0)
        if self.locks.get(account, ("", NOW))[0] == holder:
            del self.locks[account]
            self.log.append(f"{holder} unlocks")
            self.changed.set()
