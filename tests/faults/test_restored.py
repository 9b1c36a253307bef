"""The drill: a backup under load, the machine is gone, the backup is put back somewhere else, and it serves again."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, crowd_at, kept, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.faults.test_upgrade import found
from tests.integration.channels.town import Town
from tests.integration.several import SECRET_KEY

LOADS = {"telegram": 20.0, "zalo_oa": 20.0, "zalo_bot": 3.0}
SECONDS_BEFORE = 4.0
SECONDS_AFTER = 1.5
MOST_SECONDS = 60.0
"""From the kill until the first answer; a bound, for a store as small as this one."""
_KEYS = "select channel, count(*) from inbox group by channel"
_ANSWERED = "select count(*) from events"


@pytest.mark.parametrize("onto", ["SQLite", "PostgreSQL"])
async def test_a_restore_drill(
    town: Town, nursery: Nursery, report: Report, seed: int, request: pytest.FixtureRequest, onto: str
) -> None:
    clock = asyncio.get_running_loop().time
    settings = town.settings | {"SECRET_KEY": SECRET_KEY}
    first = Assistant(nursery, town.data, settings)
    file = town.data / "backup.sqlite"
    async with crowd_at(town, [first], seed) as crowd:
        async with talking(crowd, LOADS):
            await asyncio.sleep(SECONDS_BEFORE)
            acknowledged = accepted(crowd)
            answered = sum(len(channel.platform.since(0)) for channel in crowd.channels.values())
            backing_up, said = await first.timed("backup", str(file), "--json")
            assert json.loads(said)["bytes"] == file.stat().st_size
            await asyncio.sleep(SECONDS_AFTER)
            await first.kill()
        died = clock()
        await stop_bringing(crowd)
    # Of the first machine nothing is left but the backup, the secret key and the settings.
    for name in ("mot-cua.sqlite", "mot-cua.sqlite-wal", "mot-cua.sqlite-shm"):
        (town.data / name).unlink(missing_ok=True)
    database, folder = f"sqlite:///{town.data}/new/mot-cua.sqlite", Path(town.data / "new")
    folder.mkdir()
    if onto == "PostgreSQL":
        database = request.getfixturevalue("postgres_address")
    second = Assistant(nursery, folder, settings | {"DATABASE_URL": database})
    restoring, said = await second.timed("restore", str(file), "--json")
    kept_rows = json.loads(said)["backup"]
    # What was acknowledged before the backup began is there, and what was answered was counted.
    there = {str(name): int(str(count)) for name, count in found(database, _KEYS)}
    assert {name: count for name, count in acknowledged.items() if there.get(name, 0) < count} == {}
    ((events,),) = found(database, _ANSWERED)
    assert int(str(events)) >= answered
    async with crowd_at(town, [second], seed + 1, database) as crowd:
        # Nobody who wrote before writes again: what comes now is of other people.
        for channel in crowd.channels.values():
            channel.next_person += 1_000_000
        seconds = clock() - died
        async with talking(crowd, LOADS):
            await asyncio.sleep(1.0)
        await crowd.settle()
        again = kept(crowd.figures(second.log()))
    assert seconds <= MOST_SECONDS
    report.add(
        f"restore drill, from SQLite to {onto}",
        "1",
        "what was acknowledged before the backup is there; it serves again as before",
        f"backup under load {backing_up:.1f} s, restore {restoring:.1f} s ({kept_rows['rows']:,} rows), answering "
        f"{seconds:.1f} s after the kill; there: {sum(acknowledged.values()):,} of {sum(acknowledged.values()):,}; "
        f"afterwards {again}",
    )


def accepted(crowd: Crowd) -> dict[str, int]:
    """How many were acknowledged, by channel."""
    return {name: channel.accepted() for name, channel in crowd.channels.items()}


async def stop_bringing(crowd: Crowd) -> None:
    for channel in crowd.channels.values():
        await channel.run.give_up()
