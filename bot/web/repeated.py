"""Messages that a page sends again because it does not know whether they arrived: answered once, told twice."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.dialogue.messages import Reply, Status

KEPT_SECONDS = 600.0
MOST_KEPT = 1000
"""A reply takes a few kilobytes."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    answer: asyncio.Task[Reply]


class Repeated:
    """The latest answers by person and message id, in the memory of this process; what another process has answered is
    found in the store (`bot.store.interface.Told`).

    `clock` gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()

    async def answer(self, person: str, message_id: str | None, ask: Callable[[], Awaitable[Reply]]) -> Reply:
        """What `ask` gives; of a message of the same person with the same id, what it gave or is about to give.

        An answer that failed is not kept: asking again is what the person wants then.
        """
        if message_id is None:
            return await ask()
        key = (person, message_id)
        self._forget_old()
        kept = self._kept.get(key)
        if kept is None:
            # A task of its own: who asked first may have gone away, who asks again still gets this answer.
            kept = _Kept(self._clock() + KEPT_SECONDS, asyncio.ensure_future(_asked(ask)))
            self._kept[key] = kept
        try:
            reply = await asyncio.shield(kept.answer)
        except Exception:
            self._drop(key, kept)
            raise
        if reply.status is Status.FAILED:
            self._drop(key, kept)
        if reply.status is Status.ERASED:
            self._forget(person, key)
        return reply

    def _forget(self, person: str, but: _Key) -> None:
        """What a person was told before they had their data deleted; the receipt itself may be asked for again."""
        for key in [key for key in self._kept if key[0] == person and key != but]:
            del self._kept[key]

    def _forget_old(self) -> None:
        """All are kept equally long, so that the oldest stand first."""
        now = self._clock()
        while self._kept:
            key, oldest = next(iter(self._kept.items()))
            if oldest.until > now and len(self._kept) < MOST_KEPT:
                return
            self._drop(key, oldest)

    def _drop(self, key: _Key, kept: _Kept) -> None:
        if self._kept.get(key) is kept:
            del self._kept[key]


async def _asked(ask: Callable[[], Awaitable[Reply]]) -> Reply:
    return await ask()
