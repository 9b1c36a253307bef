"""Two releases on one store: the next one begins, makes its step, and the old one is stopped, while people write."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest

from bot.store.opening import file_of
from tests.faults.crowd import crowd_at, kept, log_of, talking
from tests.faults.next_release import VERSION
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town
from tests.integration.several import SECRET_KEY, rows

SECONDS_ALONE = 2.0
SECONDS_TOGETHER = 5.0
LOADS = {"telegram": 10.0, "zalo_oa": 10.0, "zalo_bot": 2.0}
_RELEASES = "select distinct version from processes order by version"
_STEPS = "select count(*) from wishes"
"""A table of the next release's."""


@pytest.mark.parametrize("engine", ["SQLite", "PostgreSQL"])
async def test_two_releases_serve_together(
    town: Town, nursery: Nursery, report: Report, seed: int, request: pytest.FixtureRequest, engine: str
) -> None:
    database = f"sqlite:///{town.data}/mot-cua.sqlite"
    if engine == "PostgreSQL":
        database = request.getfixturevalue("postgres_address")
    settings = town.settings | {"DATABASE_URL": database, "SECRET_KEY": SECRET_KEY}
    old, new = Assistant(nursery, town.data, settings), Assistant(nursery, town.data, settings, is_next=True)
    async with crowd_at(town, [old], seed, database) as crowd:
        async with talking(crowd, LOADS):
            await asyncio.sleep(SECONDS_ALONE)
            (step,) = json.loads((await new.operate("migrate", "--plan", "--json"))[1])["steps"]
            assert (step["is_safe"], step["about"]) == (True, "What the next version adds.")
            with pytest.raises(Exception, match="wishes"):
                found(database, _STEPS)
            new.start()
            await new.until_it_answers()
            crowd.urls = [old.url, new.url]
            await asyncio.sleep(SECONDS_TOGETHER)
            assert found(database, _STEPS) == [(0,)]
            releases = [one for (one,) in found(database, _RELEASES)]
            assert len(releases) == 2
            assert VERSION in releases
            # A balancer sends nothing more to who is about to go.
            crowd.urls = [new.url]
            code, seconds = await old.stop()
            assert code == 0, old.log()[-4000:]
            await asyncio.sleep(SECONDS_ALONE)
        await crowd.settle()
        said = kept(crowd.figures(log_of([old, new])))
        plan = json.loads((await new.operate("migrate", "--plan", "--json"))[1])
        assert (plan["steps"], plan["newer"]) == ([], [])
        assert (await new.stop())[0] == 0
    assert "Traceback" not in log_of([old, new])
    report.add(
        f"two releases on one store, {engine}",
        "1",
        "`migrate --plan` shows the step, both serve, the old one ends with 0: none lost, twice, out of order",
        f"{said}; {SECONDS_TOGETHER:.0f} s together, the old one ended after {seconds:.2f} s",
    )


def found(database: str, query: str) -> list[tuple[object, ...]]:
    file = file_of(database)
    if file is None:
        return rows(database, query)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as connection:
        return connection.execute(query).fetchall()
