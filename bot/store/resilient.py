"""A store that fails must not stop the assistant from answering: what cannot be kept is kept in memory."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.errors import StoreError
from bot.store.interface import Event, Helpfulness, Store
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

    async def record(self, event: Event, state: str | None, helpfulness: Helpfulness | None = None) -> None:
        try:
            await self._primary.record(event, state, helpfulness)
        except StoreError as error:
            _log.error("store_write_failed: %s", error)
            await self._memory.record(event, state, helpfulness)
        else:
            self._memory.drop(event.person)

    async def erase(self, person: str) -> None:
        """Raises StoreError where the primary cannot: nobody is told that all is gone when it is not."""
        await self._memory.erase(person)
        await self._primary.erase(person)

    async def forget(self, *, states_before: datetime, events_before: datetime) -> int:
        await self._memory.forget(states_before=states_before, events_before=events_before)
        try:
            return await self._primary.forget(states_before=states_before, events_before=events_before)
        except StoreError as error:
            _log.error("store_write_failed: %s", error)
            return 0

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        try:
            return await self._primary.recent_helpfulness(limit)
        except StoreError as error:
            _log.error("store_read_failed: %s", error)
            return await self._memory.recent_helpfulness(limit)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        try:
            return await self._primary.recent_events(limit)
        except StoreError as error:
            _log.error("store_read_failed: %s", error)
            return await self._memory.recent_events(limit)

    async def close(self) -> None:
        await self._primary.close()
