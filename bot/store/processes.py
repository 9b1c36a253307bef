"""The processes that run on one store, and which of them holds what only one may do at a time.

No clock decides anything here: machines disagree about the time, and a clock may be set. Each row has a number that
its process raises while it lives; whoever sees it stand still for long enough, by the seconds that have passed for
themselves, knows that the process is gone (`bot.operations.members`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Process:
    """`id`: random, new for each start. `label`: tells people which it is. `beats`: rises while it lives.

    `started_at`, `seen_at`: in UTC, by the clock of its own machine; for people to read.
    """

    id: str
    label: str
    version: str
    started_at: datetime
    seen_at: datetime
    beats: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """Something that one process does for all. `holder`: its id, empty where it was given back; `renewals`: rises with
    every beat of the holder, and whenever the lease changes hands."""

    name: str
    holder: str
    renewals: int


@dataclass(frozen=True, slots=True)
class Roll:
    """Who runs, the longest-running first, and the leases by their names."""

    processes: tuple[Process, ...] = ()
    leases: tuple[Lease, ...] = ()

    def holder_of(self, lease: str) -> Lease | None:
        """The lease as it was read; None where nobody has ever had it."""
        return next((one for one in self.leases if one.name == lease), None)


class Processes(Protocol):
    """Every method may raise StoreError."""

    async def beat(self, process: Process) -> Roll:
        """The process lives: its row is made or its `beats` raised, its leases renewed; how all stand afterwards.

        What `process` says of its own beats does not count.
        """
        ...

    async def take(self, name: str, holder: str, seen: Lease | None) -> bool:
        """Hold the lease from now on, if it still is as it was seen (None: not there); False where it is not."""
        ...

    async def drop(self, gone: Process) -> bool:
        """Strike the process off and free what it had claimed of the inbox, if it has not moved since it was seen."""
        ...

    async def leave(self, process: str) -> None:
        """The process ends: its row goes, its leases are given back, and what it has claimed is free."""
        ...

    async def roll(self) -> Roll:
        """How all stand now."""
        ...


def owner_of(process: str, part: str) -> str:
    """The name under which a part of a process claims updates of the inbox: they are freed with the process."""
    return f"{process}:{part}"
