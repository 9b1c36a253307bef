"""What the live view shows. None stands for what cannot be seen; `View.unseen` says why, and which setting helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """`silent_seconds`: since it was heard of last, by the clocks of both machines."""

    label: str
    release: str
    since: datetime
    leads: bool
    silent_seconds: float


@dataclass(frozen=True, slots=True)
class StoreRow:
    """`address`: without a password. `trouble`: why it cannot be read; empty where it can.

    `is_written`: whether the processes write to it, None where they do not say.
    """

    address: str
    trouble: str
    is_written: bool | None


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """`received`, `answered`: a second; `p50`, `p95`: seconds until the answer is sent; all of them lately.

    `waiting`: updates; `oldest_seconds`: for how long the oldest of them; `send_errors`: lately. `token_seconds`: how
    long its token still lives. `is_on`: None where nothing says that it is connected.
    """

    name: str
    is_on: bool | None
    off_since: datetime | None = None
    received: float | None = None
    answered: float | None = None
    p50: float | None = None
    p95: float | None = None
    waiting: int | None = None
    oldest_seconds: float | None = None
    send_errors: int | None = None
    token_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class CountRow:
    """`count`: since the processes began; `lately`: of these, in the time that rates are of."""

    name: str
    count: int
    lately: int


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    version: str
    publication: str
    procedures: int
    age_days: int


@dataclass(frozen=True, slots=True)
class JobRow:
    """`ago_seconds`: since it worked last in any process; None: not yet."""

    name: str
    ago_seconds: float | None
    failures: int


@dataclass(frozen=True, slots=True)
class View:
    """`seconds`: of how long the rates are; None while there is nothing to compare with.

    `lag_p95`: seconds by which the event loop was late; `memory_bytes`: of each process that was asked, in their order.
    """

    at: datetime
    seconds: float | None
    processes: tuple[ProcessRow, ...]
    store: StoreRow
    channels: tuple[ChannelRow, ...]
    replies: tuple[CountRow, ...] = ()
    errors: tuple[CountRow, ...] = ()
    catalogue: CatalogueRow | None = None
    jobs: tuple[JobRow, ...] = ()
    lag_p95: float | None = None
    memory_bytes: tuple[int, ...] = ()
    unseen: tuple[str, ...] = ()
