"""A worker with all that it needs, over a real file, on a channel that sends into a list."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.dialogue.guards import OffChannels
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.delivering import Deliverer
from bot.operations.messages.handling import Desk
from bot.operations.messages.pacing import Pace, Pacer
from bot.operations.messages.worker import Worker
from bot.operations.metrics import Metrics
from bot.store.inbox import Update
from bot.store.interface import Store
from bot.texts import LANGUAGES, load_texts
from tests.unit.operations.channel_double import Clock, Echo, ListSender

TEXTS = {language: load_texts(language) for language in LANGUAGES}
TAKEN_OVER = (
    "Từ bây giờ cán bộ trả lời anh/chị tại đây. Tôi là trợ lý tự động, tôi tạm dừng đến 17:00.\n"
    "Muốn hỏi tôi ngay thì anh/chị nhắn: trợ lý."
)


@dataclass(slots=True)
class Office:
    """A worker with all that it needs, over a real file."""

    store: Store
    path: Path
    clock: Clock = field(default_factory=Clock)
    sender: ListSender = field(default_factory=ListSender)
    inline: list[tuple[str, str]] = field(default_factory=list)
    off: OffChannels = field(default_factory=OffChannels)
    pace: Pace = field(default_factory=lambda: Pace(1e6, 0.0, 1000.0))
    echo: Echo = field(init=False)
    worker: Worker = field(init=False)
    metrics: Metrics = field(init=False)
    running: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.echo = Echo(self.store)
        self.hire()

    def hire(self) -> None:
        """Another worker, as of a new process."""
        metrics = self.metrics = Metrics()
        clerk = Clerk(timedelta(hours=2), TEXTS, self.clock)
        desk = Desk(self.store, self.echo, clerk, metrics, self.clock, self.off)
        deliverer = Deliverer(self.sender, self.store.inbox, Pacer(self.pace), metrics, self.clock)
        self.worker = Worker(desk, self.sender, deliverer, self._inline)

    async def _inline(self, text: str, address: str) -> None:
        self.inline.append((text, address))

    async def accept(self, *updates: Update) -> None:
        for given in updates:
            await self.store.inbox.accept(given, self.clock.now)
        self.worker.wake()

    def start(self) -> None:
        self.running = asyncio.create_task(self.worker.run())

    async def until(self, is_so: Callable[[], Awaitable[bool]]) -> None:
        """Let it work until that is so; every wait is for something that happens."""
        if self.running is None:
            self.start()
        async with asyncio.timeout(10):
            while not await is_so():
                self.worker.wake()
                await asyncio.sleep(0.001)

    async def until_idle(self) -> None:
        """Until nothing is open."""

        async def is_empty() -> bool:
            return not await self.store.inbox.waiting()

        await self.until(is_empty)

    async def until_put_off(self, times: int = 1) -> None:
        """Until an update is to be tried again later, for the so-manieth time."""

        async def is_put_off() -> bool:
            return (times,) in self.rows("select tries from inbox where owner is null and closed is null")

        await self.until(is_put_off)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()

    def being_sent(self) -> int:
        """How many were handed to the platform, and are not known to have arrived."""
        return len(self.rows("select id from inbox where is_attempted = 1 and closed is null"))

    def ends(self) -> list[object]:
        """How the updates ended, in the order in which they came."""
        return [row[0] for row in self.rows("select closed from inbox order by id")]

    async def die(self) -> None:
        """As a process that is killed: nothing is finished, nothing is given back."""
        assert self.running is not None
        for work in (self.running, *self.worker.in_hand()):
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
        self.running = None
