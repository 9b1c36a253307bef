"""What has outlived its time is deleted: on a real file, with a clock of our own."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.keeping import Keeping
from bot.operations.retention import forget_daily, forget_old
from bot.store.sqlite import SqliteStore
from tests.unit.store.samples import NOW, FailingStore, event, opinion

KEEPING = Keeping(choices_hours=1, events_days=10, profiles_days=100)
DAY = timedelta(days=1)


async def filled(path: Path) -> SqliteStore:
    """A store with one person for each of three ages: 200, 50 and 0 days before NOW."""
    store = await SqliteStore.open(path)
    for days in (200, 50, 0):
        person, at = f"p{days}", NOW - days * DAY
        await store.record(replace(event(person=person), at=at), "{}", replace(opinion(person=person), at=at))
    return store


async def left(store: SqliteStore) -> tuple[list[str | None], list[str], list[str]]:
    states = [await store.conversation(f"p{days}") for days in (200, 50, 0)]
    events, opinions = await store.recent_events(9), await store.recent_helpfulness(9)
    return states, [kept.person for kept in events], [kept.person for kept in opinions]


async def test_events_go_before_profiles(tmp_path: Path) -> None:
    store = await filled(tmp_path / "data.sqlite")
    assert await forget_old(store, KEEPING, NOW) == 1 + 2 + 2
    assert await left(store) == ([None, "{}", "{}"], ["p0"], ["p0"])
    assert await forget_old(store, KEEPING, NOW) == 0
    await store.close()


async def test_once_a_day_until_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = await filled(tmp_path / "data.sqlite")
    slept: list[float] = []
    now = NOW - 101 * DAY

    async def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += timedelta(days=50)
        if len(slept) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr("bot.operations.retention.asyncio.sleep", sleep)

    def clock() -> datetime:
        return now

    with pytest.raises(asyncio.CancelledError):
        await forget_daily(store, KEEPING, clock)
    assert slept == [86_400.0] * 3
    assert await left(store) == ([None, "{}", "{}"], ["p0"], ["p0"])
    await store.close()


async def test_what_fails_today_is_tried_again_tomorrow(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = FailingStore()
    store.broken = False
    await store.record(replace(event(), at=NOW - 20 * DAY), None)
    store.broken = True

    async def sleep(seconds: float) -> None:
        if not store.broken:
            raise asyncio.CancelledError(seconds)
        store.broken = False

    monkeypatch.setattr("bot.operations.retention.asyncio.sleep", sleep)
    with caplog.at_level(logging.INFO), pytest.raises(asyncio.CancelledError):
        await forget_daily(store, KEEPING, lambda: NOW)
    assert [record.message for record in caplog.records] == [
        "retention_failed: StoreError",
        "retention: 1 rows deleted",
    ]
