"""Looking at the store and at the figures of the processes, again and again. What cannot be seen is told and passed."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.errors import StoreError
from bot.operations.live.deriving import StoreSeen, view_of
from bot.operations.live.figures import Change, Scrape, parse
from bot.operations.live.model import View
from bot.operations.times import now
from bot.settings import Settings
from bot.settings.channels import revealed
from bot.store import opening
from bot.store.interface import Store

WINDOW_SECONDS = 60.0
"""Rates are of so long, once it has been watched for so long: of a few seconds they would jump about."""
_SCRAPE_SECONDS = 3.0
_STORE_SECONDS = 5.0
_MOST_BYTES = 8 * 2**20
NO_METRICS = "rates, times, errors and jobs: set METRICS_PORT or METRICS_TOKEN, and start the service again"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a process tells its figures. `token`: what it asks for, if anything."""

    url: str
    token: str | None = None


class _UnseenError(Exception):
    """Why the figures of a process cannot be seen."""


def targets_of(settings: Settings, urls: Sequence[str]) -> tuple[Target, ...]:
    """Those addresses, else the process that these settings start; none where it tells no figures."""
    token = revealed(settings.metrics_token)
    if urls:
        return tuple(Target(url if url.endswith("/metrics") else f"{url.rstrip('/')}/metrics", token) for url in urls)
    if settings.metrics_port is not None:
        return (Target(f"http://{_asked(settings.metrics_host)}:{settings.metrics_port}/metrics"),)
    return () if token is None else (Target(f"http://{_asked(settings.host)}:{settings.port}/metrics", token),)


def _asked(host: str) -> str:
    """The address at which somebody on this machine reaches what listens there."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - asked, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


class Looker:
    """Close it in the end. `ticks`: seconds that only grow."""

    def __init__(
        self,
        settings: Settings,
        targets: Sequence[Target],
        clock: Callable[[], datetime] = now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._targets = tuple(targets)
        self._clock = clock
        self._ticks = ticks
        self._scrapes: dict[str, deque[Scrape]] = {target.url: deque() for target in targets}
        self._store: Store | None = None
        self._session: ClientSession | None = None

    async def look(self) -> View:
        """How things stand. Never raises for what is away or broken."""
        seen, said = await asyncio.gather(
            self._look_at_store(), asyncio.gather(*(self._look_at(target) for target in self._targets))
        )
        unseen = [] if self._targets else [NO_METRICS]
        unseen += [why for why in said if why]
        changes = [Change(known[0], known[-1]) for known in self._scrapes.values() if known]
        return view_of(seen, changes, self._clock(), unseen)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
        await self._let_store_go()

    async def _look_at(self, target: Target) -> str:
        """Why it cannot be seen; empty where it can."""
        known = self._scrapes[target.url]
        try:
            scrape = await self._scraped(target)
        except _UnseenError as error:
            # What was said before it went is not how things stand.
            known.clear()
            return f"{target.url}: {error}"
        while known and scrape.tick - known[0].tick > WINDOW_SECONDS:
            known.popleft()
        known.append(scrape)
        return ""

    async def _scraped(self, target: Target) -> Scrape:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=_SCRAPE_SECONDS))
        headers = {} if target.token is None else {"Authorization": f"Bearer {target.token}"}
        try:
            async with self._session.get(target.url, headers=headers, allow_redirects=False) as response:
                status, body = response.status, await response.content.read(_MOST_BYTES)
                while not response.content.at_eof() and len(body) < _MOST_BYTES:
                    body += await response.content.read(_MOST_BYTES - len(body))
        except TimeoutError:
            raise _UnseenError(f"no answer within {_SCRAPE_SECONDS:g} s") from None
        except (ClientError, OSError, ValueError) as error:
            raise _UnseenError(f"no process answers there ({type(error).__name__})") from None
        if status == HTTPStatus.FORBIDDEN:
            raise _UnseenError("METRICS_TOKEN is not the one of the process")
        if status != HTTPStatus.OK:
            raise _UnseenError(f"{status}: the process tells no figures there; has it METRICS_PORT or METRICS_TOKEN?")
        try:
            return parse(body.decode("utf-8"), self._ticks())
        except ValueError:
            raise _UnseenError("what it answers is not in Prometheus' format") from None

    async def _look_at_store(self) -> StoreSeen:
        address = opening.shown(self._settings.database_url)
        if not self._settings.has_store:
            return StoreSeen(address, "there is none yet; `python -m bot serve` makes it")
        try:
            async with asyncio.timeout(_STORE_SECONDS):
                if self._store is None:
                    self._store = await opening.open_store(self._settings.database_url)
                store = self._store
                roll, waiting = await store.processes.roll(), await store.inbox.waiting()
                return StoreSeen(address, "", roll, waiting, await store.registry.switches())
        except (StoreError, TimeoutError) as error:
            await self._let_store_go()
            return StoreSeen(address, str(error) or f"no answer within {_STORE_SECONDS:g} s")

    async def _let_store_go(self) -> None:
        """It is opened anew with the next look."""
        store, self._store = self._store, None
        if store is not None:
            await store.close()
