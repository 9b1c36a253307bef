"""A process that is killed while it publishes leaves the old catalogue whole, or the new one: never neither."""

from __future__ import annotations

import random
import select
import subprocess
import sys
from pathlib import Path

import pytest

from bot.catalog.load import version_of
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.store.sqlite.store import SqliteStore

ROOT = Path(__file__).parents[2]


def publisher(path: Path, *steps: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.publisher", str(path), *steps], cwd=ROOT, stdout=subprocess.PIPE
    )


async def kept(path: Path) -> int:
    """How many there are, each whole and with its line in the log; the newest is in force."""
    store = await SqliteStore.open(path)
    try:
        publications = store.office.publications
        listed = await publications.listed()
        for one in listed:
            contents = await publications.contents(one.version)
            assert contents is not None
            assert (version_of(contents), len(contents)) == (one.version, 12)
        assert await publications.in_force(day_of(now())) == (listed[0] if listed else None)
        entries = await store.office.staff.entries(10_000)
        assert [entry.subject for entry in entries] == [f"publication:{one.number}" for one in listed]
        return len(listed)
    finally:
        await store.close()


async def test_killed_at_any_step_of_writing(tmp_path: Path) -> None:
    path, chance = tmp_path / "data.sqlite", random.Random(20261122)  # noqa: S311
    found, died = 0, 0
    for steps in [0, *chance.sample(range(1, 190), 9)]:
        process = publisher(path, str(steps))
        assert process.stdout is not None
        told = process.stdout.read(len(b"begun\ndone\n"))
        process.kill()
        process.stdout.close()
        process.wait()
        count = await kept(path)
        # What was told to be done is there; what was not is whole, or not there at all.
        done = told.count(b"done\n")
        assert count in range(found + done, found + told.count(b"begun\n") + 2)
        found, died = count, died + (done == 0)
    assert died >= 3


@pytest.mark.parametrize("seed", range(6))
async def test_killed_at_random_moments(tmp_path: Path, seed: int) -> None:
    path, chance = tmp_path / "data.sqlite", random.Random(seed)  # noqa: S311
    found = 0
    for _ in range(2):
        process = publisher(path)
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        # Until so many milliseconds have passed in which it says nothing, or something.
        select.select([process.stdout], [], [], chance.uniform(0, 0.06))
        process.kill()
        rest = process.stdout.read()
        process.stdout.close()
        process.wait()
        count = await kept(path)
        done = rest.count(b"done\n")
        assert count - found in range(done, done + 2)
        found = count
