"""What an examination says of the processes that run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.operations.findings import Finding, State, examine_base
from bot.operations.members import LEADER
from bot.settings import Settings
from bot.store.memory import MemoryStore
from bot.store.processes import Process
from tests.unit.store.samples import NOW

SECOND = timedelta(seconds=1)
ONE = Process("one", "port 8080, process 1", "0.1.0", NOW - 90 * SECOND, NOW - SECOND)
SINCE = "port 8080, process 1, release 0.1.0, since 2026-11-21 14:58 (Vietnam)"


async def found(*processes: Process, leader: str | None = "one", **later: float) -> list[Finding]:
    store = MemoryStore()
    for process in processes:
        await store.processes.beat(process)
    if leader is not None:
        await store.processes.take(LEADER, leader, None)
    findings = await examine_base(Settings(), store, NOW + timedelta(**later))
    return [one for one in findings if one.area == "processes"]


async def test_who_is_alive_and_who_leads() -> None:
    other = replace(ONE, id="two", label="port 8081, process 2", version="", started_at=NOW, seen_at=NOW)
    assert await found(ONE, other) == [
        Finding("processes", State.OK, f"{SINCE}, leads"),
        Finding("processes", State.OK, "port 8081, process 2, since 2026-11-21 15:00 (Vietnam)"),
    ]


async def test_where_none_runs() -> None:
    assert await found(leader=None) == [
        Finding("processes", State.OFF, "none is running: `python -m bot serve` starts one")
    ]


async def test_where_none_leads() -> None:
    mend = "Another takes over within ten seconds: ask again. If not, its log says why the store is not reached."
    nobody = Finding("processes", State.WARNING, "none does what is done once for all", mend)
    for leader in (None, "", "gone"):
        assert await found(ONE, leader=leader) == [Finding("processes", State.OK, SINCE), nobody]


async def test_who_is_silent_and_whose_clock_is_ahead() -> None:
    mend = "It has died, or its clock is behind ours. Its log says which; others take over what it did."
    (silent,) = await found(ONE, seconds=59)
    assert silent == Finding("processes", State.WARNING, f"{SINCE}, leads: last heard of 60 s ago", mend)
    mend = "Let both machines take their time from the same source (NTP)."
    (ahead,) = await found(ONE, seconds=-61)
    assert ahead == Finding("processes", State.WARNING, f"{SINCE}, leads: its clock is 60 s ahead of ours", mend)
