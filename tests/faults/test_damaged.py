"""A page of the store's file is damaged: found, not written to any more, answered from memory, restored."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults.crowd import Crowd, crowd_at, kept, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town
from tests.log import told_once

SECONDS_OF_PEACE = 1.5
SECONDS_OF_FAULT = 2.0
MOST_SECONDS_TO_FIND = 5.0
MOST_SECONDS_TO_ANSWER = 10.0
ADVICE = "python -m bot restore FILE --replace"


def damage(file: Path) -> None:
    """The page that the inbox begins with is something else, once nothing of it is in the log beside the file."""
    with closing(sqlite3.connect(file, timeout=5)) as database:
        (is_busy, _, _) = database.execute("pragma wal_checkpoint(truncate)").fetchone()
        assert not is_busy
        (page,) = database.execute("select rootpage from sqlite_master where name = 'inbox'").fetchone()
        (size,) = database.execute("pragma page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\x5a" * size)


def prints(file: Path) -> list[str]:
    """Of the file and its log."""
    return [hashlib.sha256(one.read_bytes()).hexdigest() for one in (file, file.with_name(f"{file.name}-wal"))]


async def answered(crowd: Crowd, seconds: float) -> None:
    """People talk for so long, and all are answered."""
    async with talking(crowd):
        await asyncio.sleep(seconds)
    await crowd.until(lambda: all(one.acked_at for all_ in crowd.channels.values() for one in all_.run.said), 5.0)
    await crowd.until(lambda: crowd.missing() == 0, MOST_SECONDS_TO_ANSWER)


async def test_a_damaged_page(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    assistant = Assistant(nursery, town.data, town.settings)
    file, clock = town.data / "mot-cua.sqlite", asyncio.get_running_loop().time
    async with crowd_at(town, [assistant], seed) as crowd:
        await answered(crowd, SECONDS_OF_PEACE)
        await crowd.settle()
        code, told = await assistant.run("backup", "before.mcb")
        assert code == 0, told
        before_damage = crowd.put_away()
        damage(file)
        began = clock()
        async with talking(crowd):
            await crowd.until(lambda: "store_damaged" in assistant.log(), MOST_SECONDS_TO_FIND)
            found = clock() - began
        damaged = prints(file)
        await answered(crowd, SECONDS_OF_FAULT)
        assert prints(file) == damaged, "it was written to"
        code, told = await assistant.run("doctor")
        assert (code, "BROKEN  store" in told, ADVICE in told) == (1, True, True), told
        first_life = assistant.log()
        await assistant.kill()
        assistant.start()
        await assistant.until_it_answers()
        await answered(crowd, SECONDS_OF_FAULT)
        await assistant.stop()
        assert prints(file) == damaged, "a restart wrote to it"
        second_life = assistant.log()[len(first_life) :]
        assert [one.count('"store_damaged"') for one in map(told_once, (first_life, second_life))] == [1, 1]
        assert all(ADVICE in one for one in (first_life, second_life))
        code, told = await assistant.run("restore", "before.mcb", "--replace")
        assert code == 0, told
        assistant.start()
        await assistant.until_it_answers()
        assert crowd.put_away() == before_damage
        await answered(crowd, SECONDS_OF_PEACE)
        await crowd.settle()
        assert crowd.put_away() > before_damage
        code, told = await assistant.run("doctor")
        assert "ok      store      the database is whole" in told, told
    report.add(
        "a page of the file damaged, SQLite",
        "1",
        "people are answered from memory, also after kill -9 and a restart; the file and its log stay byte for byte; "
        "the log once, and doctor, name `restore`; after it the file is served again",
        f"{kept(crowd.figures(assistant.log()))}; found after {found:.1f} s",
    )
