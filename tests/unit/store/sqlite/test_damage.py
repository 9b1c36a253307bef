"""A file that is damaged is found, and nothing is written to it from then on; people go on being answered."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DamagedStore, StoreError
from bot.store.interface import Record
from bot.store.resilient import ResilientStore
from bot.store.sqlite.damage import Damage, damage_of, is_damage
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
from tests.unit.store.samples import NOW, event, update

PAGE = 4096


def header(path: Path) -> None:
    _write(path, 0, b"\xff" * 100)


def table_page(path: Path) -> None:
    """The root of the events."""
    _write(path, _root(path, "events"), b"\x5a" * PAGE)


def index_page(path: Path) -> None:
    _write(path, _root(path, "idx_events_person"), bytes(PAGE))


def zeroed_page(path: Path) -> None:
    """One of the middle, where the rows of the events lie."""
    size = path.stat().st_size
    _write(path, size // 2 // PAGE * PAGE, bytes(8 * PAGE))


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


DAMAGES = [header, table_page, index_page, zeroed_page, truncated]


def _root(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = ?", [name]).fetchone()
    return int(page - 1) * PAGE


def _write(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def prints(path: Path) -> dict[str, str]:
    """Of the file and its log."""
    files = [path, path.with_name(f"{path.name}-wal")]
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files if one.exists()}


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """Of a store with more than its caches hold."""
    file = tmp_path / "data.sqlite"
    store = await SqliteStore.open(file)
    for number in range(600):
        await store.record(Record(event(number, f"p{number}"), "state " * 900))
    await store.close()
    return file


@pytest.mark.parametrize("damage", DAMAGES)
async def test_found_when_it_is_opened(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    before = prints(path)
    for _ in range(2):
        with pytest.raises(DamagedStore, match=r"is damaged .*python -m bot restore FILE --replace"):
            await SqliteStore.open(path)
    assert {name: found for name, found in prints(path).items() if not name.endswith("-wal")} == before


async def _use(store: SqliteStore) -> None:
    """Write and read all over the file."""
    for number in range(600, 1200):
        await store.record(Record(event(number, f"p{number}"), "state " * 90))
        await store.conversation(f"p{number - 600}")
        await store.recent_events(number)


@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage is not header])
async def test_found_while_it_is_used(path: Path, damage: Callable[[Path], None], log: Log) -> None:
    store = await SqliteStore.open(path)
    damage(path)
    with pytest.raises(DamagedStore):
        await _use(store)
    before = prints(path)
    for number in range(30):
        with pytest.raises(DamagedStore):
            await store.record(Record(event(number, "q"), "other"))
        with pytest.raises(DamagedStore):
            await store.inbox.accept(update(str(number)), NOW)
    with pytest.raises(DamagedStore):
        await store.let_go()
    await store.close()
    assert prints(path) == before
    with pytest.raises(DamagedStore):
        await SqliteStore.open(path)
    assert prints(path) == before
    told = [line for line in log.lines() if line["level"] == "error"]
    assert [line["event"] for line in told] == ["store_damaged"]
    assert "python -m bot restore FILE --replace" in str(told[0]["error"])


async def test_a_first_page_that_is_destroyed_while_it_is_used(path: Path) -> None:
    """Whoever has it open has that page in memory, and writes it anew with the next that changes it."""
    store = await SqliteStore.open(path)
    header(path)
    await _use(store)
    await store.close()
    store = await SqliteStore.open(path)
    assert len(await store.recent_events(9999)) == 1200
    await store.close()


async def test_people_go_on_being_answered_from_memory(path: Path) -> None:
    primary = await SqliteStore.open(path)
    store = ResilientStore(primary)
    table_page(path)
    await store.record(Record(event(1, "somebody"), "remembered"))
    assert await store.conversation("somebody") == "remembered"
    assert await store.inbox.accept(update("1"), NOW)
    assert not await store.inbox.accept(update("1"), NOW)
    (task,) = await store.inbox.claim("test", "me", NOW, NOW, 9)
    assert task.id < 0
    # What is whole can still be read.
    assert await primary.conversation("p3") == "state " * 900
    await store.close()


async def test_a_store_that_others_have_found_damaged(path: Path) -> None:
    first, second = await SqliteStore.open(path), await SqliteStore.open(path)
    table_page(path)
    with pytest.raises(DamagedStore):
        await first.record(Record(event(1, "somebody"), "state"))
    before = prints(path)
    with pytest.raises(DamagedStore):
        await second.inbox.accept(update("1"), NOW)
    await second.close()
    with pytest.raises(DamagedStore, match="found earlier"):
        await SqliteStore.open(path)
    await first.close()
    assert prints(path) == before


async def test_a_whole_file_in_its_place_is_used_again(path: Path) -> None:
    whole = path.with_name("whole")
    shutil.copy(path, whole)
    index_page(path)
    with pytest.raises(DamagedStore):
        await SqliteStore.open(path)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copy(whole, path)
    store = await SqliteStore.open(path)
    await store.record(Record(event(1, "somebody"), "state"))
    await store.close()
    assert sorted(one.name for one in path.parent.iterdir()) == ["data.sqlite", "data.sqlite-lock", "whole"]


async def test_what_was_acknowledged_is_carried_over_at_the_end_of_a_whole_store(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    await store.record(Record(event(), "state"))
    await store.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data.sqlite", "data.sqlite-lock"]
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("select count(*) from events").fetchone() == (1,)


def test_a_look_is_bounded_in_time(path: Path) -> None:
    assert damage_of(path, 60) == ("", True)
    assert damage_of(path, None) == ("", True)
    # What is looked at before the time is up may be all of it.
    assert damage_of(path, 0) in {("", False), ("", True)}


async def test_only_damage_is_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("begin immediate")
        with pytest.raises(StoreError) as raised:
            await store.record(Record(event(), "state"))
        assert not isinstance(raised.value, DamagedStore)
    await store.record(Record(event(), "state"))
    assert not Damage(path).is_known
    assert not is_damage(sqlite3.OperationalError("database disk image is malformed"))
    await store.close()
