"""What the stores' tests keep: an event and an opinion, and a store whose disk fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from bot.errors import StoreError
from bot.store.erasing import Deleted
from bot.store.inbox import Inbox, Kind, Update
from bot.store.interface import Cutoffs, Event, Helpfulness, Overtaken, Record
from bot.store.memory import MemoryStore
from bot.store.sqlite.store import SqliteStore

NEVER_KEPT = cast(str, object())
"""What no engine takes: a write that fails."""
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def event(number: int = 0, person: str = "p") -> Event:
    """The event of `number` seconds after NOW."""
    return Event(NOW + timedelta(seconds=number), "test", person, "answered", ("1.000001", "1.000002"), "v1")


def opinion(number: int = 0, person: str = "p", code: str | None = "1.000001") -> Helpfulness:
    """The opinion of `number` seconds after NOW."""
    return Helpfulness(NOW + timedelta(seconds=number), "test", person, "no", code, "v1")


def cutoffs(states: datetime, events: datetime) -> Cutoffs:
    """Everything else is as old as the states may be."""
    return Cutoffs(states, events, states, states, states, states, states, states)


def update(key: str, person: str = "p", *, sent: int = 0, channel: str = "test", address: str | None = None) -> Update:
    """A message sent `sent` seconds after NOW, which makes sense for an hour."""
    at = NOW + timedelta(seconds=sent)
    return Update(channel, key, person, address or f"to {person}", Kind.MESSAGE, "{}", at, NOW + timedelta(hours=1))


class Disk:
    """What a store stands on: `is_broken`: nothing works; `is_full`: it can be read, but not written."""

    def __init__(self, *, is_broken: bool = False, is_full: bool = False) -> None:
        self.is_broken = is_broken
        self.is_full = is_full

    def check(self, *, is_writing: bool) -> None:
        if self.is_broken or (self.is_full and is_writing):
            raise StoreError("disk full")


class _FailingInbox:
    """Every method of an inbox, as long as its disk works."""

    _READING = frozenset({"contact", "waiting"})

    def __init__(self, inbox: Inbox, disk: Disk) -> None:
        self._inbox = inbox
        self._disk = disk

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        async def call(*values: object) -> object:
            self._disk.check(is_writing=name not in self._READING)
            return await getattr(self._inbox, name)(*values)

        return call


def failing_inbox(inbox: Inbox, disk: Disk) -> Inbox:
    """The inbox while `disk` works; StoreError while it does not."""
    return cast(Inbox, _FailingInbox(inbox, disk))


class FailingSqlite(SqliteStore):
    """A store on a real file, whose disk fails while `disk` says so."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.disk = Disk()

    @property
    def inbox(self) -> Inbox:
        return failing_inbox(super().inbox, self.disk)

    async def conversation(self, person: str) -> str | None:
        self.disk.check(is_writing=False)
        return await super().conversation(person)

    async def record(self, record: Record) -> Overtaken | None:
        self.disk.check(is_writing=True)
        return await super().record(record)

    async def erase(self, person: str, at: datetime) -> Deleted:
        self.disk.check(is_writing=True)
        return await super().erase(person, at)


class FailingStore(MemoryStore):
    """A store whose disk fails while `broken` is set."""

    broken = True

    @property
    def inbox(self) -> Inbox:
        return failing_inbox(super().inbox, Disk(is_broken=self.broken))

    def _check(self) -> None:
        if self.broken:
            raise StoreError("disk full")

    async def conversation(self, person: str) -> str | None:
        self._check()
        return await super().conversation(person)

    async def record(self, record: Record) -> Overtaken | None:
        self._check()
        return await super().record(record)

    async def erase(self, person: str, at: datetime) -> Deleted:
        self._check()
        return await super().erase(person, at)

    async def forget_told(self, before: datetime) -> None:
        self._check()
        await super().forget_told(before)

    async def forget(self, before: Cutoffs) -> int:
        self._check()
        return await super().forget(before)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        self._check()
        return await super().recent_events(limit)

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        self._check()
        return await super().recent_helpfulness(limit)
