"""A store that fails must not stop the assistant from answering: what cannot be kept is kept in memory."""

from __future__ import annotations

import logging

from bot.errors import StoreError
from bot.store.interface import Event, Store
from bot.store.memory import MemoryStore

_log = logging.getLogger(__name__)


class ResilientStore:
    """Uses `primary`; for a call that fails, logs it and goes on with what this process remembers."""

    def __init__(self, primary: Store) -> None:
        self._primary = primary
        self._memory = MemoryStore()

    async def conversation(self, person: str) -> str | None:
        # What only the memory holds was written while the primary failed, so it is the newer.
        remembered = await self._memory.conversation(person)
        if remembered is not None:
            return remembered
        try:
            return await self._primary.conversation(person)
        except StoreError as error:
            _log.error("store_read_failed: %s", error)
            return None

    async def record(self, event: Event, state: str) -> None:
        try:
            await self._primary.record(event, state)
        except StoreError as error:
            _log.error("store_write_failed: %s", error)
            await self._memory.record(event, state)
        else:
            self._memory.forget(event.person)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        try:
            return await self._primary.recent_events(limit)
        except StoreError as error:
            _log.error("store_read_failed: %s", error)
            return await self._memory.recent_events(limit)

    async def close(self) -> None:
        await self._primary.close()
