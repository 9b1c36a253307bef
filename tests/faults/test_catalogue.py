"""What is published is damaged, and the folder that is shipped: the newest that can be read is served."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date

import aiohttp

from bot.catalog.load import version_of
from bot.store.sqlite.store import SqliteStore
from tests.faults.process import SMALL_CATALOGUE, Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town
from tests.log import told_once
from tests.unit.operations.publishing.samples import ACT, SHIPPED, changed, publication, renamed

MOST_SECONDS_TO_SERVE = 15.0
"""A publication is built in a process of its own before it is taken up."""
SINCE = date(2026, 1, 1)
GOOD = renamed("Tách thửa đất")
DAMAGED = changed(SHIPPED, "labels.csv", "1.900001", "9.999999")
BROKEN = "publication 2 is in force and cannot be served, publication 1 is served instead: "
ADVICE = "`python -m bot catalog rollback 1 --reason …` puts publication 1 in force"
CANNOT = "The catalogue cannot be served."


async def publish(town: Town, contents: Mapping[str, bytes], after: int) -> None:
    store = await SqliteStore.open(town.data / "mot-cua.sqlite")
    await store.office.publications.publish(publication(contents, SINCE), contents, after, ACT)
    await store.close()


async def served(assistant: Assistant) -> str:
    """The version of the catalogue."""
    async with aiohttp.ClientSession() as client, client.get(f"{assistant.url}/healthz") as response:
        return str((await response.json())["catalogue"]["version"])


async def until_served(assistant: Assistant, contents: Mapping[str, bytes]) -> None:
    async with asyncio.timeout(MOST_SECONDS_TO_SERVE):
        while await served(assistant) != version_of(contents):
            await asyncio.sleep(0.02)


async def until_logged(assistant: Assistant, what: str) -> None:
    async with asyncio.timeout(MOST_SECONDS_TO_SERVE):
        while what not in assistant.log():
            await asyncio.sleep(0.02)


async def test_damaged_catalogues(town: Town, nursery: Nursery, report: Report) -> None:
    shipped = town.data / "shipped"
    shutil.copytree(SMALL_CATALOGUE, shipped)
    assistant = Assistant(nursery, town.data, town.settings | {"CATALOG_DIR": str(shipped)})
    assistant.start()
    await assistant.until_it_answers()
    await publish(town, GOOD, 0)
    await until_served(assistant, GOOD)
    await publish(town, DAMAGED, 1)
    await until_logged(assistant, BROKEN)
    assert await served(assistant) == version_of(GOOD), "a damaged one has changed what is served"
    await assistant.kill()
    (shipped / "procedures.csv").write_bytes(b"\xff\x00 damaged")
    first_life = assistant.log()
    assistant.start()
    await assistant.until_it_answers()
    assert await served(assistant) == version_of(GOOD)
    code, told = await assistant.run("doctor")
    assert (code, f"BROKEN  catalogue  {BROKEN}" in told, ADVICE in told) == (1, True, True), told
    assert (await assistant.stop())[0] == 0
    second_life = assistant.log()[len(first_life) :]
    lives = [told_once(one) for one in (first_life, second_life)]
    assert [(one.count(BROKEN), one.count(ADVICE)) for one in lives] == [(1, 1), (1, 1)]
    with closing(sqlite3.connect(town.data / "mot-cua.sqlite")) as database, database:
        database.execute("update publication_blobs set deflated = x'00'")
    assistant.start()
    code, seconds = await assistant.until_it_ends()
    assert (code, CANNOT in assistant.log()) == (2, True)
    shutil.copytree(SMALL_CATALOGUE, shipped, dirs_exist_ok=True)
    assistant.start()
    await assistant.until_it_answers()
    assert await served(assistant) == version_of(SHIPPED)
    assert (await assistant.stop())[0] == 0
    report.add(
        "catalogue damaged: the one in force, the folder, all of them",
        "1 each",
        "while running nothing changes; a start serves the one before it, damaged folder or not; the log once, and "
        "doctor, name `rollback`; with nothing to read it leaves with code 2 and a sentence; mended, it starts",
        f"as asserted; with nothing to read it had left after {seconds:.1f} s",
    )
