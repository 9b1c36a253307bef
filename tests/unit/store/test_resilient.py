"""While the disk fails the assistant goes on in memory; but nobody is told that something is deleted when it is not."""

from __future__ import annotations

import pytest

from bot.errors import StoreError
from bot.store.resilient import ResilientStore
from tests.unit.store.samples import FailingStore, cutoffs, event, opinion


async def test_goes_on_in_memory_while_the_disk_fails(caplog: pytest.LogCaptureFixture) -> None:
    disk = FailingStore()
    store = ResilientStore(disk)
    assert await store.conversation("p") is None
    await store.record(event(1), "one", opinion(1))
    assert await store.conversation("p") == "one"
    assert await store.recent_events(9) == (event(1),)
    assert await store.recent_helpfulness(9) == (opinion(1),)
    disk.broken = False
    await store.record(event(2), "two")
    assert await store.conversation("p") == "two"
    assert await store.recent_events(9) == (event(2),)
    assert await store.recent_helpfulness(9) == ()
    assert [record.message for record in caplog.records] == [
        "store_read_failed: disk full",
        "store_write_failed: disk full",
        "store_read_failed: disk full",
        "store_read_failed: disk full",
    ]
    await store.close()


async def test_what_cannot_be_erased_is_told() -> None:
    disk = FailingStore()
    store = ResilientStore(disk)
    await store.record(event(1), "one")
    with pytest.raises(StoreError, match="disk full"):
        await store.erase("p")


async def test_erasing_reaches_the_disk_and_what_was_remembered_while_it_failed() -> None:
    disk = FailingStore()
    disk.broken = False
    store = ResilientStore(disk)
    await store.record(event(1), "on disk", opinion(1))
    disk.broken = True
    await store.record(event(2), "in memory", opinion(2))
    disk.broken = False
    await store.erase("p")
    assert await store.conversation("p") is None
    disk.broken = True
    assert await store.conversation("p") is None
    assert await store.recent_events(9) == (event(2, ""),)
    assert await store.recent_helpfulness(9) == (opinion(2, ""),)
    disk.broken = False
    assert await store.recent_events(9) == (event(1, ""),)
    assert await store.recent_helpfulness(9) == (opinion(1, ""),)


async def test_what_cannot_be_forgotten_today_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    store = ResilientStore(FailingStore())
    assert await store.forget(cutoffs(event(5).at, event(5).at)) == 0
    assert [record.message for record in caplog.records] == ["store_write_failed: disk full"]
