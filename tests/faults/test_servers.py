"""Three processes on one PostgreSQL server: any of them is killed, then the server itself."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.crowd import Crowd, crowd_at, kept, log_of, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town
from tests.postgres import Server, running_server

PROCESSES = 3
KILLS = 200
LONGEST_PAUSE_SECONDS = 0.6
LOADS = {"telegram": 6.0, "zalo_oa": 6.0, "zalo_bot": 2.0}
"""Updates a second. What a killed process had in hand waits ten seconds for its lease: so much is always behind."""
RESTARTS = 3
CRASHES = 3
SECONDS_AWAY = 2.0
SECONDS_BETWEEN = 3.0
MOST_TWICE = 2
"""An outage. Whoever sent something while the server went away closes it as soon as it is back. Only what was put away
by a commit that nobody was told of any more is answered from memory, and once more (docs/decisions/0007-inbox.md)."""
MOST_OUT_OF_ORDER = 10
"""An outage. What waits on the server cannot be read: what a person writes meanwhile is answered before it."""
MOST_SECONDS_TO_RECOVER = 15.0


@pytest.fixture(scope="module")
def careful() -> Iterator[Server]:
    """Each commit reaches the disk: what it has promised is there after a crash."""
    with running_server(is_fast=False) as server:
        yield server


@pytest.fixture
def database(careful: Server) -> Iterator[str]:
    address = careful.new_database(has_tables=True)
    yield address
    careful.drop(address)


def processes(town: Town, nursery: Nursery, database: str) -> list[Assistant]:
    settings = town.settings | {"DATABASE_URL": database, "SECRET_KEY": "a-key-that-all-processes-share-here"}
    return [Assistant(nursery, town.data, settings) for _ in range(PROCESSES)]


async def test_any_of_several_is_killed(town: Town, nursery: Nursery, report: Report, seed: int, database: str) -> None:
    chance = random.Random(seed)  # noqa: S311
    assistants = processes(town, nursery, database)
    async with crowd_at(town, assistants, seed, database) as crowd:
        async with talking(crowd, LOADS):
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.0, LONGEST_PAUSE_SECONDS))
                one = chance.choice(assistants)
                await one.kill()
                one.start()
        seconds = await crowd.settle()
    report.add(
        f"one of {PROCESSES} processes killed (kill -9), PostgreSQL",
        str(KILLS),
        "what was acknowledged is answered once, in each person's order",
        f"{kept(crowd.figures(log_of(assistants)))}; all answered {seconds:.1f} s after the last kill",
    )


@pytest.mark.parametrize(("mode", "times"), [("fast", RESTARTS), ("immediate", CRASHES)], ids=["restarted", "crashed"])
async def test_the_server_goes_away(
    town: Town, nursery: Nursery, report: Report, seed: int, careful: Server, database: str, mode: str, times: int
) -> None:
    assistants = processes(town, nursery, database)
    recoveries: list[float] = []
    async with crowd_at(town, assistants, seed, database) as crowd:
        async with talking(crowd, LOADS):
            for _ in range(times):
                await asyncio.sleep(SECONDS_BETWEEN)
                await asyncio.to_thread(careful.halt, mode)
                await asyncio.sleep(SECONDS_AWAY)
                assert await is_answered(crowd, town), f"nobody is answered meanwhile:\n{log_of(assistants)[-4000:]}"
                await asyncio.to_thread(careful.start)
                recoveries.append(await seconds_until_kept(crowd, database))
        await crowd.settle()
    figures = crowd.figures(log_of(assistants))
    report.add(
        "PostgreSQL restarted under load" if mode == "fast" else "PostgreSQL crashed (-m immediate) under load",
        str(times),
        f"people are answered meanwhile; written to again within {MOST_SECONDS_TO_RECOVER:.0f} s, without a restart; "
        f"an outage costs at most {MOST_TWICE} twice, {MOST_OUT_OF_ORDER} out of order",
        f"{kept(figures, MOST_TWICE * times, MOST_OUT_OF_ORDER * times)}; written to again after "
        f"{', '.join(f'{one:.1f}' for one in recoveries)} s",
    )


async def is_answered(crowd: Crowd, town: Town) -> bool:
    before = len(town.zalo_oa.sent)
    try:
        await crowd.until(lambda: len(town.zalo_oa.sent) > before, 5.0)
    except TimeoutError:
        return False
    return True


async def seconds_until_kept(crowd: Crowd, database: str) -> float:
    """After how many seconds something new is in the inbox of the server."""
    clock = time.monotonic
    began = clock()
    with psycopg.connect(database, autocommit=True) as server:
        query = "select coalesce(max(id), 0) from inbox"
        first = server.execute(query).fetchone()
        while server.execute(query).fetchone() == first:
            assert clock() < began + MOST_SECONDS_TO_RECOVER, "nothing is written to the server any more"
            await asyncio.sleep(0.02)
    return clock() - began
