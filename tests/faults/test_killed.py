"""kill -9 at random moments under load: nothing acknowledged is lost, nothing comes twice, nothing out of turn."""

from __future__ import annotations

import asyncio
import random

from tests.faults.crowd import Crowd, total
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town

KILLS = 200
LONGEST_LIFE_SECONDS = 0.6
"""It answers after a tenth of it: some are killed before."""
LOADS = {"telegram": 20.0, "zalo_oa": 20.0, "zalo_bot": 3.0}
"""Updates a second."""
SECONDS_OF_A_CALL = 0.02
"""What a platform takes to answer a call, so that some are under way at any moment."""


async def test_killed_at_random_moments(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    assistant = Assistant(nursery, town.data, town.settings)
    crowd = Crowd(town, [assistant.url], f"sqlite:///{town.data}/mot-cua.sqlite", seed)
    for fake in (town.telegram, town.zalo_oa, town.zalo_bot):
        fake.slow(SECONDS_OF_A_CALL)
    assistant.start()
    await assistant.until_it_answers()
    await crowd.rehearse()
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for name, per_second in LOADS.items():
            group.create_task(crowd.channels[name].talk(per_second, stop))
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE_SECONDS))
            await assistant.kill()
            assistant.start()
        stop.set()
    seconds = await crowd.settle()
    await assistant.stop()
    figures = crowd.figures(assistant.log())
    for name, one in figures.items():
        assert one.holds, (name, one)
        assert one.accepted == one.updates, (name, one)
        assert one.strange == 0, (name, one)
    all_of_them = list(figures.values())
    report.add(
        "process killed (kill -9), SQLite",
        str(KILLS),
        "nothing acknowledged is lost or answered twice, order of each person kept",
        f"acknowledged {total(all_of_them, 'accepted'):,}, lost {total(all_of_them, 'lost')} of "
        f"{total(all_of_them, 'uncertain')} not sent again because they may have arrived, "
        f"twice {total(all_of_them, 'doubled')}, out of order {total(all_of_them, 'out_of_order')}; "
        f"all done {seconds:.1f} s after the last kill",
    )
