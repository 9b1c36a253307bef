"""How fast a platform may be written to: so many messages a second, and a pause between two to the same person."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum

from aiolimiter import AsyncLimiter


class Priority(IntEnum):
    """Who goes first where several wait."""

    ANSWER = 0
    """Somebody has asked and looks at the screen."""
    FOLLOW_UP = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """`per_second`: overall; `apart`: seconds between two messages in one conversation; `at_once`: after a quiet time.

    `apart_in_groups`: the same for conversations of several people; their lanes begin with a minus sign.
    """

    per_second: float
    apart: float
    at_once: float = 1.0
    apart_in_groups: float | None = None

    def apart_in(self, lane: str) -> float:
        return self.apart if self.apart_in_groups is None or not lane.startswith("-") else self.apart_in_groups


PACES: Mapping[str, Pace] = {
    # Telegram's FAQ for bots, "My bot is hitting limits": about 30 messages a second, one a second in a chat, 20 a
    # minute in a group. Whatever went at once would come on top of those 30. One less: at 30, some second holds 31 now
    # and then, and is refused (`make bench-channels`).
    "telegram": Pace(per_second=29, apart=1, apart_in_groups=3),
    # 4000 calls a minute for an application (Zalo's table of errors, -32). A few of them ask for other things. What an
    # account's package allows may be less and is not published: Zalo says so with -32, see `Pacer.hold`.
    "zalo_oa": Pace(per_second=3900 / 60, apart=0, at_once=20),
    # Not documented; at most 50 people use a bot.
    "zalo_bot": Pace(per_second=5, apart=0, at_once=5),
}


@dataclass(eq=False, slots=True)
class _Waiter:
    place: tuple[Priority, int]
    address: str
    turn: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Pacer:
    """For one event loop. Answers go before follow-ups, in their order; who has to pause holds up nobody else.

    Costs time in proportion to those who wait, and remembers only addresses that have to pause.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._at_once = pace.at_once
        self._limiter = AsyncLimiter(pace.at_once, pace.at_once / pace.per_second)
        self._spending: asyncio.Future[None] | None = None
        self._processes = 1
        self._waiters: list[_Waiter] = []
        self._numbers = itertools.count()
        # When each conversation that has to pause may be written to again.
        self._free_at: dict[str, float] = {}
        self._held_until = 0.0
        # Got from the limiter for somebody who did not want it any more: the next one need not wait for another.
        self._slots = 0.0
        self._changed = asyncio.Event()
        self._round: asyncio.Task[None] | None = None

    async def wait(self, address: str, priority: Priority) -> None:
        """Until a message may go to `address`. Cancelled, it takes nobody's turn."""
        waiter = _Waiter((priority, next(self._numbers)), address)
        self._waiters.append(waiter)
        self._changed.set()
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self._let_go())
        try:
            await waiter.turn
        except asyncio.CancelledError:
            self._withdraw(waiter)
            raise

    def share(self, processes: int) -> None:
        """So many processes write to the platform, this one among them: each takes an equal part of the pace.

        The limit holds for all of them but for the moment in which they learn how many they are. Pauses within one
        conversation stay as they are: one process at a time answers a person.
        """
        if processes == self._processes:
            return
        self._processes = processes
        part = self._pace.per_second / processes
        self._at_once = max(1.0, self._pace.at_once / processes)
        self._limiter = AsyncLimiter(self._at_once, self._at_once / part)
        # What may go at once after a quiet time has perhaps gone already.
        self._spending = asyncio.ensure_future(self._limiter.acquire(self._at_once))
        self._slots = min(self._slots, self._at_once)
        self._changed.set()

    def hold(self, seconds: float, lane: str | None = None) -> None:
        """Nothing goes for so long, in one conversation or (None) at all: the platform has asked for it."""
        until = _now() + seconds
        if lane is None:
            self._held_until = max(self._held_until, until)
        else:
            self._free_at[lane] = max(self._free_at.get(lane, 0.0), until)
        self._changed.set()

    def pause_before(self, lane: str) -> float:
        """Seconds that one more message to this conversation would have to wait, apart from the pace of all."""
        now = _now()
        before_it = sum(waiter.address == lane for waiter in self._waiters)
        paused = max(0.0, self._free_at.get(lane, 0.0) - now) + before_it * self._pace.apart_in(lane)
        return max(paused, self._held_until - now)

    def _withdraw(self, waiter: _Waiter) -> None:
        if waiter in self._waiters:
            self._waiters.remove(waiter)
        if not waiter.turn.cancelled():
            # It was let go, and gave up before it knew.
            self._free_at.pop(waiter.address, None)
            self._slots = min(self._slots + 1, self._at_once)
        self._changed.set()

    async def _let_go(self) -> None:
        """One after the other, as long as somebody waits."""
        if self._limiter.has_capacity():
            self._slots = 0
        while waiting := [waiter for waiter in self._waiters if not waiter.turn.done()]:
            self._changed.clear()
            now = _now()
            self._forget(now)
            free = [waiter for waiter in waiting if waiter.address not in self._free_at]
            if now < self._held_until:
                # A turn saved up until then would make two go at once, just when the platform had too much.
                self._slots = 0
                await self._change_within(self._held_until - now)
            elif not free:
                await self._change_within(min(self._free_at.values()) - now)
            elif not self._slots:
                await self._limiter.acquire()
                # Meanwhile somebody may have come who goes first, or the platform may have asked to wait. Or somebody
                # gave a turn back: two would go at once then.
                self._slots = min(self._slots + 1, self._at_once)
            else:
                self._slots -= 1
                self._go(min(free, key=lambda waiter: waiter.place), now)

    def _go(self, waiter: _Waiter, now: float) -> None:
        self._waiters.remove(waiter)
        apart = self._pace.apart_in(waiter.address)
        if apart > 0:
            self._free_at[waiter.address] = now + apart
        waiter.turn.set_result(None)

    def _forget(self, now: float) -> None:
        for lane in [lane for lane, free_at in self._free_at.items() if free_at <= now]:
            del self._free_at[lane]

    async def _change_within(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()


def pace_of(channel: str) -> Pace:
    """Raises KeyError for a channel that sends nothing by itself."""
    return PACES[channel]


def _now() -> float:
    return asyncio.get_running_loop().time()
