"""The clock of the machine jumps by hours, forward and back, while two processes answer."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

from tests.faults.crowd import Crowd, crowd_at, kept, log_of, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town

PROCESSES = 2
HOURS = (3, -5, 0, 22, -22, 0)
"""How far the clock is off, one after the other. Within a day: what somebody wrote a day ago is answered no more."""
SECONDS_BETWEEN = 1.5
LOADS = {"telegram": 20.0, "zalo_oa": 20.0, "zalo_bot": 3.0}
MOST_SECONDS_WITHOUT_LEADER = 8.0


def leader_of(town: Town) -> tuple[str, int]:
    """Who leads, and how often it has said so."""
    with closing(sqlite3.connect(f"file:{town.data}/mot-cua.sqlite?mode=ro", uri=True, timeout=5)) as database:
        holder, renewals = database.execute("select holder, renewals from leases where name = 'leader'").fetchone()
        return str(holder), int(renewals)


async def led_on(crowd: Crowd, town: Town) -> str:
    """Who leads; AssertionError unless it says so again."""
    holder, before = leader_of(town)
    assert holder
    await crowd.until(lambda: leader_of(town)[1] > before, MOST_SECONDS_WITHOUT_LEADER)
    return leader_of(town)[0]


async def test_the_clock_jumps(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    assistants = [Assistant(nursery, town.data, town.settings) for _ in range(PROCESSES)]
    async with crowd_at(town, assistants, seed) as crowd:
        before = await led_on(crowd, town)
        async with talking(crowd, LOADS):
            for hours in HOURS:
                await asyncio.sleep(SECONDS_BETWEEN)
                assistants[0].set_clock(hours * 3600.0)
            await asyncio.sleep(SECONDS_BETWEEN)
        seconds = await crowd.settle()
        leaders = {before, await led_on(crowd, town)}
    log = log_of(assistants)
    said = kept(crowd.figures(log))
    assert "send_uncertain" not in log
    assert len(leaders) == 1, "another one leads, though nobody was away"
    assert "process_gone" not in log
    report.add(
        f"clock jumps by hours, {PROCESSES} processes",
        str(len(HOURS)),
        "what was acknowledged is answered once, in each person's order; who leads goes on leading",
        f"{said}; hours off: {', '.join(f'{one:+d}' for one in HOURS)}; answered {seconds:.1f} s after the last word",
    )
