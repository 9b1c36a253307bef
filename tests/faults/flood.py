"""A platform and the people on it, as fast as two cores allow: bytes made by hand, for many thousands of messages.

It speaks as Zalo's Bot Platform does, and only counts: that what is said to it is right, `tests.fakes.zalo_bot` checks.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.fakes.zalo_bot import SECRET_HEADER

CONNECTIONS = 24
MOST_WAITING = 400
"""Whoever brings more waits, so that the inbox stays as short as on a good day."""
_LOOK_EVERY = 20
MOST_SECONDS_WITHOUT_AN_ANSWER = 30.0
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"
_BOT = {"id": "1", "account_name": "bot.dvc", "account_type": "BASIC", "can_join_groups": False}
_SENT = {"message_id": "1", "date": 1}


def _answer(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


_ANSWERS = {b"getMe": _answer(_BOT), b"sendMessage": _answer(_SENT)}
_TRUE = _answer(True)


def _whole(read: bytearray) -> int | None:
    """How long the request or answer is that `read` begins with; None while some of it is missing."""
    end = read.find(_END_OF_HEAD)
    if end < 0:
        return None
    head = bytes(read[:end]).lower()
    at = head.find(_LENGTH)
    length = int(head[at + len(_LENGTH) :].split(b"\r", 1)[0]) if at >= 0 else 0
    whole = end + len(_END_OF_HEAD) + length
    return whole if len(read) >= whole else None


@dataclass(slots=True)
class FastPlatform:
    """Accepts whatever is sent. `sent`: how many messages for people."""

    sent: int = 0
    url: str = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Line(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield
        finally:
            server.close()


class _Line(asyncio.Protocol):
    def __init__(self, platform: FastPlatform) -> None:
        self._platform = platform
        self._read = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._read += data
        while (whole := _whole(self._read)) is not None:
            method = bytes(self._read[: self._read.find(b" HTTP/")]).rpartition(b"/")[2]
            del self._read[:whole]
            self._platform.sent += method == b"sendMessage"
            self._transport.write(_ANSWERS.get(method, _TRUE))


@dataclass(slots=True)
class Flood:
    """`people` say `words`, one after the other, to the webhook at `url`, until so many have been said.

    `statuses`: what came back, how often. `open`: how many are put away and not done with.
    """

    url: str
    secret: str
    people: int
    words: Sequence[str]
    open: Callable[[], int]
    said: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    async def bring(self, count: int) -> None:
        """So many more; until each of them is accepted."""
        last = self.said + count
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._bring_until(last))

    async def _bring_until(self, last: int) -> None:
        address = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        read = bytearray()
        try:
            while self.said < last:
                number, self.said = self.said, self.said + 1
                if number % _LOOK_EVERY == 0:
                    await self._room()
                writer.write(self._request(number, address.netloc))
                while (whole := _whole(read)) is None:
                    data = await reader.read(65536)
                    assert data, "the assistant has cut the line"
                    read += data
                status = int(bytes(read[9:12]))
                self.statuses[status] = self.statuses.get(status, 0) + 1
                del read[:whole]
        finally:
            writer.close()

    async def _room(self) -> None:
        """Until no more wait than may."""
        await self._until_open(MOST_WAITING)

    async def settle(self) -> None:
        """Until everything is done with."""
        await self._until_open(0)

    async def _until_open(self, most: int) -> None:
        clock = asyncio.get_running_loop().time
        last, moved_at = self.open(), clock()
        while (now := self.open()) > most:
            if now != last:
                last, moved_at = now, clock()
            assert clock() < moved_at + MOST_SECONDS_WITHOUT_AN_ANSWER, f"{now} stay open"
            await asyncio.sleep(0.02)

    def _request(self, number: int, host: str) -> bytes:
        person = str(number % self.people + 1)
        message = {
            "from": {"id": person, "display_name": "Lan", "is_bot": False},
            "chat": {"id": person, "chat_type": "PRIVATE"},
            "text": self.words[number // self.people % len(self.words)],
            "message_id": f"m{number}",
            "date": int(time.time() * 1000),
        }
        whole = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
        body = json.dumps(whole, ensure_ascii=False).encode()
        head = (
            f"POST /webhooks/zalo-bot HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"{SECRET_HEADER}: {self.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body
