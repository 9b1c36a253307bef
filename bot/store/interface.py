"""What the dialogue needs to have kept. Implementations: `sqlite`, and `memory` for when the disk fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.store.inbox import Inbox
from bot.store.registry import Registry


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


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a task of the inbox, as JSON: kept in the same breath as what it changes in the conversation."""

    task: int
    reply: str


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Before which day nothing is kept: states and contacts that were not used since, events and opinions, and the keys
    of updates that are closed."""

    states: datetime
    events: datetime
    contacts: datetime
    keys: datetime


class Store(Protocol):
    """Every method may raise StoreError, and nothing else."""

    @property
    def inbox(self) -> Inbox: ...

    @property
    def registry(self) -> Registry: ...

    async def conversation(self, person: str) -> str | None:
        """The state kept last for this person, as JSON, or None."""
        ...

    async def record(
        self,
        event: Event,
        state: str | None,
        helpfulness: Helpfulness | None = None,
        answered: Answered | None = None,
    ) -> None:
        """Keep the event, the person's state (None: none is kept), what they said of an answer, and the answer to a
        task of the inbox: all of it or nothing."""
        ...

    async def erase(self, person: str) -> None:
        """Delete the person's state and contact at once, and cut every event and opinion loose from them."""
        ...

    async def forget(self, before: Cutoffs) -> int:
        """Delete what is older; how many rows went."""
        ...

    async def let_go(self) -> None:
        """Take what was deleted or closed out of every file it is still in."""
        ...

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        """The newest opinions, newest first."""
        ...

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        """The newest events, newest first."""
        ...

    async def close(self) -> None: ...
