"""A store that fails must not stop the assistant from answering: what cannot be kept is kept in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.store.erasing import Deleted
from bot.store.inbox import Inbox
from bot.store.interface import Cutoffs, Event, Helpfulness, Overtaken, Record, Store
from bot.store.memory import MemoryStore
from bot.store.office import Office
from bot.store.processes import Processes
from bot.store.registry import Registry
from bot.store.resilient_inbox import ResilientInbox
from bot.store.watching import Call, StoreWatch, Unwatched

_log = structlog.get_logger(__name__)


class ResilientStore:
    """Uses `primary`; for a call that fails, logs it and goes on with what this process remembers."""

    def __init__(self, primary: Store, watch: StoreWatch | None = None) -> None:
        """`watch` hears of what fails, and of ratings that are kept."""
        self._primary = primary
        self._memory = MemoryStore()
        self._watch = watch or Unwatched()
        self._inbox = ResilientInbox(primary.inbox, self._memory.inbox, self._watch)

    @property
    def inbox(self) -> Inbox:
        return self._inbox

    @property
    def registry(self) -> Registry:
        """The primary's own: what operators set is not made up."""
        return self._primary.registry

    async def conversation(self, person: str) -> str | None:
        # What only the memory holds was written while the primary failed, so it is the newer.
        remembered = await self._memory.conversation(person)
        if remembered is not None:
            return remembered
        try:
            return await self._primary.conversation(person)
        except StoreError as error:
            _log.error("store_read_failed", error=str(error))
            self._watch.failed(Call.READ)
            return None

    @property
    def office(self) -> Office:
        """The primary's own too."""
        return self._primary.office

    @property
    def processes(self) -> Processes:
        """The primary's own: who cannot be heard of does not lead."""
        return self._primary.processes

    @property
    def memory(self) -> MemoryStore:
        """What this process alone remembers."""
        return self._memory

    async def record(self, record: Record) -> Overtaken | None:
        """Raises StoreError where what somebody gave (a rating, that something is old) cannot be kept: nobody is
        thanked for what is lost."""
        if record.answered is not None and record.answered.task < 0:
            # The task came in while the primary failed, so its answer is kept where it is.
            return await self._memory.record(record)
        if self._memory.remembers(record.event.person):
            # What the turn began with stands here and not there, and is the newer.
            record = replace(record, since=None)
        try:
            overtaken = await self._primary.record(record)
        except StoreError as error:
            _log.error("store_write_failed", error=str(error))
            self._watch.failed(Call.WRITE)
            if record.survey is not None or record.stale is not None:
                raise
            return await self._memory.record(replace(record, answered=None, since=None))
        if overtaken is None:
            self._memory.drop(record.event.person)
            if record.survey is not None and record.survey.rating is not None:
                self._watch.rated(record.event.channel)
        return overtaken

    async def erase(self, person: str, at: datetime) -> Deleted:
        """Raises StoreError where the primary cannot: nobody is told that all is gone when it is not."""
        remembered = await self._memory.erase(person, at)
        return remembered + await self._primary.erase(person, at)

    async def forget(self, before: Cutoffs) -> int:
        await self._memory.forget(before)
        try:
            return await self._primary.forget(before)
        except StoreError as error:
            _log.error("store_write_failed", error=str(error))
            self._watch.failed(Call.WRITE)
            return 0

    async def forget_told(self, before: datetime) -> None:
        await self._memory.forget_told(before)
        await self._primary.forget_told(before)

    async def let_go(self) -> None:
        try:
            await self._primary.let_go()
        except StoreError as error:
            _log.error("store_write_failed", error=str(error))
            self._watch.failed(Call.WRITE)

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        try:
            return await self._primary.recent_helpfulness(limit)
        except StoreError as error:
            _log.error("store_read_failed", error=str(error))
            self._watch.failed(Call.READ)
            return await self._memory.recent_helpfulness(limit)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        try:
            return await self._primary.recent_events(limit)
        except StoreError as error:
            _log.error("store_read_failed", error=str(error))
            self._watch.failed(Call.READ)
            return await self._memory.recent_events(limit)

    async def close(self) -> None:
        await self._primary.close()
