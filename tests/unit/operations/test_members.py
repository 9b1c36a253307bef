"""One leads at a time, another takes over, and no clock that is set or stands still changes that."""

from __future__ import annotations

import asyncio
import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.operations.members import BEAT_SECONDS, GONE_SECONDS, LEAD_SECONDS, LEADER, Members, this_process
from bot.operations.release import release
from bot.store.memory import MemoryStore
from bot.store.memory_processes import MemoryProcesses
from bot.store.processes import Process, Roll
from tests.log import Log
from tests.unit import virtual_time
from tests.unit.store.samples import NOW


@dataclass(slots=True)
class Machine:
    """Seconds that have passed, and clocks that have been set by so much."""

    passed: float = 0.0
    set_by: dict[str, float] = field(default_factory=dict)


class Store(MemoryProcesses):
    """Cannot be reached while `is_away`."""

    is_away = False

    async def beat(self, process: Process) -> Roll:
        if self.is_away:
            raise StoreError("no route")
        return await super().beat(process)


def store() -> Store:
    return Store(MemoryStore()._inbox)


def member(processes: MemoryProcesses, name: str, machine: Machine) -> Members:
    def clock() -> datetime:
        return NOW + timedelta(seconds=machine.passed + machine.set_by.get(name, 0.0))

    me = Process(name, name, "0.1.0", NOW, NOW)
    return Members(processes, me, clock, lambda: machine.passed)


async def test_the_first_leads_and_the_second_follows() -> None:
    machine, processes = Machine(), store()
    one, two = (member(processes, name, machine) for name in ("one", "two"))
    assert (one.leads, one.may_lead) == (False, True)
    await one.beat()
    await two.beat()
    assert [(one.leads, one.may_lead, one.count), (two.leads, two.may_lead, two.count)] == [
        (True, True, 1),
        (False, False, 2),
    ]
    told: list[int] = []
    one.followers.append(told.append)
    await one.beat()
    await one.beat()
    assert told == [2]


async def test_who_leaves_hands_over_at_once() -> None:
    machine, processes = Machine(), store()
    one, two = (member(processes, name, machine) for name in ("one", "two"))
    for who in (one, two):
        await who.beat()
    await one.leave()
    await two.beat()
    assert (one.leads, two.leads, two.count) == (False, True, 1)


async def test_who_cannot_reach_the_store_leads_no_more_before_another_does() -> None:
    machine, processes = Machine(), store()
    one, two = (member(processes, name, machine) for name in ("one", "two"))
    led: list[tuple[float, bool, bool]] = []
    await one.beat()
    await two.beat()
    while machine.passed < 20 and not two.leads:
        machine.passed += 1
        if machine.passed % BEAT_SECONDS == 0:
            await two.beat()
        led.append((machine.passed, one.leads, two.leads))
    lost = next(at for at, by_one, _ in led if not by_one)
    assert (lost, led[-1]) == (LEAD_SECONDS, (GONE_SECONDS, False, True))
    # It may poll: it has heard of nobody else. As soon as it has, it knows better.
    assert one.may_lead
    await one.beat()
    assert (one.leads, one.may_lead, one.count) == (False, False, 2)


async def test_the_dead_are_struck_off(log: Log) -> None:
    machine, processes = Machine(), store()
    one, two = (member(processes, name, machine) for name in ("one", "two"))
    counts = []
    await two.beat()
    for _ in range(5):
        await one.beat()
        counts.append(one.count)
        machine.passed += BEAT_SECONDS
    assert counts == [2, 2, 2, 1, 1]
    assert [process.id for process in (await processes.roll()).processes] == ["one"]
    assert log.lines() == [{"level": "warning", "event": "process_gone", "process": "two", "label": "two"}]


@pytest.mark.parametrize("jump", [-86_400.0, -30.0, 30.0, 86_400.0])
async def test_a_clock_that_is_set_changes_nothing(jump: float) -> None:
    machine, processes = Machine(), store()
    one, two = (member(processes, name, machine) for name in ("one", "two"))
    for second in range(0, 40, int(BEAT_SECONDS)):
        machine.passed = float(second)
        machine.set_by = {"one": jump} if second % 8 < 4 else {"two": jump}
        for who in (one, two):
            await who.beat()
        assert (one.leads, two.leads, two.count) == (True, False, 2)


async def test_who_has_slept_strikes_nobody_off() -> None:
    machine, processes = Machine(), store()
    one, two = (member(processes, name, machine) for name in ("one", "two"))
    for who in (two, one):
        await who.beat()
    machine.passed += 3600
    await one.beat()
    assert (one.count, one.leads, two.leads) == (2, False, False)


async def simulated(data: st.DataObject) -> None:
    """Processes that beat, stand still for a while and die, in any order: never two lead, and soon one."""
    machine, processes = Machine(), store()
    alive = {name: member(processes, name, machine) for name in "abc"}
    resting = dict.fromkeys(alive, 0.0)
    for _ in range(data.draw(st.integers(20, 60))):
        machine.passed += data.draw(st.sampled_from([0.5, 1.0, 2.0]))
        for name, who in list(alive.items()):
            machine.set_by[name] = data.draw(st.sampled_from([0.0, 3600.0, -3600.0]))
            match data.draw(st.sampled_from(["beats"] * 8 + ["rests", "dies"])):
                case "dies" if len(alive) > 1:
                    del alive[name]
                case "rests":
                    resting[name] = machine.passed + data.draw(st.floats(0, 15))
                case _ if machine.passed >= resting[name]:
                    await who.beat()
        leading = [name for name, who in alive.items() if who.leads]
        assert len(leading) <= 1
    # Once all beat again, somebody leads.
    ended = machine.passed
    while not any(who.leads for who in alive.values()):
        assert machine.passed - ended <= 2 * BEAT_SECONDS + GONE_SECONDS
        machine.passed += BEAT_SECONDS
        for who in alive.values():
            await who.beat()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_happens_there_are_never_two_and_soon_one(data: st.DataObject) -> None:
    asyncio.run(simulated(data))


def test_a_job_runs_on_whoever_leads_and_goes_on_there() -> None:
    async def main() -> tuple[list[str], list[float]]:
        processes, done = store(), []
        at: list[float] = []

        async def job(name: str) -> None:
            while True:
                done.append(name)
                at.append(virtual_time.now())
                await asyncio.sleep(1)

        members = [
            Members(processes, Process(name, name, "", NOW, NOW), lambda: datetime.now(UTC)) for name in ("one", "two")
        ]
        for who in members:
            await who.beat()
        beating = [asyncio.create_task(who.keep_beating()) for who in members]
        working = [asyncio.create_task(who.while_leading(lambda name=who.me.id: job(name))) for who in members]  # type: ignore[misc]
        await asyncio.sleep(5.5)
        # The first is killed: it beats no more.
        beating[0].cancel()
        await asyncio.sleep(14)
        for task in (*beating, *working):
            task.cancel()
        await asyncio.gather(*beating, *working, return_exceptions=True)
        return done, at

    done, at = virtual_time.run(main())
    first = done.count("one")
    assert done == ["one"] * first + ["two"] * (len(done) - first)
    handed_over = at[first] - 4.0
    assert LEAD_SECONDS < handed_over <= GONE_SECONDS + 2 * BEAT_SECONDS
    assert len(done) - first >= 5


def test_a_job_that_ends_is_done_and_one_that_breaks_is_told() -> None:
    async def main() -> tuple[BaseException | None, BaseException | None]:
        one = Members(store(), Process("one", "one", "", NOW, NOW), lambda: NOW)
        await one.beat()

        async def ends() -> None:
            await asyncio.sleep(0)

        async def breaks() -> None:
            raise ValueError("broken")

        return await asyncio.gather(one.while_leading(ends), one.while_leading(breaks), return_exceptions=True)

    ended, broken = virtual_time.run(main())
    assert ended is None
    assert isinstance(broken, ValueError)


def test_what_does_little_harm_goes_on_while_the_store_is_away(log: Log) -> None:
    async def main() -> tuple[bool, int, int]:
        processes, asked, done = store(), 0, 0

        async def ask() -> None:
            nonlocal asked
            while True:
                asked += 1
                await asyncio.sleep(1)

        async def do() -> None:
            nonlocal done
            while True:
                done += 1
                await asyncio.sleep(1)

        processes.is_away = True
        one = Members(processes, Process("one", "one", "", NOW, NOW), lambda: NOW)
        tasks = [
            asyncio.create_task(running)
            for running in (one.keep_beating(), one.while_leading(do), one.while_no_other_leads(ask))
        ]
        await asyncio.sleep(10.25)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return one.leads, asked, done

    assert virtual_time.run(main()) == (False, 11, 0)
    hint = "the others do not hear of this process"
    assert log.lines() == [{"level": "error", "event": "process_not_seen", "error": "no route", "hint": hint}]


def test_a_process_says_which_it_is_and_not_where() -> None:
    one, other = this_process(8080, NOW), this_process(8080, NOW)
    assert one.id != other.id
    assert (one.label, one.version, one.started_at) == (
        f"{platform.node()}, port 8080, process {os.getpid()}",
        "0.1.0",
        NOW,
    )
    assert release() == "0.1.0"
    assert LEADER == "leader"
