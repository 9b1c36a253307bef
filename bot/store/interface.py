"""What the dialogue needs to have kept. Implementations: `sqlite`, and `memory` for when the disk fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.ratings.model import Survey
from bot.store.erasing import Deleted
from bot.store.freshness import StaleReport
from bot.store.inbox import Inbox
from bot.store.office import Office
from bot.store.processes import Processes
from bot.store.registry import Registry
from bot.store.sharing import Attribution


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one message: no word of it is kept. `person` is a keyed hash, `at` is in UTC."""

    at: datetime
    channel: str
    person: str
    status: str
    codes: tuple[str, ...]
    catalogue_version: str
    is_first: bool = False
    """It begins a conversation: the person had not written for a while."""


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


class Unmet(StrEnum):
    """Why a search is worth a look."""

    NOT_FOUND = "not_found"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True)
class Unfound:
    """A search that found nothing, or did not help: short, masked, and of nobody. `folded`: what it is grouped by."""

    at: datetime
    words: str
    folded: str
    why: Unmet


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a task of the inbox, as JSON: kept in the same breath as what it changes in the conversation."""

    task: int
    reply: str


@dataclass(frozen=True, slots=True)
class Since:
    """What a turn began with, as `Store.conversation` gave it: another process may have answered meanwhile."""

    state: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """The answer, as JSON, to a message that comes again where its sender does not know whether it arrived.

    `message`: the id that the sender gave it, unique for the person. Kept for some minutes.
    """

    message: str
    reply: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Why nothing of a turn was kept: somebody else was first.

    `reply`: what they answered to the same message, as JSON; None: it was another one, and the turn begins anew.
    """

    reply: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """All that is kept of one turn. `state`: the conversation from now on, as JSON; None: none is kept.

    `attribution`: by whose link the person came, where it was somebody's: of that only sums are kept. `brought_since`:
    since when the state says so; None: it does not. `since`: the turn is kept only where the conversation still stands
    so; None: whatever it is. `told`: the answer, where it may be asked for again.
    """

    event: Event
    state: str | None = None
    helpfulness: Helpfulness | None = None
    answered: Answered | None = None
    survey: Survey | None = None
    unfound: Unfound | None = None
    attribution: Attribution | None = None
    stale: StaleReport | None = None
    brought_since: datetime | None = None
    since: Since | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Before which day nothing is kept: states and contacts that were not used since, events and opinions, and the keys
    of updates that are closed; words that found nothing; whose a rating was; by whose link somebody came; and that
    somebody's data were deleted."""

    states: datetime
    events: datetime
    contacts: datetime
    keys: datetime
    unfound: datetime
    raters: datetime
    brought: datetime
    erasures: datetime


class Store(Protocol):
    """Every method may raise StoreError, and nothing else."""

    @property
    def inbox(self) -> Inbox: ...

    @property
    def registry(self) -> Registry: ...

    @property
    def office(self) -> Office: ...

    @property
    def processes(self) -> Processes: ...

    async def conversation(self, person: str) -> str | None:
        """The state kept last for this person, as JSON, or None."""
        ...

    async def record(self, record: Record) -> Overtaken | None:
        """Keep the turn: all of it, or nothing, where it fails or somebody else was first."""
        ...

    async def erase(self, person: str, at: datetime) -> Deleted:
        """Delete the person's state, contact and words at once; events, opinions and ratings are no longer theirs.

        What went. That it was done `at` is noted, so that it is done again in a backup that is restored later.

        Ratings of the report month that runs are set aside: the same person may rate again, and counts once.
        """
        ...

    async def forget(self, before: Cutoffs) -> int:
        """Delete what is older; how many rows went."""
        ...

    async def forget_told(self, before: datetime) -> None:
        """Delete answers (`Told`) that are older."""
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
