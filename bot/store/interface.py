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


class Store(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def conversation(self, person: str) -> str | None:
        """The state kept last for this person, as JSON, or None."""
        ...

    async def record(self, event: Event, state: str) -> None:
        """Keep the event and the person's state together, or neither."""
        ...

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        """The newest events, newest first."""
        ...

    async def close(self) -> None: ...
