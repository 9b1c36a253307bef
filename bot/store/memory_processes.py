"""Processes and leases in the memory of this process, where there is no other, and for when the store is away."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.errors import StoreError
from bot.store.processes import Lease, Process, Roll


class Frees(Protocol):
    def free(self, process: str) -> None:
        """What parts of the process have claimed is free."""
        ...


class MemoryProcesses:
    """`bot.store.processes.Processes` says what the methods do."""

    def __init__(self, inbox: Frees) -> None:
        self._inbox = inbox
        self._processes: dict[str, Process] = {}
        self._leases: dict[str, Lease] = {}

    async def beat(self, process: Process) -> Roll:
        known = self._processes.get(process.id, replace(process, beats=0))
        self._processes[process.id] = replace(known, seen_at=process.seen_at, beats=known.beats + 1)
        self._renew(process.id, process.id)
        return await self.roll()

    async def take(self, name: str, holder: str, seen: Lease | None) -> bool:
        if self._leases.get(name) != seen:
            return False
        self._leases[name] = Lease(name, holder, 1 if seen is None else seen.renewals + 1)
        return True

    async def drop(self, gone: Process) -> bool:
        known = self._processes.get(gone.id)
        if known is None or known.beats != gone.beats:
            return False
        del self._processes[gone.id]
        self._inbox.free(gone.id)
        return True

    async def leave(self, process: str) -> None:
        self._processes.pop(process, None)
        self._renew(process, "")
        self._inbox.free(process)

    async def roll(self) -> Roll:
        processes = sorted(self._processes.values(), key=lambda one: (one.started_at, one.id))
        return Roll(tuple(processes), tuple(lease for _, lease in sorted(self._leases.items())))

    def _renew(self, holder: str, new_holder: str) -> None:
        for lease in [one for one in self._leases.values() if one.holder == holder]:
            self._leases[lease.name] = Lease(lease.name, new_holder, lease.renewals + 1)


class NoProcesses:
    """For when the store cannot be opened: of others nothing is known."""

    async def beat(self, *_: object, **__: object) -> Roll:
        raise _not_opened()

    async def take(self, *_: object, **__: object) -> bool:
        raise _not_opened()

    async def drop(self, *_: object, **__: object) -> bool:
        raise _not_opened()

    async def leave(self, *_: object, **__: object) -> None:
        raise _not_opened()

    async def roll(self) -> Roll:
        raise _not_opened()


def _not_opened() -> StoreError:
    return StoreError("the store could not be opened")
