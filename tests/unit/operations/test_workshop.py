"""Built in another process, and in a thread where that dies, takes too long, or cannot be reached."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.errors import CatalogueError, Problem
from bot.operations.other_process import ProcessClosed
from bot.operations.workshop import Workshop
from tests.log import Log

PROBLEMS = (Problem("labels.csv", 2, 1, "9.999999 is not known", "a code"),)


@pytest.fixture
async def workshop() -> AsyncIterator[Workshop]:
    opened = Workshop()
    yield opened
    await opened.close()


def where(_: object) -> int:
    return os.getpid()


def same(given: object) -> object:
    return given


def die_elsewhere(home: int) -> int:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return threading.get_native_id()


def linger_elsewhere(home: int) -> int:
    if os.getpid() != home:
        time.sleep(600)
    return threading.get_native_id()


def refuse(_: object) -> None:
    raise CatalogueError(PROBLEMS)


async def test_it_is_another_process_and_the_same_one_again(workshop: Workshop) -> None:
    first = await workshop.made(where, None)
    assert (first != os.getpid(), await workshop.made(where, None)) == (True, first)


async def test_what_is_one_object_there_is_one_here_and_more_than_a_piece_arrives_whole(workshop: Workshop) -> None:
    shared, large = ["đơn"], b"\0\1" * 200_000
    given = [shared, shared, large, [str(number) for number in range(50_000)]]
    made = await workshop.made(same, given)
    assert made == given
    assert isinstance(made, list)
    assert made[0] is made[1]
    assert made[0] is not shared


@pytest.mark.parametrize(
    ("work", "seconds", "fault"), [(die_elsewhere, 60, "BrokenProcessPool"), (linger_elsewhere, 0.01, "TimeoutError")]
)
async def test_where_it_fails_a_thread_does_it(
    work: Callable[[int], int], seconds: float, fault: str, log: Log
) -> None:
    workshop = Workshop(seconds)
    assert await workshop.made(work, os.getpid()) != threading.get_native_id()
    await workshop.close()
    hint = "made in a thread instead"
    assert log.lines() == [{"level": "warning", "event": "workshop_failed", "error": fault, "hint": hint}]


async def test_after_a_failure_there_is_a_new_one(workshop: Workshop) -> None:
    await workshop.made(die_elsewhere, os.getpid())
    assert await workshop.made(where, None) != os.getpid()


async def test_without_room_for_files_a_thread_does_it(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert await workshop.made(where, None) == os.getpid()


async def test_nothing_is_left_behind(workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    await workshop.made(where, None)
    with pytest.raises(CatalogueError):
        await workshop.made(refuse, None)
    assert list(tmp_path.iterdir()) == []


async def test_what_the_work_raises_is_told_as_it_is(workshop: Workshop, log: Log) -> None:
    with pytest.raises(CatalogueError) as told:
        await workshop.made(refuse, None)
    assert (told.value.problems, str(told.value), log.lines()) == (PROBLEMS, str(CatalogueError(PROBLEMS)), [])


async def test_one_piece_of_work_at_a_time(workshop: Workshop) -> None:
    found = await asyncio.gather(*(workshop.made(where, None) for _ in range(3)))
    assert len(set(found)) == 1


async def test_nothing_is_made_any_more_once_it_is_closed(workshop: Workshop) -> None:
    await workshop.close()
    await workshop.close()
    with pytest.raises(ProcessClosed):
        await workshop.made(where, None)
