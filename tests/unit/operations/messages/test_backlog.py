"""How much waits, and when it is too much."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.operations.messages.backlog import Backlog
from bot.operations.metrics import Metrics
from bot.store.inbox import Kind, Update
from bot.store.memory import MemoryStore
from tests.unit.operations.counted import counted
from tests.unit.store.samples import NOW

UPDATE = Update("telegram", "1", "p", "a", Kind.MESSAGE, "{}", NOW, NOW + timedelta(hours=1))


async def test_each_channel_is_full_by_itself() -> None:
    inbox, metrics = MemoryStore().inbox, Metrics()
    backlog = Backlog(inbox, 2, metrics)
    for key in ("1", "2"):
        assert not backlog.is_full("telegram")
        assert await backlog.counted("telegram", inbox.accept(replace(UPDATE, key=key), NOW))
    assert not await backlog.counted("telegram", inbox.accept(UPDATE, NOW))
    assert (backlog.is_full("telegram"), backlog.is_full("zalo_oa")) == (True, False)
    await backlog.look()
    assert backlog.is_full("telegram")
    assert b'mot_cua_waiting{channel="telegram"} 2.0' in metrics.as_text()
    for task in await inbox.claim("telegram", "one", NOW, NOW, 9):
        await inbox.close(task.id, "answered", NOW)
    await backlog.look()
    assert not backlog.is_full("telegram")


async def test_what_other_processes_have_put_away_counts() -> None:
    inbox = MemoryStore().inbox
    backlog = Backlog(inbox, 1, Metrics())
    assert await inbox.accept(UPDATE, NOW)
    assert not backlog.is_full("telegram")
    await backlog.look()
    assert backlog.is_full("telegram")


async def test_what_nobody_has_asked_for_keeps_nobody_out() -> None:
    inbox = MemoryStore().inbox
    backlog = Backlog(inbox, 1, Metrics())
    assert await inbox.accept(replace(UPDATE, kind=Kind.FOLLOW_UP), NOW)
    await backlog.look()
    assert not backlog.is_full("telegram")
    assert await inbox.unanswered() == ()


async def test_when_all_is_answered_none_waits() -> None:
    inbox, metrics = MemoryStore().inbox, Metrics()
    backlog = Backlog(inbox, 1, metrics)
    assert await inbox.accept(UPDATE, NOW)
    await backlog.look()
    (task,) = await inbox.claim("telegram", "one", NOW, NOW, 9)
    await inbox.close(task.id, "answered", NOW)
    await backlog.look()
    assert b'mot_cua_waiting{channel="telegram"} 0.0' in metrics.as_text()


async def test_how_long_the_oldest_has_waited() -> None:
    inbox, metrics, now = MemoryStore().inbox, Metrics(), NOW
    backlog = Backlog(inbox, 9, metrics, lambda: now)
    name = 'mot_cua_oldest_waiting_seconds{channel="telegram"}'
    # What nobody has asked for may wait for the morning.
    await inbox.accept(replace(UPDATE, key="0", person="q", kind=Kind.NOTICE), NOW - timedelta(hours=9))
    await backlog.look()
    assert counted(metrics, "mot_cua_oldest") == {}
    for key, seconds in (("1", 0), ("2", 20)):
        await inbox.accept(replace(UPDATE, key=key, person=key), NOW + timedelta(seconds=seconds))
    found = []
    for seconds in (30, 40):
        now = NOW + timedelta(seconds=seconds)
        await backlog.look()
        found.append(counted(metrics, "mot_cua_oldest"))
        asked = [task for task in await inbox.claim("telegram", "one", now, now, 9) if task.update.key != "0"]
        await inbox.close(asked[0].id, "answered", now)
    # The clock was set back.
    now = NOW
    await backlog.look()
    found.append(counted(metrics, "mot_cua_oldest"))
    assert found == [{name: 30}, {name: 20}, {name: 0}]


async def test_what_is_on_its_way_counts() -> None:
    inbox = MemoryStore().inbox
    backlog = Backlog(inbox, 1, Metrics())
    go_on = asyncio.Event()

    async def slowly() -> bool:
        await go_on.wait()
        return await inbox.accept(UPDATE, NOW)

    putting_away = asyncio.create_task(backlog.counted("telegram", slowly()))
    await asyncio.sleep(0)
    assert backlog.is_full("telegram")
    await backlog.look()
    assert backlog.is_full("telegram")
    go_on.set()
    assert await putting_away
    assert backlog.is_full("telegram")


async def test_what_could_not_be_put_away_does_not_count() -> None:
    backlog = Backlog(MemoryStore().inbox, 1, Metrics())

    async def failing() -> bool:
        raise StoreError("disk full")

    with pytest.raises(StoreError):
        await backlog.counted("telegram", failing())
    assert not backlog.is_full("telegram")
