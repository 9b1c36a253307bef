"""What has outlived its time is deleted: on a real file, with a clock of our own."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import Keeping
from bot.dialogue.profile import Profile
from bot.dialogue.sharing import Brought
from bot.operations.retention import forget_daily, forget_old, let_go_often
from bot.store.interface import Record
from bot.store.sharing import Via
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
from tests.unit.operations.channel_double import update
from tests.unit.store.samples import NOW, FailingStore, event, opinion

KEEPING = Keeping(choices_hours=1, events_days=10, profiles_days=100)
DAY = timedelta(days=1)


async def filled(path: Path) -> SqliteStore:
    """A store with one person for each of three ages: 200, 50 and 0 days before NOW."""
    store = await SqliteStore.open(path)
    for days in (200, 50, 0):
        person, at = f"p{days}", NOW - days * DAY
        await store.record(Record(replace(event(person=person), at=at), "{}", replace(opinion(person=person), at=at)))
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


async def test_by_whose_link_somebody_came_goes_after_a_week(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store, profile = await SqliteStore.open(path), Profile(commune="H99.100")
    for person, days in (("late", 8), ("now", 6)):
        came = Brought(Via(3, "H99.101"), NOW - days * DAY)
        state = Conversation(profile=profile, brought=came, updated_at=NOW - DAY)
        await store.record(Record(replace(event(person=person), at=NOW), state.to_json(), brought_since=came.since))
    await store.record(Record(replace(event(person="odd"), at=NOW), "no JSON"))
    assert await forget_old(store, KEEPING, NOW) == 1
    kept = [Conversation.from_json(await store.conversation(person) or "") for person in ("late", "now")]
    assert [(one.profile, one.brought is None) for one in kept] == [(profile, True), (profile, False)]
    assert await forget_old(store, KEEPING, NOW) == 0
    await store.close()
    with closing(sqlite3.connect(path)) as database:
        search = "explain query plan select person, state from conversations where brought_since < ?"
        plan = database.execute(search, [NOW.isoformat()])
        index = "conversations_brought_since (brought_since<?)"
        assert [row[3] for row in plan] == [f"SEARCH conversations USING INDEX {index}"]


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
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, log: Log
) -> None:
    store = FailingStore()
    store.broken = False
    await store.record(Record(replace(event(), at=NOW - 20 * DAY), None))
    store.broken = True
    done: list[bool] = []

    async def sleep(seconds: float) -> None:
        if not store.broken:
            raise asyncio.CancelledError(seconds)
        store.broken = False

    monkeypatch.setattr("bot.operations.retention.asyncio.sleep", sleep)
    with caplog.at_level(logging.INFO), pytest.raises(asyncio.CancelledError):
        await forget_daily(store, KEEPING, lambda: NOW, done.append)
    assert done == [False, True]
    assert log.lines() == [
        {"level": "error", "event": "retention_failed", "error": "StoreError"},
        {"level": "info", "event": "retention_done", "rows": 1},
    ]


async def test_what_was_answered_is_taken_out_of_the_log_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    await store.inbox.accept(update("k", text="giấy khai sinh cho bé Tí"), NOW)
    (task,) = await store.inbox.claim("test", "one", NOW, NOW, 1)
    await store.inbox.close(task.id, "answered", NOW)
    rounds = 0

    async def one_round(seconds: float) -> None:
        nonlocal rounds
        rounds += 1
        if seconds != 60 or rounds == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(asyncio, "sleep", one_round)
    with pytest.raises(asyncio.CancelledError):
        await let_go_often(store)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "bé Tí".encode() not in kept
    await store.close()
