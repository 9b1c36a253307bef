"""What keeps a catalogue true over time: who says that an answer looks old, and what became of its links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.store.staff import Act

MAX_NOTE_CHARS = 500


@dataclass(frozen=True, slots=True)
class StaleReport:
    """Somebody says that what is told of a procedure looks old: no words, and no more about whom than the hash.

    `person`: counts once a day for a code; empty: not known, each counts. `agency`: of which it was told; empty: all.
    """

    at: datetime
    channel: str
    person: str
    code: str
    agency: str
    catalogue_version: str


class StaleState(StrEnum):
    """What became of it."""

    OPEN = "open"
    FINE = "fine"
    """Looked at: what is told is right."""
    MENDED = "mended"
    """It was wrong, and is mended."""


CLOSED = (StaleState.FINE, StaleState.MENDED)


@dataclass(frozen=True, slots=True)
class Closing:
    """How staff closed what was said of a code."""

    state: StaleState
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class StaleCase:
    """All that was said of one code until it was looked at. `count`: people and days. `first`, `last`: in Vietnam.

    `agencies`, `versions`: of which bodies and which catalogues, the most frequent first; `channels`: how many on each.
    `closing`: None while it is open.
    """

    code: str
    count: int
    first: date
    last: date
    agencies: tuple[str, ...]
    versions: tuple[str, ...]
    channels: Mapping[str, int]
    closing: Closing | None = None

    @property
    def state(self) -> StaleState:
        return StaleState.OPEN if self.closing is None else self.closing.state


class StaleReports(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def add(self, report: StaleReport) -> bool:
        """For reports from outside of a conversation (see `Record.stale`); False: they said so today already."""
        ...

    async def open(self) -> tuple[StaleCase, ...]:
        """Those that were said most often first."""
        ...

    async def closed(self, limit: int) -> tuple[StaleCase, ...]:
        """Those closed last first."""
        ...

    async def close(self, code: str, state: StaleState, note: str, act: Act) -> bool:
        """Close what is open of a code, with a line in the log; False where nothing is. `state`: one of CLOSED."""
        ...


class LinkOutcome(StrEnum):
    """What became of asking for an address."""

    FINE = "fine"
    MOVED = "moved"
    GONE = "gone"
    """404 or 410."""
    ODD = "odd"
    """Another answer that is no page."""
    COULD_NOT_CHECK = "could_not_check"
    """There was no answer: that says nothing of the page."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What an address answered. `status`: the last one. `to`: where it has moved; empty: nowhere.

    `etag`, `last_modified`: as told, to be sent along the next time; empty: not told.
    """

    at: datetime
    outcome: LinkOutcome
    status: int
    to: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """All that is known of an address. `answer`: the last that was had; None: never one.

    `tried_at`, `outcome`, `why`: of the last time it was asked for; `why`: why it could not be checked, one word.
    `gone_since`, `gone_until`: the days in Vietnam on which it was said first and last to be gone, with no other answer
    in between; None: it is not gone.
    """

    address: str
    tried_at: datetime
    outcome: LinkOutcome
    why: str = ""
    answer: LinkAnswer | None = None
    gone_since: date | None = None
    gone_until: date | None = None

    @property
    def is_surely_gone(self) -> bool:
        """It was said on two days: one alone may be a bad hour of the portal."""
        return self.gone_since is not None and self.gone_until is not None and self.gone_since < self.gone_until


class LinkChecks(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def keep(self, check: LinkCheck) -> None:
        """In the place of what was known of the address."""
        ...

    async def listed(self) -> tuple[LinkCheck, ...]:
        """By address."""
        ...

    async def surely_gone(self) -> frozenset[str]:
        """The addresses that were said to be gone on two days."""
        ...


@dataclass(frozen=True, slots=True)
class Demand:
    """How often people were answered about each code. `since`: the first day that is counted; None: nothing is yet."""

    since: date | None
    by_code: Mapping[str, int]


class Demands(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def since(self, first: date) -> Demand:
        """From the half month in which `first` lies, or from the first that was counted."""
        ...
