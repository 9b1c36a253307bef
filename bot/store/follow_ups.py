"""Who opened a page of the portal, and may be asked about it once, some hours later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.ratings.model import Subject
from bot.store.inbox import Update

REST = timedelta(hours=24)
"""Who was asked is not asked again for so long, whatever they open meanwhile."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that is due. `person` is the keyed hash, `address` what their platform has to be told.

    `asked_at`: when they were asked last by a follow-up, `asked_about_at`: when about this procedure; None: never.
    """

    id: int
    person: str
    channel: str
    address: str
    subject: Subject
    opened_at: datetime
    due_at: datetime
    last_seen: datetime
    asked_at: datetime | None = None
    asked_about_at: datetime | None = None


class FollowUps(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def opened(self, person: str, subject: Subject, channel: str, at: datetime, due_at: datetime | None) -> None:
        """Count a link that was opened. `person`: the beginning of a keyed hash, or empty where nobody knows.

        Where it is someone of a messenger who can be written to, one question waits for them until `due_at` (None: it
        does not): about the page that they opened last. Who was asked within REST has none.
        """
        ...

    async def due(self, now: datetime, limit: int) -> tuple[FollowUp, ...]:
        """Those whose time has come, the oldest first. Whoever is not known to their channel any more is left out."""
        ...

    async def put_off(self, follow_up: int, until: datetime) -> None: ...

    async def hand_over(self, follow_up: int, question: Update, now: datetime) -> bool:
        """Put the question into the inbox and end it, both or neither; False where it had ended before."""
        ...

    async def end(self, follow_up: int, how: str, now: datetime) -> None:
        """It is not to be asked; it never comes again. `how`: why, for operators."""
        ...
