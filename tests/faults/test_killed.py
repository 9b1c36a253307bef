"""kill -9 and SIGTERM at random moments under load: nothing acknowledged is lost, twice or out of turn."""

from __future__ import annotations

import asyncio
import random

from tests.faults.crowd import crowd_at, kept, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town

KILLS = 200
STOPS = 50
LONGEST_LIFE_SECONDS = 0.6
"""It answers after a tenth of it: some are killed before."""
MOST_SECONDS_TO_STOP = 10.0


async def test_killed_at_random_moments(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    assistant = Assistant(nursery, town.data, town.settings)
    async with crowd_at(town, [assistant], seed) as crowd:
        async with talking(crowd):
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE_SECONDS))
                await assistant.kill()
                assistant.start()
        seconds = await crowd.settle()
    report.add(
        "process killed (kill -9), SQLite",
        str(KILLS),
        "what was acknowledged is answered once, in each person's order",
        f"{kept(crowd.figures(assistant.log()))}; all answered {seconds:.1f} s after the last kill",
    )


async def test_stopped_at_random_moments(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    assistant = Assistant(nursery, town.data, town.settings)
    longest = 0.0
    async with crowd_at(town, [assistant], seed) as crowd:
        async with talking(crowd):
            for _ in range(STOPS):
                await assistant.until_it_answers()
                await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE_SECONDS))
                code, seconds = await assistant.stop()
                assert code == 0, assistant.log()[-4000:]
                longest = max(longest, seconds)
                assistant.start()
        await crowd.settle()
    figures = crowd.figures(assistant.log())
    said = kept(figures)
    # What is in hand is finished: nobody has to wonder what arrived.
    assert "send_uncertain" not in assistant.log()
    assert all(one.lost == 0 for one in figures.values()), figures
    assert longest <= MOST_SECONDS_TO_STOP
    report.add(
        "process stopped (SIGTERM)",
        str(STOPS),
        f"exit code 0 within {MOST_SECONDS_TO_STOP:.0f} s, what is in hand is finished, none lost, twice, out of order",
        f"{said}; the slowest stop took {longest:.2f} s",
    )
