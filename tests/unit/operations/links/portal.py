"""A portal on this machine: a real server, under whatever names a test gives it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from socket import AddressFamily

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.operations.links.checking import Manners
from bot.operations.links.reach import Reach

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOST, OTHER = "portal.example.vn", "dvc.example.vn"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Names(AbstractResolver):
    """Every name leads to one port of this machine, but for those that lead to another address."""

    port: int
    elsewhere: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002 - as it is asked
        family: AddressFamily = AddressFamily.AF_INET,  # noqa: ARG002 - as it is asked
    ) -> list[ResolveResult]:
        self.asked.append(host)
        address = self.elsewhere.get(host, "127.0.0.1")
        if address == "unknown":
            raise OSError(f"{host} is not known")
        return [
            ResolveResult(hostname=host, host=address, port=self.port, family=AddressFamily.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        return


@dataclass
class Portal:
    """`heard`: method, host and path of each request. `pages`: who answers a path; others are there."""

    server: BaseTestServer
    heard: list[tuple[str, str, str]]
    headers: list[dict[str, str]]
    pages: dict[str, Answer]
    names: Names

    def reach(self, *hosts: str, may_be_private: bool = True) -> Reach:
        return Reach(hosts or (HOST, OTHER), frozenset({"http"}), may_be_private=may_be_private)

    def manners(self, per_second: float = 10_000.0, clock: Callable[[], datetime] = lambda: NOW) -> Manners:
        return Manners(self.reach(), "MotCua-link-check/1.0", clock, per_second, self.names)


def says(status: int, **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return answer


@asynccontextmanager
async def portal() -> AsyncIterator[Portal]:
    heard: list[tuple[str, str, str]] = []
    headers: list[dict[str, str]] = []
    pages: dict[str, Answer] = {}

    async def answer(request: web.Request) -> web.StreamResponse:
        heard.append((request.method, request.host, request.path_qs))
        headers.append(dict(request.headers))
        return await pages.get(request.path, says(200))(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        assert server.port is not None
        yield Portal(server, heard, headers, pages, Names(server.port))
