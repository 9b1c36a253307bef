"""Several processes of the service on one store, and somebody whose every request goes to the next of them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
from yarl import URL

from tests.e2e.process import Server, serving

SECRET_KEY = "the key that every machine has, 32 characters"
_LEADER = (
    "select processes.label from leases join processes on processes.id = leases.holder where leases.name = 'leader'"
)
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


class Client:
    """One browser in front of a balancer: one jar of cookies, and the next server with every request."""

    def __init__(self, session: aiohttp.ClientSession, urls: Sequence[str]) -> None:
        self._session = session
        self._next = cycle(urls)

    async def get(self, path: str, status: int = 200) -> Answer:
        return await self._ask("GET", path, status)

    async def post(self, path: str, status: int = 303, **sent: Any) -> Answer:
        """`sent`: `data` or `json`, as aiohttp takes them."""
        return await self._ask("POST", path, status, **sent)

    async def csrf(self, path: str) -> str:
        """Of the forms on that page."""
        found = _CSRF.search((await self.get(path)).text)
        assert found is not None, path
        return found[1]

    async def _ask(self, method: str, path: str, status: int, **sent: Any) -> Answer:
        url = next(self._next) + path
        async with self._session.request(method, url, allow_redirects=False, **sent) as response:
            answer = Answer(response.status, await response.text(errors="replace"), dict(response.headers))
        assert answer.status == status, (method, url, answer.status, answer.text[:2000])
        return answer


@asynccontextmanager
async def browser(*servers: Server) -> AsyncIterator[Client]:
    # The balancer has the certificate: cookies come back although the last part of the way is not encrypted.
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=[URL(server.url) for server in servers])
    headers = {"Accept-Language": "vi", "User-Agent": "Mozilla/5.0 (Linux; Android 14)"}
    async with aiohttp.ClientSession(cookie_jar=jar, headers=headers) as session:
        yield Client(session, [server.url for server in servers])


def settings_for(address: str, **more: str) -> dict[str, str]:
    return {"DATABASE_URL": address, "SECRET_KEY": SECRET_KEY, **more}


@asynccontextmanager
async def running(data: Path, count: int, settings: dict[str, str]) -> AsyncIterator[list[Server]]:
    """So many processes, each with a folder of its own: they share nothing but the store."""
    async with AsyncExitStack() as stack:
        threads = stack.enter_context(ExitStack())
        folders = [data / f"process{number}" for number in range(count)]
        for folder in folders:
            folder.mkdir()
        made = (asyncio.to_thread(threads.enter_context, serving(folder, **settings)) for folder in folders)
        yield list(await asyncio.gather(*made))


def rows(address: str, query: str, **values: object) -> list[tuple[Any, ...]]:
    """What stands in the database, or what a statement changes and returns."""
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description is not None else []


def leader_of(address: str) -> str | None:
    """The label of the process that leads, such as "port 8080, process 7"; None where nobody does."""
    found = rows(address, _LEADER)
    return str(found[0][0]) if found else None


async def until(condition: Callable[[], object], seconds: float) -> float:
    """How many seconds it took until it held; fails after so many."""
    began = time.monotonic()
    while not await asyncio.to_thread(condition):
        assert time.monotonic() - began < seconds, "it does not become so"
        await asyncio.sleep(0.05)
    return time.monotonic() - began
