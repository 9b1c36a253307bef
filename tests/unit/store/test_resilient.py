"""While the disk fails the assistant goes on in memory; but nobody is told that something is deleted when it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.ratings.model import Survey
from bot.store.inbox import Contact, Kind
from bot.store.interface import Answered, Record
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from bot.store.watching import Call
from tests.log import Log
from tests.unit.store.ratings_samples import rating
from tests.unit.store.samples import NOW, Disk, FailingSqlite, FailingStore, cutoffs, event, opinion, update

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A resilient store and the disk that it stands on."""

    store: ResilientStore
    disk: Disk

    async def claim(self, limit: int = 99, owner: str = "one") -> list[tuple[str, bool]]:
        """Key and whether it lies on the disk, of what is claimed."""
        tasks = await self.store.inbox.claim("test", owner, NOW, NOW + HOUR, limit)
        return [(task.update.key, task.id > 0) for task in tasks]


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Opened]:
    path = tmp_path / "data.sqlite"
    await (await SqliteStore.open(path)).close()
    primary = FailingSqlite(path)
    yield Opened(ResilientStore(primary), primary.disk)
    await primary.close()


async def test_goes_on_in_memory_while_the_disk_fails(log: Log) -> None:
    disk = FailingStore()
    store = ResilientStore(disk)
    assert await store.conversation("p") is None
    await store.record(Record(event(1), "one", opinion(1)))
    assert await store.conversation("p") == "one"
    assert await store.recent_events(9) == (event(1),)
    assert await store.recent_helpfulness(9) == (opinion(1),)
    disk.broken = False
    await store.record(Record(event(2), "two"))
    assert await store.conversation("p") == "two"
    assert await store.recent_events(9) == (event(2),)
    assert await store.recent_helpfulness(9) == ()
    assert log.lines() == [
        {"level": "error", "event": event, "error": "disk full"}
        for event in ("store_read_failed", "store_write_failed", "store_read_failed", "store_read_failed")
    ]
    await store.close()


class Watch:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def failed(self, call: Call) -> None:
        self.told.append(call)

    def rated(self, channel: str) -> None:
        self.told.append(f"rated on {channel}")


async def test_whoever_watches_is_told_of_what_fails_and_of_ratings_that_are_kept(tmp_path: Path) -> None:
    path, watch, survey = tmp_path / "data.sqlite", Watch(), Survey(rating=rating())
    await (await SqliteStore.open(path)).close()
    primary = FailingSqlite(path)
    store = ResilientStore(primary, watch)
    primary.disk.is_broken = True
    await store.conversation("p")
    await store.inbox.accept(update("k"), NOW)
    await store.inbox.renew("one", [1], NOW)
    with pytest.raises(StoreError):
        await store.record(Record(event(1), "one", survey=survey))
    assert watch.told == ["read", "write", "read", "write", "write"]
    primary.disk.is_broken = False
    await store.record(Record(event(2), "two", survey=survey))
    await store.record(Record(event(3), "three"))
    assert watch.told[5:] == ["rated on test"]
    await primary.close()


async def test_what_cannot_be_erased_is_told() -> None:
    disk = FailingStore()
    store = ResilientStore(disk)
    await store.record(Record(event(1), "one"))
    with pytest.raises(StoreError, match="disk full"):
        await store.erase("p", NOW)


async def test_erasing_reaches_the_disk_and_what_was_remembered_while_it_failed() -> None:
    disk = FailingStore()
    disk.broken = False
    store = ResilientStore(disk)
    await store.record(Record(event(1), "on disk", opinion(1)))
    disk.broken = True
    await store.record(Record(event(2), "in memory", opinion(2)))
    disk.broken = False
    await store.erase("p", NOW)
    assert await store.conversation("p") is None
    disk.broken = True
    assert await store.conversation("p") is None
    assert await store.recent_events(9) == (event(2, ""),)
    assert await store.recent_helpfulness(9) == (opinion(2, ""),)
    disk.broken = False
    assert await store.recent_events(9) == (event(1, ""),)
    assert await store.recent_helpfulness(9) == (opinion(1, ""),)


async def test_what_cannot_be_forgotten_today_stands_in_the_log(log: Log) -> None:
    store = ResilientStore(FailingStore())
    assert await store.forget(cutoffs(event(5).at, event(5).at)) == 0
    assert log.lines() == [{"level": "error", "event": "store_write_failed", "error": "disk full"}]


async def test_what_comes_in_while_the_disk_fails_is_answered_from_memory_and_the_rest_later(opened: Opened) -> None:
    inbox, disk = opened.store.inbox, opened.disk
    await inbox.accept(update("before", "a"), NOW)
    disk.is_broken = True
    assert await inbox.accept(update("meanwhile", "b"), NOW)
    assert not await inbox.accept(update("meanwhile", "b"), NOW)
    assert await opened.claim() == [("meanwhile", False)]
    await opened.store.record(Record(event(person="b"), "state", None, Answered(-1, "{}")))
    await inbox.mark_attempt(-1)
    await inbox.mark_sent(-1)
    await inbox.close(-1, "answered", NOW)
    assert await opened.claim() == []
    disk.is_broken = False
    assert await opened.claim() == [("before", True)]
    assert await opened.store.conversation("b") == "state"


async def test_no_more_is_claimed_than_asked_for_wherever_it_lies(opened: Opened) -> None:
    for number in range(3):
        await opened.store.inbox.accept(update(f"disk {number}", f"d{number}"), NOW)
    opened.disk.is_full = True
    for number in range(2):
        await opened.store.inbox.accept(update(f"memory {number}", f"m{number}"), NOW)
    opened.disk.is_full = False
    assert await opened.claim(limit=1) == [("memory 0", False)]
    assert await opened.claim(limit=2) == [("memory 1", False), ("disk 0", True)]
    assert await opened.claim(limit=2) == [("disk 1", True), ("disk 2", True)]


async def test_who_writes_while_the_disk_is_full_is_seen_now(opened: Opened) -> None:
    """What the disk knows of them is older: by it, the platform's window for answers would long be over."""
    inbox = opened.store.inbox
    await inbox.accept(update("k"), NOW)
    opened.disk.is_full = True
    await inbox.accept(update("l", sent=99), NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + timedelta(seconds=99))
    opened.disk.is_full = False
    await inbox.accept(update("m", sent=100), NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + timedelta(seconds=100))


async def test_a_clerk_takes_over_and_hands_back_while_the_disk_is_full(opened: Opened) -> None:
    inbox = opened.store.inbox
    await inbox.accept(update("k"), NOW)
    opened.disk.is_full = True
    clerk = replace(update("c", sent=1), kind=Kind.CLERK)
    await inbox.silence(clerk, NOW + HOUR)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW, silent_until=NOW + HOUR)
    opened.disk.is_full = False
    await inbox.silence(clerk, None)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW)


async def test_what_the_registry_cannot_do_is_told() -> None:
    """What operators set is not made up: there is no memory in its place."""
    primary = FailingStore()
    assert ResilientStore(primary).registry is primary.registry


async def test_after_a_long_outage_all_tell_what_they_have_done_before_anything_is_claimed(opened: Opened) -> None:
    inbox, disk = opened.store.inbox, opened.disk
    await inbox.accept(update("1", "a"), NOW)

    async def claimed(seconds: float) -> int:
        at = NOW + timedelta(seconds=seconds)
        return len(await inbox.claim("test", "one", at, at + HOUR, 9))

    disk.is_broken = True
    assert await claimed(0) == 0
    disk.is_broken = False
    assert [await claimed(seconds) for seconds in (5, 6, 6.9)] == [0, 0, 0]
    # Away again meanwhile: from the beginning.
    disk.is_broken = True
    assert await claimed(7) == 0
    disk.is_broken = False
    assert [await claimed(seconds) for seconds in (8, 9.9, 10)] == [0, 0, 1]
    # And a clock that is set back keeps nobody waiting.
    await inbox.accept(update("2", "b"), NOW)
    disk.is_broken = True
    assert await claimed(20) == 0
    disk.is_broken = False
    assert [await claimed(seconds) for seconds in (30, -9)] == [0, 1]


async def test_what_was_put_away_by_a_commit_that_nobody_was_told_of_is_answered_once(
    opened: Opened, tmp_path: Path
) -> None:
    opened.disk.is_broken = True
    assert await opened.store.inbox.accept(update("1", "a"), NOW)
    beside = await SqliteStore.open(tmp_path / "data.sqlite")
    assert await beside.inbox.accept(update("1", "a"), NOW)
    opened.disk.is_broken = False
    assert await opened.claim() == [("1", False)]
    assert await beside.inbox.waiting() == ()
    await beside.close()
