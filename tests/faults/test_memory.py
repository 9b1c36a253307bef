"""A hundred thousand messages through one process, and a million: its memory does not grow with them."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.flood import FastPlatform, Flood
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import SECRET, ZALO_BOT_TOKEN
from tests.log import lines_of

MESSAGES = 100_000
MANY_MESSAGES = 1_000_000
WARM_UP = 20_000
"""After so many each cache is full, and each person of the crowd has been here often."""
PEOPLE = 150
LIMIT = 20
"""Messages a minute, as shipped: who says more is told so once, and the rest of it is put away and closed. So a hundred
thousand fit into two minutes."""
MOST_MEGABYTES = 16
"""By how much it may be larger at the end than after warming up: 200 bytes a message would be as much."""
LEAST_ANSWERED = 0.02
"""Of what is said, however fast it goes."""
STEPS = 10
WORDS = ("1.900001", "dang ky khai sinh", "menu", "tách thửa đất", "1.900003", "xin chào", "2", "cấp lại giấy phép abc")
"""Codes, searches, what has a short answer, a choice that may have expired, and what is not found."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes in memory after warming up, then after each tenth of the rest."""

    warm: int
    later: tuple[int, ...]
    per_second: float
    answered: int

    @property
    def grown(self) -> float:
        """Megabytes."""
        return (self.later[-1] - self.warm) / 2**20

    def told(self) -> str:
        course = ", ".join(f"{(size - self.warm) / 2**20:+.1f}" for size in self.later)
        return (
            f"{self.warm / 2**20:.0f} MB after warming up, then by tenths {course} MB; "
            f"{self.per_second:.0f} messages/s; {self.answered:,} answered, the rest was too fast"
        )


@pytest.fixture
def fast_folder(tmp_path: Path) -> Iterator[Path]:
    """In memory, where there is such a place: it is not the disk that is tried."""
    shm = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
    with TemporaryDirectory(dir=shm if os.access(shm, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


@asynccontextmanager
async def flooded(nursery: Nursery, folder: Path) -> AsyncIterator[tuple[Assistant, Flood, FastPlatform]]:
    platform = FastPlatform()
    async with platform.running():
        settings = {
            "ZALO_BOT_TOKEN": ZALO_BOT_TOKEN,
            "ZALO_BOT_WEBHOOK_SECRET": SECRET,
            "ZALO_BOT_BASE": platform.url,
            "MAX_MESSAGES_PER_MINUTE": str(LIMIT),
        }
        assistant = Assistant(nursery, folder, settings, is_fast=True)
        assistant.start()
        await assistant.until_it_answers()
        with closing(sqlite3.connect(f"file:{folder}/mot-cua.sqlite?mode=ro", uri=True, timeout=5)) as database:

            def count() -> int:
                return int(database.execute("select count(*) from inbox where closed is null").fetchone()[0])

            yield assistant, Flood(assistant.url, SECRET, PEOPLE, WORDS, count), platform
        code, _ = await assistant.stop()
        assert code == 0, assistant.log()[-4000:]


async def sizes_over(messages: int, nursery: Nursery, folder: Path) -> Sizes:
    """AssertionError unless each of them is acknowledged and done with, without a fault."""
    clock = asyncio.get_running_loop().time
    async with flooded(nursery, folder) as (assistant, flood, platform):
        warm_up = min(WARM_UP, messages // 5)
        await flood.bring(warm_up)
        await flood.settle()
        warm, began, later = assistant.memory(), clock(), []
        for _ in range(STEPS):
            await flood.bring((messages - warm_up) // STEPS)
            await flood.settle()
            later.append(assistant.memory())
        per_second = (messages - warm_up) / (clock() - began)
        assert flood.statuses == {200: flood.said}
        assert platform.sent > flood.said * LEAST_ANSWERED
        answered = platform.sent
    assert [line for line in lines_of(assistant.log()) if line["level"] == "error"] == []
    return Sizes(warm, tuple(later), per_second, answered)


async def test_memory_is_flat(fast_folder: Path, nursery: Nursery, report: Report) -> None:
    sizes = await sizes_over(MESSAGES, nursery, fast_folder)
    assert sizes.grown <= MOST_MEGABYTES, sizes.told()
    report.add(
        f"{MESSAGES:,} messages through one process",
        "1",
        f"each is acknowledged and done with; at most {MOST_MEGABYTES} MB more than after the first {WARM_UP:,}",
        sizes.told(),
    )


@pytest.mark.long
async def test_memory_over_a_million(fast_folder: Path, nursery: Nursery, report: Report) -> None:
    """Reported; what it asserts is only that everything is done with."""
    messages = int(os.environ.get("FAULTS_MESSAGES") or MANY_MESSAGES)
    sizes = await sizes_over(messages, nursery, fast_folder)
    report.add(f"{messages:,} messages through one process", "1", "each is acknowledged and done with", sizes.told())
