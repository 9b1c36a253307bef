from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.zalo_bot.polling import poll
from bot.channels.zalo_bot.updates import LIFE
from bot.errors import StoreError
from bot.operations.messages.receiving import Arrival
from bot.store.inbox import Kind
from tests.fixtures.platforms import payload
from tests.log import Log
from tests.unit.channels.zalo_bot.fake_platform import DISCONNECT, client_and_platform

NOW = datetime(2025, 6, 20, tzinfo=UTC)
PERSON = "6ede9afa66b88fe6d6a9"
IDLE = (408, payload("zalo_bot", "get_updates_idle_408"))
LAST = "the last one"


def update(number: str) -> tuple[int, Any]:
    answer = payload("zalo_bot", "webhook_text_enveloped")
    answer["result"]["message"] |= {"message_id": number, "text": number}
    return 200, answer


def key_of(arrival: Arrival) -> str:
    return arrival.key.removeprefix("msg:")


async def polled(
    *answers: tuple[int, Any], accept: Callable[[Arrival], Awaitable[object]] | None = None
) -> tuple[list[Arrival], list[float]]:
    """What was handed in until the last update, and the pauses until then."""
    accepted: list[Arrival] = []
    pauses: list[float] = []
    is_done = asyncio.Event()

    async def take(arrival: Arrival) -> None:
        if accept is not None:
            await accept(arrival)
        accepted.append(arrival)
        if key_of(arrival) == "last":
            is_done.set()
            await asyncio.Event().wait()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    async with client_and_platform(*answers, update("last")) as (client, platform):
        task = asyncio.create_task(poll(client, take, lambda: NOW, sleep))
        await asyncio.wait_for(is_done.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert set(platform.methods) == {"getUpdates"}
    assert platform.calls[0][1] == {"timeout": 30}
    return accepted, pauses


async def test_one_update_after_the_other() -> None:
    accepted, pauses = await polled(update("a"), update("b"))
    sent_at = datetime(2025, 6, 19, 6, 55, 31, 602_000, tzinfo=UTC)
    assert accepted == [
        Arrival(f"msg:{name}", Kind.MESSAGE, PERSON, PERSON, sent_at, LIFE, text=name) for name in ("a", "b", "last")
    ]
    assert pauses == []


async def test_an_update_is_asked_for_when_the_last_one_is_kept() -> None:
    async with client_and_platform(update("a")) as (client, platform):
        is_kept, has_come = asyncio.Event(), asyncio.Event()

        async def accept(arrival: Arrival) -> None:
            has_come.set()
            await is_kept.wait()

        task = asyncio.create_task(poll(client, accept, lambda: NOW))
        await asyncio.wait_for(has_come.wait(), 5)
        assert platform.methods == ["getUpdates"]
        task.cancel()


def not_asked(why: str, seconds: float) -> dict[str, object]:
    return {"level": "warning", "event": "zalo_bot_not_asked", "error": why, "again_in_s": seconds}


async def test_nobody_writing_is_no_error(caplog: pytest.LogCaptureFixture, log: Log) -> None:
    caplog.set_level(logging.WARNING)
    accepted, pauses = await polled(IDLE, IDLE, (200, {"ok": True, "result": None}))
    assert ([key_of(arrival) for arrival in accepted], pauses, log.lines()) == (["last"], [0.2] * 3, [])


async def test_an_error_costs_a_pause_that_doubles(log: Log) -> None:
    wrong = (200, {"ok": False, "description": "Internal Server Error", "error_code": 500})
    answers = [wrong, (502, "<html>"), (200, DISCONNECT), IDLE, wrong]
    accepted, pauses = await polled(*answers)
    assert ([key_of(arrival) for arrival in accepted], pauses) == (["last"], [1, 2, 4, 0.2, 1])
    assert log.lines() == [
        not_asked("Zalo Bot answered 500 Internal Server Error", 1.0),
        not_asked("Zalo Bot answered 502 without saying why", 2.0),
        not_asked("Zalo Bot did not answer: ServerDisconnectedError", 4.0),
        not_asked("Zalo Bot answered 500 Internal Server Error", 1.0),
    ]


async def test_a_token_that_is_refused_is_told_and_tried_seldom(log: Log) -> None:
    unauthorised = (200, payload("zalo_bot", "error_401"))
    _, pauses = await polled(unauthorised, unauthorised, (502, "<html>"))
    refused = not_asked("Zalo does not accept ZALO_BOT_TOKEN (401 Unauthorized)", 300.0) | {"level": "error"}
    assert (pauses, log.lines()) == (
        [300, 300, 1],
        [refused, refused, not_asked("Zalo Bot answered 502 without saying why", 1.0)],
    )


async def test_another_401_is_no_word_of_zalo(log: Log) -> None:
    _, pauses = await polled((401, "<html>The proxy wants a name</html>"))
    assert pauses == [1]
    assert log.lines() == [not_asked("Zalo Bot answered 401 without saying why", 1.0)]


async def test_pauses_have_an_end() -> None:
    _, pauses = await polled(*[(500, "")] * 8)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_an_update_is_handed_in_until_it_is_kept() -> None:
    """Zalo does not give it again."""
    faults = [StoreError("the disk is full"), StoreError("the disk is full")]

    async def accept(arrival: Arrival) -> None:
        if key_of(arrival) == "a" and faults:
            raise faults.pop()

    accepted, pauses = await polled(update("a"), accept=accept)
    assert ([key_of(arrival) for arrival in accepted], pauses) == (["a", "last"], [1, 2])


async def test_a_fault_with_one_update_does_not_end_the_channel(log: Log) -> None:
    async def accept(arrival: Arrival) -> None:
        if key_of(arrival) == "a":
            raise ValueError(arrival.text)

    accepted, _ = await polled(update("a"), update("b"), accept=accept)
    assert [key_of(arrival) for arrival in accepted] == ["b", "last"]
    assert log.lines() == [{"level": "error", "event": "zalo_bot_update_failed", "error": "ValueError"}]
