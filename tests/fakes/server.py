"""What the fake platforms share: a server on a loopback port that records, can fail or be slow, and calls a webhook."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

import aiohttp
from aiohttp import web
from yarl import URL

from tests.fakes.failures import Cut, Fault, Faults, JsonObject, RefusedError, compact

SentT = TypeVar("SentT")
NO_ANSWER = 0
"""The status of a webhook call that no one answered."""
SECONDS_OF_PATIENCE = 60.0
SECONDS_TO_HAPPEN = 5.0


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt of a client, refused or not. `at` is monotonic."""

    at: float
    name: str
    fields: JsonObject


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to bring an event to the webhook. `at` is monotonic, `status` is `NO_ANSWER` where none came."""

    at: float
    seconds: float
    status: int
    body: bytes


class FakePlatform(ABC, Generic[SentT]):
    """Started and stopped by `async with`.

    `sent` is what the platform accepted for people, `calls` is every attempt, `deliveries` every call of the webhook.
    `front` is an origin such as `http://127.0.0.1:8080` that stands in for the public host of the webhook's address,
    as a reverse proxy would: the bot can register the https address that it has in production.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time, port: int = 0) -> None:
        self.clock = clock
        self.sent: list[SentT] = []
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.webhook_url: str | None = None
        self.front: str | None = None
        self.patience = SECONDS_OF_PATIENCE
        self.url = ""
        self._port = port
        self._latency = 0.0
        self._faults = Faults()
        self._turn = asyncio.Event()
        self._closing = asyncio.Event()
        self._on_the_way: set[asyncio.Task[int]] = set()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        for task in self._on_the_way:
            task.cancel()
        await asyncio.gather(*self._on_the_way, return_exceptions=True)
        await self._client.close()
        await self._runner.cleanup()

    def fail_next(self, name: str, failure: Fault, times: int = 1) -> None:
        """The next `times` calls of `name` (`*`: of anything) meet this; later plans wait behind earlier ones."""
        self._faults.plan(name, failure, times)

    def heal(self) -> None:
        """Forget what was still to fail."""
        self._faults.clear()

    def slow(self, seconds: float) -> None:
        """From now on, each answer comes this late; what was asked is done before."""
        self._latency = seconds

    async def until(self, condition: Callable[[], bool], seconds: float = SECONDS_TO_HAPPEN) -> None:
        """Wait for `condition`, looked at after each call and delivery; TimeoutError if it stays away."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self._turn.wait()

    async def wait_for_sent(self, count: int, seconds: float = SECONDS_TO_HAPPEN) -> list[SentT]:
        """What was sent, as soon as it is `count` things or more."""
        await self.until(lambda: len(self.sent) >= count, seconds)
        return self.sent

    @abstractmethod
    def _name(self, request: web.Request) -> str:
        """What the call is named in `fail_next` and `calls`."""

    @abstractmethod
    async def _read(self, request: web.Request) -> JsonObject:
        """The parameters of the call."""

    @abstractmethod
    async def _answer(self, request: web.Request, name: str, fields: JsonObject) -> web.Response:
        """Check the call and do what it asks; RefusedError otherwise."""

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name, at = self._name(request), asyncio.get_running_loop().time()
        fault = self._faults.take(name)
        if fault is Cut.DROP_UNREAD or fault is Cut.HANG_UNREAD:
            return await self._cut(request, fault)
        try:
            fields = await self._read(request)
            self.calls.append(Call(at, name, fields))
            if isinstance(fault, Cut) or fault is None:
                response = await self._answer(request, name, fields)
            else:
                response = fault.response()
        except RefusedError as refused:
            response = refused.failure.response()
        self._tell()
        if isinstance(fault, Cut):
            return await self._cut(request, fault)
        if self._latency:
            await asyncio.sleep(self._latency)
        return response

    async def _cut(self, request: web.Request, cut: Cut) -> web.Response:
        """Leave the caller without an answer; a caller that gives up ends the wait."""
        if cut in (Cut.HANG_UNREAD, Cut.HANG_RECORDED):
            await self._closing.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _tell(self) -> None:
        """Wake whoever waits for something to happen."""
        self._turn.set()
        self._turn = asyncio.Event()

    def _soon(self, push: Coroutine[Any, Any, int]) -> None:
        """Bring something to the webhook while the caller gets its answer."""
        task = asyncio.create_task(push)
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)

    def _target(self) -> URL:
        """Where the webhook is reached from here: on this machine, or not at all."""
        if self.webhook_url is None:
            raise LookupError("no webhook is set")
        url = URL(self.webhook_url)
        if self.front is not None:
            url = URL(self.front).join(url.relative())
        if url.host not in ("localhost", "127.0.0.1"):
            raise LookupError(f"{url.host} is another machine; say with `front` what stands in for it")
        return url

    async def _deliver(self, body: JsonObject | bytes, headers: dict[str, str]) -> Delivery:
        """One POST to the webhook, exactly these bytes, given up after `patience` seconds."""
        raw = body if isinstance(body, bytes) else compact(body).encode()
        loop = asyncio.get_running_loop()
        at, status = loop.time(), NO_ANSWER
        try:
            async with self._client.post(
                self._target(),
                data=raw,
                headers={"Content-Type": "application/json"} | headers,
                timeout=aiohttp.ClientTimeout(total=self.patience),
                allow_redirects=False,
            ) as response:
                await response.read()
                status = response.status
        except (aiohttp.ClientError, TimeoutError):
            status = NO_ANSWER
        delivery = Delivery(at, loop.time() - at, status, raw)
        self.deliveries.append(delivery)
        self._tell()
        return delivery
