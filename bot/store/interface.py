"""What the dialogue needs to have kept. Implementations: `sqlite`, and `memory` for when the disk fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one message: no word of it is kept. `person` is a keyed hash, `at` is in UTC."""

    at: datetime
    channel: str
    person: str
    status: str
    codes: tuple[str, ...]
    catalogue_version: str


@dataclass(frozen=True, slots=True)
class Helpfulness:
    """What a person said of an answer of the assistant, about the procedure `code` if it was about one.

    It is no satisfaction with a service, and never counts as such.
    """

    at: datetime
    channel: str
    person: str
    opinion: str
    code: str | None
    catalogue_version: str


class Store(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def conversation(self, person: str) -> str | None:
        """The state kept last for this person, as JSON, or None."""
        ...

    async def record(self, event: Event, state: str | None, helpfulness: Helpfulness | None = None) -> None:
        """Keep the event, the person's state (None: none is kept) and what they said of an answer, or nothing."""
        ...

    async def erase(self, person: str) -> None:
        """Delete the person's state at once, and cut every event and opinion loose from them."""
        ...

    async def forget(self, *, states_before: datetime, events_before: datetime) -> int:
        """Delete states that were not used since, and older events and opinions; how many rows went."""
        ...

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        """The newest opinions, newest first."""
        ...

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        """The newest events, newest first."""
        ...

    async def close(self) -> None: ...
