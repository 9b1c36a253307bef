"""This process among the others on the same store: who is alive, and who leads.

Every process says every two seconds that it lives, and looks at the others. What counts is whether their numbers rise,
never what time a row was written at: who stands still for `GONE_SECONDS`, by the seconds that have passed for
whoever looks, is gone. A leader stops leading `LEAD_SECONDS` after its last beat that reached the store began, so
before anybody may take its place: however clocks are set, there are never two. Without one there is nobody for at most
`GONE_SECONDS` and two beats.
"""

from __future__ import annotations

import asyncio
import logging
import os
import platform
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex

import structlog

from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.release import release
from bot.store.processes import Lease, Process, Processes, Roll

_log = structlog.get_logger(__name__)
BEAT_SECONDS = 2.0
GONE_SECONDS = 6.0
"""Three beats."""
LEAD_SECONDS = 4.0
"""Two beats: less than `GONE_SECONDS` by more than clocks of machines can run apart in that time."""
LEADER = "leader"
"""The lease of whoever does what is done once for all."""
_LOOK_SECONDS = 0.5
_LONGEST_LEAVE_SECONDS = 1.0


def _ticks() -> float:
    """Seconds that only grow, whatever the clock is set to."""
    return asyncio.get_running_loop().time()


def this_process(port: int, started_at: datetime) -> Process:
    """A new one. Its label is for people: several machines may well have the same name."""
    label = f"{platform.node() or 'a machine without a name'}, port {port}, process {os.getpid()}"
    return Process(token_hex(8), label, release(), started_at, started_at)


@dataclass(frozen=True, slots=True)
class _Still:
    """What was seen, and since when it has not changed."""

    seen: Process | Lease
    since: float


class Members:
    """`me`: this process; `ticks`: seconds that only grow; `clock`: the time, for people to read.

    `followers` are told how many processes there are, whenever that changes.
    """

    def __init__(
        self,
        processes: Processes,
        me: Process,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = _ticks,
    ) -> None:
        self._processes = processes
        self.me = me
        self._clock = clock
        self._ticks = ticks
        self._still: dict[str, _Still] = {}
        self._looked = float("-inf")
        self._leads_until = float("-inf")
        self._said_to_lead = False
        self._other_leads = False
        self.count = 1
        self._had_others = False
        self.followers: list[Callable[[int], None]] = []

    @property
    def leads(self) -> bool:
        """Whether this process is the one that does what is done once for all. While the store is away nobody is."""
        return self._ticks() < self._leads_until

    @property
    def may_lead(self) -> bool:
        """Whether no other is known to lead: for what must go on without the store, and does little harm twice."""
        return self.leads or not self._other_leads

    @property
    def is_heard(self) -> bool:
        """Whether a beat has reached the store lately: so long it is there, and can be written."""
        return self._ticks() - self._looked < GONE_SECONDS

    async def beat(self) -> None:
        """Say that this process lives, see who else does, and lead where nobody does. Raises StoreError."""
        begun = self._ticks()
        roll = await self._processes.beat(replace(self.me, seen_at=self._clock()))
        if begun - self._looked > LEAD_SECONDS:
            # Whoever has not looked for a while cannot say for how long the others have stood still.
            self._still.clear()
        self._looked = self._ticks()
        await self._judge(roll)
        await self._lead(roll, begun)
        self._tell()

    async def keep_beating(self) -> None:
        """Every two seconds, until cancelled. What fails is told once, and tried again."""
        has_worked = True
        while True:
            try:
                await self.beat()
                has_worked = True
            except StoreError as error:
                if has_worked:
                    _log.error("process_not_seen", error=str(error), hint="the others do not hear of this process")
                has_worked = False
            except Exception as error:  # noqa: BLE001 - whatever breaks, the next beat comes
                log_fault("beat", error)
            self._tell()
            await asyncio.sleep(BEAT_SECONDS)

    async def leave(self) -> None:
        """This process ends: others need not wait to take over."""
        self._leads_until = float("-inf")
        with suppress(StoreError, TimeoutError):
            async with asyncio.timeout(_LONGEST_LEAVE_SECONDS):
                await self._processes.leave(self.me.id)

    async def while_leading(self, job: Callable[[], Awaitable[None]]) -> None:
        """Run the job whenever this process leads, until the job is done; elsewhere it begins anew."""
        await self._while(lambda: self.leads, job)

    async def while_no_other_leads(self, job: Callable[[], Awaitable[None]]) -> None:
        """The same for a job that goes on while the store is away."""
        await self._while(lambda: self.may_lead, job)

    async def _while(self, is_mine: Callable[[], bool], job: Callable[[], Awaitable[None]]) -> None:
        while True:
            while not is_mine():
                await asyncio.sleep(_LOOK_SECONDS)
            running = asyncio.ensure_future(job())
            try:
                while is_mine() and not running.done():
                    await asyncio.wait({running}, timeout=_LOOK_SECONDS)
                if running.done():
                    await running
                    return
            finally:
                running.cancel()
                with suppress(asyncio.CancelledError):
                    await running

    async def _judge(self, roll: Roll) -> None:
        """Who is alive, and who is struck off. Raises StoreError."""
        alive, known = 0, self._still
        self._still = {key: still for key, still in known.items() if key == LEADER}
        for process in roll.processes:
            still = known.get(process.id)
            if still is None or not isinstance(still.seen, Process) or still.seen.beats != process.beats:
                still = _Still(process, self._looked)
            is_gone = process.id != self.me.id and self._looked - still.since >= GONE_SECONDS
            if is_gone and await self._processes.drop(process):
                _log.warning("process_gone", process=process.id, label=process.label)
                continue
            self._still[process.id] = still
            alive += 1
        self._had_others = self._had_others or alive > 1
        if alive != self.count:
            _log.info("processes_counted", alive=alive)
            self.count = alive
            for follower in self.followers:
                follower(alive)

    async def _lead(self, roll: Roll, begun: float) -> None:
        lease = roll.holder_of(LEADER)
        if lease is not None and lease.holder == self.me.id:
            self._leads_until, self._other_leads = begun + LEAD_SECONDS, False
            return
        self._leads_until = float("-inf")
        self._other_leads = lease is not None and lease.holder != ""
        still = self._still.get(LEADER)
        if lease is not None and (still is None or still.seen != lease):
            still = self._still[LEADER] = _Still(lease, self._looked)
        is_free = lease is None or not lease.holder
        is_over = still is not None and self._looked - still.since >= GONE_SECONDS
        begun = self._ticks()
        if (is_free or is_over) and await self._processes.take(LEADER, self.me.id, lease):
            self._leads_until, self._other_leads = begun + LEAD_SECONDS, False

    def _tell(self) -> None:
        if self.leads is not self._said_to_lead:
            self._said_to_lead = self.leads
            # Who is alone leads: nobody has to be told.
            level = logging.INFO if self._had_others else logging.DEBUG
            name = "process_leads" if self.leads else "process_leads_no_more"
            _log.log(level, name, process=self.me.id, label=self.me.label)
