"""Bad ratings as a queue: each is a case that somebody owns, works on, and closes with an outcome.

A case is there as soon as a rating is not satisfied on its scale; only what staff add is kept beside it. It keeps its
number, that of the first bad rating, when the person changes the rating, and stays when they are satisfied then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.ratings.model import Filing, Mark, Origin, Subject
from bot.ratings.scales import SCALES
from bot.store.inbox import Contact, Update
from bot.store.staff import Act, Entry


class CaseState(StrEnum):
    NEW = "new"
    TAKEN = "taken"
    """Somebody works on it."""
    ANSWERED = "answered"
    """The person is told what became of it."""
    CLOSED = "closed"


OPEN_STATES = (CaseState.NEW, CaseState.TAKEN, CaseState.ANSWERED)


class CaseOutcome(StrEnum):
    """What became of it."""

    FIXED = "fixed"
    EXPLAINED = "explained"
    PASSED_ON = "passed_on"
    NOT_OURS = "not_ours"
    NO_CAUSE = "no_cause"


@dataclass(frozen=True, slots=True)
class Case:
    """`opened_at`: when the first bad rating was given, `rated_at`: the last one of the person, which `level` is of.

    `comment`: masked when it was written. `owner`: a login; empty: nobody's. `changed_at`: when staff changed something
    last; None: never. `told_at`: when the outcome was handed over for the person. Nothing says who they are.
    """

    number: int
    opened_at: datetime
    rated_at: datetime
    subject: Subject
    channel: str
    origin: Origin
    scale: str
    level: int
    filing: Filing
    mark: Mark
    is_helped: bool
    comment: str | None
    may_be_told: bool
    state: CaseState = CaseState.NEW
    owner: str = ""
    outcome: CaseOutcome | None = None
    note: str = ""
    changed_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def is_satisfied_now(self) -> bool:
        """The person has changed the rating since."""
        return SCALES[self.scale].is_satisfied(self.level)


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """Which cases; None: whatever it is. `agencies`: of these deciding agencies; `first`, `last`: opened on these days.

    `owner`: empty for those that nobody has taken.
    """

    states: tuple[CaseState, ...] = OPEN_STATES
    owner: str | None = None
    agencies: frozenset[str] | None = None
    codes: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What a case is to be from now on. `seen`: its `changed_at` when whoever changes it saw it."""

    state: CaseState
    owner: str
    outcome: CaseOutcome | None
    note: str
    seen: datetime | None


class Changed(StrEnum):
    DONE = "done"
    UNKNOWN = "unknown"
    """There is no such case."""
    MEANWHILE = "meanwhile"
    """Somebody else has changed it since it was seen; nothing was changed."""
    UNREACHABLE = "unreachable"
    """The person cannot be told any more, or has been."""


class Cases(Protocol):
    """Every method may raise StoreError, and nothing else. `agencies`: those that may be seen; None: all."""

    async def listed(self, query: CaseQuery, limit: int, behind: int = 0) -> tuple[Case, ...]:
        """The oldest first; those with numbers above `behind`."""
        ...

    async def counts(self, query: CaseQuery) -> Mapping[CaseState, int]:
        """How many there are in each state, whatever states the query names; every state is in it."""
        ...

    async def find(self, number: int, agencies: frozenset[str] | None) -> Case | None:
        """None too where it is not of these agencies."""
        ...

    async def history(self, number: int) -> tuple[Entry, ...]:
        """What the log says of it, the newest first."""
        ...

    async def change(self, number: int, change: CaseChange, act: Act) -> Changed:
        """With a line in the log, or not at all."""
        ...

    async def reachable(self, number: int, since: datetime) -> Contact | None:
        """Who gave the rating, if they agreed to be told, were there after `since`, and nobody has told them yet."""
        ...

    async def tell(self, number: int, notice: Update, since: datetime, act: Act) -> Changed:
        """Put the notice into the inbox for who is `reachable`, and say so in the case and the log: all or nothing."""
        ...
