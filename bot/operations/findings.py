"""What an examination found, in words that help: what is so, whether that is well, and what to do if not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import StoreError
from bot.operations.members import LEADER
from bot.operations.times import in_vietnam
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.processes import Process, Roll

_SLOW_QUEUE_SECONDS = 60
_SILENT_SECONDS = 10
_CLOCKS_APART_SECONDS = 3


class State(StrEnum):
    OK = "ok"
    OFF = "off"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """`mend`: what to do; empty where there is nothing to be done."""

    area: str
    state: State
    what: str
    mend: str = ""


async def examine_base(settings: Settings, store: Store, now: datetime) -> list[Finding]:
    """What every channel stands on: the public address, the store, the switches, the queue."""
    found = [_address(settings)]
    try:
        switches = await store.registry.switches()
        waiting = await store.inbox.waiting()
        roll = await store.processes.roll()
    except StoreError as error:
        where = (
            "the server of DATABASE_URL"
            if settings.is_shared
            else "the disk and at the rights of the folder of DATABASE_URL"
        )
        mend = f"Look at {where}."
        return [*found, Finding("store", State.BROKEN, f"the database cannot be read: {error}", mend)]
    for switch in switches:
        if not switch.is_on:
            what = f"switched off since {in_vietnam(switch.changed_at)}: {switch.reason or 'no reason given'}"
            mend = f"python -m bot channel on {switch.channel}"
            found.append(Finding(switch.channel, State.WARNING, what, mend))
    for queue in waiting:
        seconds = (now - queue.oldest).total_seconds()
        if seconds > _SLOW_QUEUE_SECONDS:
            what = f"{queue.count} messages wait, the oldest for {seconds / 60:.0f} minutes"
            mend = "Is `python -m bot serve` running? Its log says why the messages cannot be sent."
            found.append(Finding(queue.channel, State.WARNING, what, mend))
    return [*found, *_processes(roll, now)]


def _processes(roll: Roll, now: datetime) -> list[Finding]:
    """Which are alive, by their own clocks, and who leads."""
    found = [_process(one, roll, now) for one in roll.processes]
    if not found:
        return [Finding("processes", State.OFF, "none is running: `python -m bot serve` starts one")]
    lease = roll.holder_of(LEADER)
    if lease is None or lease.holder not in {one.id for one in roll.processes}:
        mend = "Another takes over within ten seconds: ask again. If not, its log says why the store is not reached."
        found.append(Finding("processes", State.WARNING, "none does what is done once for all", mend))
    return found


def _process(process: Process, roll: Roll, now: datetime) -> Finding:
    lease = roll.holder_of(LEADER)
    leads = ", leads" if lease is not None and lease.holder == process.id else ""
    release = f", release {process.version}" if process.version else ""
    what = f"{process.label}{release}, since {in_vietnam(process.started_at)}{leads}"
    silent = (now - process.seen_at).total_seconds()
    if silent < -_CLOCKS_APART_SECONDS:
        mend = "Let both machines take their time from the same source (NTP)."
        return Finding("processes", State.WARNING, f"{what}: its clock is {-silent:.0f} s ahead of ours", mend)
    if silent > _SILENT_SECONDS:
        mend = "It has died, or its clock is behind ours. Its log says which; others take over what it did."
        return Finding("processes", State.WARNING, f"{what}: last heard of {silent:.0f} s ago", mend)
    return Finding("processes", State.OK, what)


def _address(settings: Settings) -> Finding:
    if not settings.is_public_encrypted:
        what = "PUBLIC_URL is not set" if settings.public_url is None else "PUBLIC_URL does not begin with https://"
        mend = "Set PUBLIC_URL to the https:// address under which this server is reached; platforms call no other."
        return Finding("address", State.WARNING, what, mend)
    return Finding("address", State.OK, f"citizens and platforms reach us under {settings.public_url}")
