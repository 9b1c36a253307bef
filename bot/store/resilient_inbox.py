"""An inbox that goes on in memory while the disk fails: what came in then is answered from there."""

from __future__ import annotations

from collections.abc import Awaitable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.errors import StoreError
from bot.store.inbox import Contact, Inbox, Task, Update, Waiting
from bot.store.watching import Call, StoreWatch

_log = structlog.get_logger(__name__)
_SHORT = timedelta(seconds=5)
"""After an outage of so many seconds every lease still holds, see `bot.operations.messages.worker`."""
_OTHERS_FIRST = timedelta(seconds=2)
"""After a longer one leases have run out that are somebody's: for so long all processes tell what they have done,
before any of them claims something."""


class ResilientInbox:
    """Uses `primary`; what it cannot take goes to `memory`, whose tasks have negative numbers."""

    def __init__(self, primary: Inbox, memory: Inbox, watch: StoreWatch) -> None:
        self._watch = watch
        self._primary = primary
        self._memory = memory
        self._failing_since: datetime | None = None
        self._waits_until: datetime | None = None

    async def accept(self, update: Update, now: datetime) -> bool:
        """Never raises: refusing would switch the platform's webhook off, and citizens would get no answer at all."""
        if await self._memory.is_known(update.channel, update.key):
            return False
        try:
            return await self._primary.accept(update, now)
        except StoreError as error:
            _log.error("store_write_failed", error=str(error), kept="in memory only")
            self._watch.failed(Call.WRITE)
            # A disk that is full can still be read: what comes again is not answered twice.
            return not await self.is_known(update.channel, update.key) and await self._memory.accept(update, now)

    async def is_known(self, channel: str, key: str) -> bool:
        try:
            return await self._memory.is_known(channel, key) or await self._primary.is_known(channel, key)
        except StoreError as error:
            _log.error("store_read_failed", error=str(error))
            self._watch.failed(Call.READ)
            return False

    async def claim(self, channel: str, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Task, ...]:
        remembered = await self._memory.claim(channel, owner, now, until, limit)
        waits = self._waits(now)
        try:
            most = 0 if waits else limit - len(remembered)
            claimed = await self._primary.claim(channel, owner, now, until, most)
        except StoreError as error:
            # Asked every second: told once.
            if self._failing_since is None:
                _log.error("store_write_failed", error=str(error))
                self._watch.failed(Call.WRITE)
            self._failing_since, self._waits_until = self._failing_since or now, None
            return remembered
        if waits:
            self._waits_until = self._waits_until or now + _OTHERS_FIRST
        else:
            self._failing_since = self._waits_until = None
        return remembered + tuple([task for task in claimed if not await self._is_remembered(task, now)])

    async def _is_remembered(self, task: Task, now: datetime) -> bool:
        """Whether it was put away although the store could not say so any more: then it is answered from memory."""
        if not await self._memory.is_known(task.update.channel, task.update.key):
            return False
        await self._try(self._primary.close(task.id, "remembered", now))
        return True

    def _waits(self, now: datetime) -> bool:
        """Whether others have to be let speak first."""
        if self._failing_since is None or now - self._failing_since < _SHORT:
            return False
        until = self._waits_until
        # A clock that is set back keeps nobody waiting.
        return until is None or until - _OTHERS_FIRST <= now < until

    async def renew(self, owner: str, tasks: Collection[int], until: datetime) -> None:
        await self._memory.renew(owner, tasks, until)
        await self._try(self._primary.renew(owner, tasks, until))

    async def release(self, owner: str) -> None:
        await self._memory.release(owner)
        await self._try(self._primary.release(owner))

    async def keep_reply(self, task: int, reply: str) -> None:
        await self._of(task).keep_reply(task, reply)

    async def mark_attempt(self, task: int) -> None:
        await self._of(task).mark_attempt(task)

    async def mark_sent(self, task: int) -> None:
        await self._of(task).mark_sent(task)

    async def put_off(self, task: int, until: datetime) -> None:
        await self._of(task).put_off(task, until)

    async def close(self, task: int, reason: str, now: datetime) -> None:
        await self._of(task).close(task, reason, now)

    async def close_earlier(self, task: int, person: str, reason: str, now: datetime) -> None:
        # What is in memory came in while the disk failed: of the other side it is not known which came first.
        await self._of(task).close_earlier(task, person, reason, now)

    async def contact(self, person: str) -> Contact | None:
        """A disk that is full can still be read: what it knows may be older than what came in meanwhile."""
        remembered = await self._memory.contact(person)
        try:
            known = await self._primary.contact(person)
        except StoreError as error:
            _log.error("store_read_failed", error=str(error))
            self._watch.failed(Call.READ)
            known = None
        if known is None or remembered is None:
            return known or remembered
        newer = max(known, remembered, key=lambda contact: contact.last_seen)
        return replace(newer, silent_until=remembered.silent_until or known.silent_until)

    async def mark_gone(self, person: str, reason: str, at: datetime) -> None:
        await self._memory.mark_gone(person, reason, at)
        await self._try(self._primary.mark_gone(person, reason, at))

    async def silence(self, update: Update, until: datetime | None) -> None:
        is_kept = await self._try(self._primary.silence(update, until))
        if not is_kept or await self._memory.contact(update.person) is not None:
            await self._memory.silence(update, until)

    async def waiting(self) -> tuple[Waiting, ...]:
        remembered = await self._memory.waiting()
        try:
            return remembered + await self._primary.waiting()
        except StoreError as error:
            _log.error("store_read_failed", error=str(error))
            self._watch.failed(Call.READ)
            return remembered

    async def unanswered(self) -> tuple[Waiting, ...]:
        """Where both have some of a channel, it is there twice."""
        remembered = await self._memory.unanswered()
        try:
            return remembered + await self._primary.unanswered()
        except StoreError:
            # Told by those who need more of it: this is asked every second.
            return remembered

    async def _try(self, writing: Awaitable[None]) -> bool:
        """Whether it was written; what the memory holds stands where it was not."""
        try:
            await writing
        except StoreError as error:
            _log.error("store_write_failed", error=str(error))
            self._watch.failed(Call.WRITE)
            return False
        return True

    def _of(self, task: int) -> Inbox:
        return self._memory if task < 0 else self._primary
