"""The disk is full for a while: people are answered from memory, and it is written to again by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import pytest

from tests.faults.crowd import Crowd, crowd_at, kept, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town

SECONDS_OF_PEACE = 2.0
SECONDS_OF_FAULT = 5.0
MOST_SECONDS_TO_RECOVER = 15.0
LOADS = {"telegram": 10.0, "zalo_oa": 10.0, "zalo_bot": 2.0}
MOST_OVERTAKEN = 10
"""What was on the disk and not answered when it filled up waits for it, and what the same person says then does not."""
SPARE_BYTES = 200_000
"""For the log of the process, which stays far below it, and less than the file of SQLite and its log have."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """`forgotten`: what becomes of who wants to be."""

    said: str
    forgotten: str
    begin: Callable[[Assistant], None]
    end: Callable[[Assistant], None]


# What is only deleted needs no room in the file.
PAGES = Shortage("max_page_count", "erased", lambda one: one.set_most_pages(1), lambda one: one.set_most_pages(0))
FILE_SIZE = Shortage(
    "RLIMIT_FSIZE",
    "failed",
    lambda one: one.set_largest_file(one.log_file.stat().st_size + SPARE_BYTES),
    lambda one: one.set_largest_file(),
)


async def said_to(client: aiohttp.ClientSession, assistant: Assistant, **body: str) -> str:
    """The status of the answer in the web chat."""
    async with client.post(f"{assistant.url}/api/chat", json=body) as response:
        assert response.status == 200
        answer = await response.json()
        assert answer["text"]
        return str(answer["status"])


@pytest.mark.parametrize("shortage", [PAGES, FILE_SIZE], ids=["pages", "size"])
async def test_the_disk_is_full(town: Town, nursery: Nursery, report: Report, seed: int, shortage: Shortage) -> None:
    assistant = Assistant(nursery, town.data, town.settings)
    clock = asyncio.get_running_loop().time
    async with crowd_at(town, [assistant], seed) as crowd, aiohttp.ClientSession() as client:
        async with talking(crowd, LOADS):
            assert await said_to(client, assistant, text="1.900001") == "answered"
            await asyncio.sleep(SECONDS_OF_PEACE)
            shortage.begin(assistant)
            await crowd.until(lambda: "store_write_failed" in assistant.log(), SECONDS_OF_FAULT)
            await asyncio.sleep(SECONDS_OF_FAULT)
            meanwhile = [
                await said_to(client, assistant, **body) for body in ({"text": "1.900003"}, {"choice": "me:erased"})
            ]
            sent = len(town.zalo_oa.sent)
            await crowd.until(lambda: len(town.zalo_oa.sent) > sent, 2.0)
            shortage.end(assistant)
            began = clock()
            await written(crowd)
            seconds = clock() - began
        assert await said_to(client, assistant, choice="me:erased") == "erased"
        await crowd.settle()
    said = kept(crowd.figures(assistant.log()), out_of_order=MOST_OVERTAKEN)
    # What is asked is answered; nobody is told that all is gone when it is not.
    assert meanwhile == ["answered", shortage.forgotten]
    assert assistant.starts == 1
    report.add(
        f"disk full ({shortage.said}) for {SECONDS_OF_FAULT:.0f} s",
        "1",
        "questions are answered; who wants to be forgotten is, or is told to try again; all that was acknowledged is "
        f"answered once, at most {MOST_OVERTAKEN} before what they said before; written to again within "
        f"{MOST_SECONDS_TO_RECOVER:.0f} s, without a restart",
        f"{said}; written to again after {seconds:.1f} s",
    )


async def written(crowd: Crowd) -> None:
    """Until something new is in the inbox of the file."""
    before = crowd.put_away()
    await crowd.until(lambda: crowd.put_away() > before, MOST_SECONDS_TO_RECOVER)
