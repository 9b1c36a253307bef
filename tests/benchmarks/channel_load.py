"""The assistant in a process that can be killed, and people who write to it at an even pace."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.channel_figures import Said
from tests.benchmarks.channel_platforms import Load, Platform
from tests.e2e.process import SECONDS_TO_STOP, Server, free_port, start, wait_until_it_answers

QUESTIONS = (
    "đăng ký khai sinh",
    "đăng ký khai tử",
    "đăng ký kết hôn",
    "đăng ký tạm trú",
    "đăng ký thường trú",
    "đổi giấy phép lái xe",
    "đăng ký hộ kinh doanh",
    "đăng ký lại khai sinh",
)
"""Each has one answer, with a first line of its own."""
SECONDS_OF_SILENCE = 15.0
"""When nothing moves any more: longer than the lease of a process that is gone."""
MOST_SECONDS = 120.0
_LOOK_SECONDS = 0.1


class Process:
    """`python -m bot serve`, on the same port and file each time. `lines`: what it said, in all its lives."""

    def __init__(self, data: Path, settings: dict[str, str]) -> None:
        self._data = data
        self._settings = settings
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.lines: list[str] = []
        self._server: Server | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        process = start(self._data, self._port, **self._settings)
        self._server = Server(self.url, process)

        def read() -> None:
            # A pipe that nobody reads fills up, and the process would wait.
            if process.stdout is not None:
                self.lines.extend(line.rstrip() for line in process.stdout)

        self._reader = threading.Thread(target=read, daemon=True)
        self._reader.start()

    async def until_it_answers(self) -> None:
        if self._server is not None:
            await asyncio.to_thread(wait_until_it_answers, self._server)

    def kill(self) -> None:
        """kill -9."""
        if self._server is not None:
            self._server.process.kill()
            self._end()

    async def stop(self) -> None:
        """SIGTERM; what is in hand is finished."""
        if self._server is not None:
            self._server.process.terminate()
            await asyncio.to_thread(self._end)

    def _end(self) -> None:
        if self._server is None or self._reader is None:
            return
        try:
            self._server.process.wait(SECONDS_TO_STOP)
        finally:
            self._server.process.kill()
            self._reader.join(SECONDS_TO_STOP)
            self._server = None

    def open_updates(self) -> int:
        """What is put away and not done with."""
        address = f"file:{self._data / 'mot-cua.sqlite'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as database:
            count: int = database.execute("select count(*) from inbox where closed is null").fetchone()[0]
            return count


@dataclass(slots=True)
class Run:
    """What has been said in one phase, in the order of time. `began`: monotonic."""

    platform: Platform
    headings: dict[str, str]
    began: float = 0.0
    said: list[Said] = field(default_factory=list)
    _on_the_way: set[asyncio.Task[None]] = field(default_factory=set)
    _turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _lines: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._lines = asyncio.Semaphore(self.platform.connections)

    async def write(self, load: Load, first_person: int) -> None:
        """Everybody says their first thing, then everybody their second; nobody waits for an answer."""
        clock = asyncio.get_running_loop().time
        self.began = clock()
        for number in range(load.updates):
            await asyncio.sleep(max(0.0, self.began + number / load.per_second - clock()))
            turn, person = divmod(number, load.people)
            self.say(first_person + person, QUESTIONS[(person + turn) % len(QUESTIONS)])

    def say(self, person: int, question: str) -> None:
        said = Said(str(person), self.headings[question])
        self.said.append(said)
        task = asyncio.create_task(self._bring(said, self.platform.event(person, question)))
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)

    async def _bring(self, said: Said, event: dict[str, object]) -> None:
        if not self.platform.is_in_turn:
            return await self._bring_until_accepted(said, event)
        async with self._turns[said.person]:
            return await self._bring_until_accepted(said, event)

    async def _bring_until_accepted(self, said: Said, event: dict[str, object]) -> None:
        clock = asyncio.get_running_loop().time
        tries = 0
        while True:
            async with self._lines:
                at = clock()
                said.brought_at = said.brought_at or at
                status = await self.platform.push(event, tries)
                said.ack_seconds = clock() - at
            if status // 100 == 2:
                said.acked_at = at + said.ack_seconds
                return
            said.unanswered += not status
            said.refused += bool(status)
            tries += 1
            pause = self.platform.pause(tries)
            if pause is None:
                return
            await asyncio.sleep(pause)

    async def settle(self, process: Process, first_message: int) -> bool:
        """Until all is accepted and done with, or nothing moves any more; whether it is all done with."""
        clock = asyncio.get_running_loop().time
        until = clock() + MOST_SECONDS
        state, moved_at = (0, 0, 0), clock()
        while clock() < min(until, moved_at + SECONDS_OF_SILENCE):
            now = (
                sum(one.acked_at is not None for one in self.said),
                len(self.platform.since(first_message)),
                process.open_updates(),
            )
            if now != state:
                state, moved_at = now, clock()
            if now[0] == len(self.said) and not now[2]:
                return True
            await asyncio.sleep(_LOOK_SECONDS)
        await self.give_up()
        return False

    async def give_up(self) -> None:
        """What was not accepted is not brought again."""
        for task in self._on_the_way:
            task.cancel()
        await asyncio.gather(*self._on_the_way, return_exceptions=True)
