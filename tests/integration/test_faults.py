"""Two faults of `make faults`, short: that what they are tried with works."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import crowd_at, kept, talking, total
from tests.faults.process import Assistant, Nursery, open_nursery
from tests.integration.channels.town import Town, open_town

SEED = 20261122
LOADS = {"telegram": 10.0, "zalo_oa": 10.0}
KILLS = 2
SECONDS_TO_STOP = 10.0


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with open_nursery() as opened:
        yield opened


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path, MAX_MESSAGES_PER_MINUTE="0") as opened:
        yield opened


async def test_killed_while_people_write(town: Town, nursery: Nursery) -> None:
    assistant = Assistant(nursery, town.data, town.settings)
    async with crowd_at(town, [assistant], SEED) as crowd:
        async with talking(crowd, LOADS):
            for _ in range(KILLS):
                await assistant.until_it_answers()
                await asyncio.sleep(0.3)
                await assistant.kill()
                assistant.start()
        await crowd.settle()
    assert assistant.starts == KILLS + 1
    kept(crowd.figures(assistant.log()))


async def test_stopped_while_people_write(town: Town, nursery: Nursery) -> None:
    assistant = Assistant(nursery, town.data, town.settings)
    async with crowd_at(town, [assistant], SEED) as crowd:
        async with talking(crowd, LOADS):
            await asyncio.sleep(0.5)
            code, seconds = await assistant.stop()
            assistant.start()
        await crowd.settle()
    assert (code, seconds < SECONDS_TO_STOP) == (0, True)
    figures = crowd.figures(assistant.log())
    kept(figures)
    assert total(figures.values(), "lost") == 0
