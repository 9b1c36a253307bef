"""How fast a channel may send: so many messages a second overall, one at a time to each person, answers first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count

from aiolimiter import AsyncLimiter

_MOST_ADDRESSES = 50_000


class Priority(IntEnum):
    """The lower goes first."""

    ANSWER = 0
    FOLLOW_UP = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """`per_second`: overall; `apart`: seconds between two messages to the same address; `at_once`: the burst."""

    per_second: float
    apart: float
    at_once: float = 1.0


PACES: Mapping[str, Pace] = {
    # Telegram's FAQ: about 30 messages a second overall, and no more than one a second in a chat.
    "telegram": Pace(30.0, 1.0, 30.0),
    # 4000 calls a minute for the application; nothing is said of a single person.
    "zalo_oa": Pace(4000 / 60, 0.0, 60.0),
    # Not documented; at most 50 people use a bot.
    "zalo_bot": Pace(5.0, 0.0, 5.0),
}


class Pacer:
    """The gate before each message of one channel."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._limiter = AsyncLimiter(pace.at_once, pace.at_once / pace.per_second)
        self._queue: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._order = count()
        self._pump: asyncio.Task[None] | None = None
        self._next_at: OrderedDict[str, float] = OrderedDict()
        self._held_until = 0.0

    async def wait(self, address: str, priority: Priority) -> None:
        """Until a message may go to `address`. Who waits for their own turn keeps nobody else waiting."""
        loop = asyncio.get_running_loop()
        while (pause := self._next_at.get(address, 0.0) - loop.time()) > 0:
            await asyncio.sleep(pause)
        if self._pace.apart:
            self._next_at[address] = loop.time() + self._pace.apart
            self._next_at.move_to_end(address)
            if len(self._next_at) > _MOST_ADDRESSES:
                self._next_at.popitem(last=False)
        turn: asyncio.Future[None] = loop.create_future()
        heappush(self._queue, (priority, next(self._order), turn))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._serve())
        await turn

    def hold(self, seconds: float) -> None:
        """The platform asks for a pause: nobody is let through for so long."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)

    async def _serve(self) -> None:
        """Let one after the other through, while there is someone."""
        loop = asyncio.get_running_loop()
        while self._queue:
            while (pause := self._held_until - loop.time()) > 0:
                await asyncio.sleep(pause)
            await self._limiter.acquire()
            while self._queue:
                _, _, turn = heappop(self._queue)
                if not turn.done():
                    turn.set_result(None)
                    break


def pace_of(channel: str) -> Pace:
    """Raises KeyError for a channel that sends nothing by itself."""
    return PACES[channel]
