"""Who opened a page of the portal, and may be asked about it once, some hours later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ratings.model import Subject


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that is due. `person` is the keyed hash, `address` what their platform has to be told."""

    id: int
    person: str
    channel: str
    address: str
    subject: Subject
    opened_at: datetime
    due_at: datetime
    last_seen: datetime


class FollowUps(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def opened(self, person: str, subject: Subject, channel: str, at: datetime, due_at: datetime | None) -> None:
        """Count a link that was opened. `person`: the beginning of a keyed hash, or empty where nobody knows.

        Where it is someone of a messenger who can be written to, they are asked at `due_at` (None: never), once for a
        procedure: about the page that they opened last.
        """
        ...

    async def due(self, now: datetime, limit: int) -> tuple[FollowUp, ...]:
        """Those whose time has come, the oldest first."""
        ...

    async def put_off(self, follow_up: int, until: datetime) -> None: ...

    async def end(self, follow_up: int, how: str) -> None:
        """It was handed over, or is not to be asked; it never comes again."""
        ...
