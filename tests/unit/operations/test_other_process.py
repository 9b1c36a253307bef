"""A process beside this one: everybody else goes first, and it does not stay for nothing."""

from __future__ import annotations

import asyncio
import os

import pytest

from bot.operations.other_process import OtherProcess, ProcessClosed


async def test_everybody_else_goes_first() -> None:
    process = OtherProcess(60)
    assert await process.run(os.nice, 0) == min(os.nice(0) + 5, 19)
    await process.close()


async def test_it_stays_for_the_next_work() -> None:
    process = OtherProcess(60, idle_seconds=600)
    assert await process.run(os.getpid) == await process.run(os.getpid)
    await process.close()


async def test_it_ends_when_there_is_none() -> None:
    process = OtherProcess(60, idle_seconds=0)
    first = await process.run(os.getpid)
    while process._pool is not None:
        await asyncio.sleep(0)
    assert await process.run(os.getpid) != first
    await process.close()


async def test_once_closed_it_takes_no_work() -> None:
    process = OtherProcess(60)
    await process.close()
    with pytest.raises(ProcessClosed):
        await process.run(os.getpid)
