"""What the stores' tests keep: an event and an opinion, and a store whose disk fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.errors import StoreError
from bot.store.interface import Answered, Cutoffs, Event, Helpfulness
from bot.store.memory import MemoryStore

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def event(number: int = 0, person: str = "p") -> Event:
    """The event of `number` seconds after NOW."""
    return Event(NOW + timedelta(seconds=number), "test", person, "answered", ("1.000001", "1.000002"), "v1")


def opinion(number: int = 0, person: str = "p", code: str | None = "1.000001") -> Helpfulness:
    """The opinion of `number` seconds after NOW."""
    return Helpfulness(NOW + timedelta(seconds=number), "test", person, "no", code, "v1")


def cutoffs(states: datetime, events: datetime) -> Cutoffs:
    """Everything else is as old as the states may be."""
    return Cutoffs(states, events, states, states)


class FailingStore(MemoryStore):
    """A store whose disk fails while `broken` is set."""

    broken = True

    def _check(self) -> None:
        if self.broken:
            raise StoreError("disk full")

    async def conversation(self, person: str) -> str | None:
        self._check()
        return await super().conversation(person)

    async def record(
        self,
        event: Event,
        state: str | None,
        helpfulness: Helpfulness | None = None,
        answered: Answered | None = None,
    ) -> None:
        self._check()
        await super().record(event, state, helpfulness, answered)

    async def erase(self, person: str) -> None:
        self._check()
        await super().erase(person)

    async def forget(self, before: Cutoffs) -> int:
        self._check()
        return await super().forget(before)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        self._check()
        return await super().recent_events(limit)

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        self._check()
        return await super().recent_helpfulness(limit)
