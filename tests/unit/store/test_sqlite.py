"""The store on a real file, and what happens when the file cannot be used."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.interface import Event
from bot.store.memory import MemoryStore
from bot.store.resilient import ResilientStore
from bot.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def event(number: int = 0, person: str = "p") -> Event:
    return Event(NOW + timedelta(seconds=number), "test", person, "answered", ("1.000001", "1.000002"), "v1")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "folder" / "data.sqlite")
    yield opened
    await opened.close()


async def test_keeps_state_and_event_together(store: SqliteStore) -> None:
    assert await store.conversation("p") is None
    await store.record(event(1), "one")
    await store.record(event(2), "two")
    assert await store.conversation("p") == "two"
    assert await store.recent_events(10) == (event(2), event(1))
    assert await store.recent_events(1) == (event(2),)


async def test_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    first = await SqliteStore.open(path)
    await first.record(event(), "state")
    await first.close()
    second = await SqliteStore.open(path)
    assert (await second.conversation("p"), await second.recent_events(9)) == ("state", (event(),))
    await second.close()


async def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    await store.record(event(), "state")
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
        "data.sqlite": 0o600,
        "data.sqlite-shm": 0o600,
        "data.sqlite-wal": 0o600,
    }
    await store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["data.sqlite"]


async def test_an_event_without_codes(store: SqliteStore) -> None:
    bare = Event(NOW, "test", "p", "empty", (), "v1")
    await store.record(bare, "{}")
    assert await store.recent_events(1) == (bare,)


async def test_many_writers_at_once(store: SqliteStore) -> None:
    await asyncio.gather(*(store.record(event(n, f"p{n % 7}"), str(n)) for n in range(200)))
    assert len(await store.recent_events(1000)) == 200
    assert {await store.conversation(f"p{n}") for n in range(7)} == {str(n) for n in range(193 + 3, 200)} | {
        "193",
        "194",
        "195",
    }


async def test_two_processes_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    one, other = await SqliteStore.open(path), await SqliteStore.open(path)
    await asyncio.gather(*(s.record(event(n), str(n)) for n in range(50) for s in (one, other)))
    assert len(await one.recent_events(1000)) == 100
    await one.close()
    await other.close()


async def test_the_file_is_in_wal_mode_and_its_steps_are_named(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    await (await SqliteStore.open(path)).close()
    connection = sqlite3.connect(path)
    mode = connection.execute("pragma journal_mode").fetchone()
    steps = connection.execute("select migration_set, name from _sqlite_migrations order by rowid").fetchall()
    connection.close()
    assert mode == ("wal",)
    assert steps == [("mot_cua", "create_conversations"), ("mot_cua", "create_events")]


@pytest.mark.parametrize("text", ["'; drop table events; --", "Đăng ký \u202e 👨‍👩‍👧", "{}" * 1000])
async def test_any_text_is_kept_as_it_is(store: SqliteStore, text: str) -> None:
    await store.record(event(), text)
    assert await store.conversation("p") == text


async def test_what_cannot_be_written_is_a_store_error(store: SqliteStore) -> None:
    with pytest.raises(StoreError):
        await store.record(event(), "\ud800")
    assert await store.recent_events(1) == ()


async def test_a_closed_store_says_so(store: SqliteStore) -> None:
    await store.close()
    with pytest.raises(StoreError, match="the store is closed"):
        await store.conversation("p")


async def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    path.write_text("this is no database, but long enough to be looked at " * 50)
    with pytest.raises(StoreError, match="file is not a database"):
        await SqliteStore.open(path)


async def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        await SqliteStore.open(tmp_path / "file" / "data.sqlite")


class Failing(MemoryStore):
    """A store whose disk fails while `broken` is set."""

    broken = True

    def _check(self) -> None:
        if self.broken:
            raise StoreError("disk full")

    async def conversation(self, person: str) -> str | None:
        self._check()
        return await super().conversation(person)

    async def record(self, event: Event, state: str) -> None:
        self._check()
        await super().record(event, state)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        self._check()
        return await super().recent_events(limit)


async def test_goes_on_in_memory_while_the_disk_fails(caplog: pytest.LogCaptureFixture) -> None:
    disk = Failing()
    store = ResilientStore(disk)
    assert await store.conversation("p") is None
    await store.record(event(1), "one")
    assert await store.conversation("p") == "one"
    assert await store.recent_events(9) == (event(1),)
    disk.broken = False
    await store.record(event(2), "two")
    assert await store.conversation("p") == "two"
    assert await store.recent_events(9) == (event(2),)
    assert [record.message for record in caplog.records] == [
        "store_read_failed: disk full",
        "store_write_failed: disk full",
        "store_read_failed: disk full",
    ]
    await store.close()


async def test_memory_forgets_the_oldest() -> None:
    store = MemoryStore(people=2, events=2)
    for number, person in enumerate("abca"):
        await store.record(event(number, person), person)
    assert [await store.conversation(person) for person in "abc"] == ["a", None, "c"]
    assert await store.recent_events(9) == (event(3, "a"), event(2, "c"))
