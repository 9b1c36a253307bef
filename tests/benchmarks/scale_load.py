"""People who write to several processes of the service at once, as Zalo brings it, and wait for their answers."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.zalo_oa.verify import HEADER, mac
from bot.operations.messages.receiving import webhook_path
from tests.benchmarks.channel_figures import percentile
from tests.benchmarks.scale_service import ACCOUNT, APP_ID, KEY
from tests.conversations.script import read, scripts

PEOPLE = 64
"""How many write at once."""
_LEFT_OUT = frozenset({"privacy.txt", "odd.txt"})
"""Hardly anybody has everything deleted, or sends nothing but signs."""
_EACH = 8
"""So many messages a person says before somebody else comes."""
_SECONDS_TO_ANSWER = 30.0


def sentences() -> tuple[str, ...]:
    """What is said and tapped in the conversations of tests/conversations, in their order."""
    read_ones = (read(path).conversations for path in scripts() if path.name not in _LEFT_OUT)
    steps = (step for conversations in read_ones for each in conversations for step in each.steps if step.is_said)
    said = (step.text if step.text is not None else step.tap for step in steps)
    return tuple(words for words in said if words)


@dataclass(frozen=True, slots=True)
class Waited:
    """`seconds`: the whole run. `acks`, `answers`: milliseconds, of each message. `unanswered`: how many never were;
    `unasked`: answers that nobody waited for."""

    seconds: float
    acks: Sequence[float]
    answers: Sequence[float]
    unanswered: int
    unasked: int

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.seconds

    def answer_ms(self, share: float) -> float:
        return percentile(self.answers, share)

    def ack_ms(self, share: float) -> float:
        return percentile(self.acks, share)


@dataclass(slots=True)
class _Person:
    """A connection to one of the processes, and who writes through it at the moment."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    name: str = ""
    said: int = 0


@dataclass(slots=True)
class _Tally:
    acks: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    unanswered: int = 0
    unasked: int = 0


class Load:
    """Made by `loading`."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._people: list[_Person] = []
        self._words = itertools.cycle(sentences())
        self._numbers: Iterator[int] = itertools.count(time.time_ns())
        """Nobody has written before, in whatever run."""
        self._tally = _Tally()

    async def connect(self, ports: Sequence[int]) -> None:
        for number in range(PEOPLE):
            streams = await asyncio.open_connection("127.0.0.1", ports[number % len(ports)])
            self._people.append(_Person(*streams))

    async def as_many_as_can_be(self, seconds: float) -> Waited:
        """Everybody writes again as soon as they have their answer."""
        tally, began = self._begun(), time.perf_counter()

        async def go_on(person: _Person) -> None:
            while time.perf_counter() < began + seconds:
                await self._say(person, time.perf_counter(), tally)

        await asyncio.gather(*map(go_on, self._people))
        return self._waited(tally, time.perf_counter() - began)

    async def at_pace(self, per_second: float, seconds: float) -> Waited:
        """So many a second, evenly, whoever is free; who has to wait for somebody to be free waits as well."""
        tally, began = self._begun(), time.perf_counter()
        free: asyncio.Queue[_Person] = asyncio.Queue()
        for person in self._people:
            free.put_nowait(person)

        async def say(person: _Person, due: float) -> None:
            await self._say(person, due, tally)
            free.put_nowait(person)

        async with asyncio.TaskGroup() as group:
            for number in range(int(per_second * seconds)):
                due = began + number / per_second
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(say(await free.get(), due))
        return self._waited(tally, time.perf_counter() - began)

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What a process tells: who has been answered."""
        while line := await reader.readline():
            waiting = self._waiting.pop(line.decode().strip(), None)
            if waiting is None or waiting.done():
                self._tally.unasked += 1
            else:
                waiting.set_result(None)
        writer.close()

    async def _say(self, person: _Person, due: float, tally: _Tally) -> None:
        """One message; `due`: since when it wants to be said."""
        if person.said % _EACH == 0:
            person.name = str(next(self._numbers))
        person.said += 1
        answered = self._waiting[person.name] = asyncio.get_running_loop().create_future()
        person.writer.write(_request(person.name, next(self._words), str(next(self._numbers))))
        head = await person.reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise AssertionError(f"a message was answered with {head!r}")
        tally.acks.append((time.perf_counter() - due) * 1000)
        try:
            async with asyncio.timeout(_SECONDS_TO_ANSWER):
                await answered
        except TimeoutError:
            tally.unanswered += 1
        else:
            tally.answers.append((time.perf_counter() - due) * 1000)

    def _begun(self) -> _Tally:
        self._tally = _Tally()
        return self._tally

    def _waited(self, tally: _Tally, seconds: float) -> Waited:
        return Waited(seconds, tally.acks, tally.answers, tally.unanswered, tally.unasked)

    async def close(self) -> None:
        for person in self._people:
            person.writer.close()
        for person in self._people:
            with suppress(ConnectionError):
                await person.writer.wait_closed()


@asynccontextmanager
async def loading(notices: Path) -> AsyncIterator[Load]:
    """A load that hears of answers at the socket `notices`."""
    load = Load()
    server = await asyncio.start_unix_server(load.hear, notices)
    try:
        yield load
    finally:
        await load.close()
        server.close()


def _request(person: str, words: str, message: str) -> bytes:
    timestamp = str(time.time_ns() // 1_000_000)
    event = {
        "app_id": APP_ID,
        "sender": {"id": person},
        "user_id_by_app": person,
        "recipient": {"id": ACCOUNT},
        "event_name": "user_send_text",
        "message": {"text": words, "msg_id": message},
        "timestamp": timestamp,
    }
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    signature = mac(APP_ID, body, timestamp.encode(), KEY)
    head = (
        f"POST {webhook_path('zalo_oa')} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"{HEADER}: mac={signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
