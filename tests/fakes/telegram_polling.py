"""Updates that wait to be asked for: `getUpdates` with its offset, long wait, and one asker at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tests.fakes.failures import JsonObject, RefusedError
from tests.fakes.telegram_failures import OTHER_POLLER

MOST_UPDATES = 100


class Polling:
    """An update is kept until an offset above its id is asked for. `is_asked` while someone waits."""

    def __init__(self, waits: Callable[[], None]) -> None:
        self.pending: list[JsonObject] = []
        self._arrived = asyncio.Event()
        self._asker = 0
        self.is_asked = False
        self._waits = waits

    def add(self, update: JsonObject) -> None:
        self.pending.append(update)
        self._wake()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[JsonObject]:
        """The next updates, at once if there are any; a later asker ends the wait of an earlier one with 409."""
        self._asker += 1
        asker = self._asker
        self._wake()
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not self.pending and asker == self._asker:
                    self.is_asked = True
                    self._waits()
                    await self._arrived.wait()
        self.is_asked = asker != self._asker
        if asker != self._asker:
            raise RefusedError(OTHER_POLLER)
        return self.pending[: max(1, min(limit, MOST_UPDATES))]

    def _wake(self) -> None:
        self._arrived.set()
        self._arrived = asyncio.Event()
