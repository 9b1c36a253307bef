"""A backup that is put back is the store it was made of; where it cannot be, nothing is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import BackupError, StoreError
from bot.operations.backup.restoring import Allowed, Restored, Source, Target, look_at, restore
from bot.store.backup.held import Held
from bot.store.backup.progress import silent
from bot.store.inbox import Kind
from bot.store.interface import Record
from bot.store.sqlite.migrations import drafts, freshness, publications
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.backup.conftest import KEY, address, made, names_in, rows_of
from tests.unit.store.samples import NOW, event, update

NOT_EMPTY = "The database is not empty; --replace puts the backup in its place."
EVERYTHING = Allowed(replacing=True)


def put_back(file: Path, path: Path, allowed: Allowed = EVERYTHING, key: str = KEY) -> Restored:
    return restore(Source(file), Target(address(path), key), allowed, lambda: NOW, silent)


@pytest.fixture
def file(path: Path, tmp_path: Path) -> Path:
    """The backup."""
    made(path, tmp_path / "b.sqlite")
    return tmp_path / "b.sqlite"


def settled(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Without what ends when it is put back."""
    return {name: found for name, found in rows.items() if name != "inbox"}


async def test_in_a_new_place(path: Path, file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "data.sqlite"
    done = put_back(file, new, Allowed())
    assert settled(rows_of(new)) == settled(rows_of(path))
    assert (done.closed, done.kept, done.outlook.now, done.outlook.obstacles) == (3, None, None, ())
    assert names_in(new.parent) == ["data.sqlite", "data.sqlite-lock"]
    store = await SqliteStore.open(new)
    assert await store.recent_events(1) == (event(49, "p0"),)
    await store.close()


async def test_where_a_process_has_only_begun_nothing_is_replaced(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "begun" / "data.sqlite"
    store = await SqliteStore.open(new)
    await store.office.keys.begin(KEY, NOW, frozenset())
    await store.close()
    done = put_back(file, new, Allowed())
    assert (done.outlook.now, done.outlook.obstacles) == (Held(0, "", 0), ())


async def test_what_was_open_is_not_answered_but_wishes_for_silence_are_kept(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "data.sqlite"
    put_back(file, new)
    store = await SqliteStore.open(new)
    later = NOW + timedelta(minutes=1)
    tasks = await store.inbox.claim("test", "me", later, later + timedelta(seconds=60), 9)
    assert [task.update.kind for task in tasks] == [Kind.WITHDRAWN, Kind.LEFT]
    # What comes again is known: nobody gets two answers.
    assert not await store.inbox.accept(update("0", "p0"), later)
    await store.close()


async def test_what_was_open_is_answered_where_nothing_has_happened_since(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "data.sqlite"
    assert put_back(file, new, Allowed(answering=True)).closed == 0
    store = await SqliteStore.open(new)
    # Also what the process had claimed that is gone.
    tasks = await store.inbox.claim("test", "me", NOW, NOW + timedelta(seconds=60), 9)
    assert [task.update.key for task in tasks] == ["0", "1", "2", "3", "4"]
    await store.close()


async def test_what_was_there_is_kept_beside_it(path: Path, file: Path) -> None:
    store = await SqliteStore.open(path)
    await store.record(Record(event(100), "newer"))
    await store.close()
    before = rows_of(path)
    done = put_back(file, path)
    kept = path.with_name("data.sqlite-before-20261121T080000Z")
    assert done.kept == kept
    assert rows_of(kept) == before
    assert len(rows_of(path)["events"]) == 50
    assert put_back(file, path).kept == path.with_name("data.sqlite-before-20261121T080000Z-2")


def test_what_would_be_done_is_told_first(path: Path, file: Path) -> None:
    before = path.read_bytes()
    outlook = look_at(Source(file), Target(address(path), "another key"), Allowed(), silent)
    held = outlook.checked.held
    assert outlook.now == held == Held(held.rows, "2026-11-21T08:00:49+00:00", 5)
    assert (outlook.damage, outlook.obstacles[0], outlook.obstacles[1][:28]) == (
        "",
        NOT_EMPTY,
        "The secret key is another th",
    )
    assert path.read_bytes() == before


async def test_an_empty_store_is_replaced(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "data.sqlite"
    await (await SqliteStore.open(new)).close()
    put_back(file, new, Allowed())
    assert len(rows_of(new)["events"]) == 50


@pytest.mark.parametrize(
    ("allowed", "key", "said"),
    [
        (Allowed(), KEY, NOT_EMPTY),
        (EVERYTHING, "other", "The secret key is another"),
        (EVERYTHING, "", "The secret key is another"),
    ],
)
def test_what_is_in_the_way(path: Path, file: Path, allowed: Allowed, key: str, said: str) -> None:
    before, names = path.read_bytes(), names_in(path.parent)
    with pytest.raises(BackupError, match=said):
        put_back(file, path, allowed, key)
    assert (path.read_bytes(), names_in(path.parent)) == (before, names)
    put_back(file, path, replace(EVERYTHING, other_key=True), key)


async def test_a_store_that_somebody_has_open_stays(path: Path, file: Path) -> None:
    store = await SqliteStore.open(path)
    with pytest.raises(StoreError, match="another process has the database open"):
        put_back(file, path)
    await store.close()
    assert len(rows_of(path)["events"]) == 50


@pytest.mark.parametrize("damage", ["header", "middle", "short", "empty", "log"])
def test_a_damaged_store_is_replaced_and_kept_as_it_is(path: Path, file: Path, damage: str) -> None:
    content = bytearray(path.read_bytes())
    if damage == "header":
        content[:100] = b"x" * 100
    elif damage == "middle":
        content[4096 * 5 :] = bytes(len(content) - 4096 * 5)
    elif damage in {"short", "empty"}:
        del content[6000 if damage == "short" else 0 :]
    path.write_bytes(content)
    if damage == "log":
        path.write_bytes(b"x" * 4096)
        path.with_name("data.sqlite-wal").write_bytes(b"log")
    done = put_back(file, path)
    assert done.kept is not None
    if damage != "empty":
        assert done.kept.read_bytes() == (b"x" * 4096 if damage == "log" else content)
    beside = [f"{done.kept.name}-wal"] if damage == "log" else []
    names = ["data.sqlite", done.kept.name, *beside, "data.sqlite-lock"]
    assert names_in(path.parent) == names
    assert len(rows_of(path)["events"]) == 50


def test_one_of_an_earlier_release_is_brought_up_to_date(file: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.sqlite", tmp_path / "data.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        _take_back(connection, publications.migrations.name, drafts.migrations.name, freshness.migrations.name)
    made(file, old)
    outlook = put_back(old, new).outlook
    assert outlook.checked.new_steps > 3
    assert rows_of(new)["publications"] == []
    assert len(rows_of(new)["events"]) == 50


def _take_back(connection: sqlite3.Connection, *parts: str) -> None:
    """The tables of these parts were never made, and it is a store again."""
    connection.execute("drop table backup_manifest")
    connection.execute("drop table backup_tables")
    later = Database(memory=True)
    for module in (publications, drafts, freshness):
        module.migrations.apply(later)
    for table in later.table_names():
        if not table.startswith(("_sqlite", "sqlite_")):
            connection.execute(f"drop table {table}")
    for part in parts:
        connection.execute("delete from _sqlite_migrations where migration_set = ?", [part])
    connection.commit()


def test_a_file_that_is_no_backup(tmp_path: Path) -> None:
    said: Sequence[tuple[bytes, str]] = [
        (b"", "there is no program gpg|gpg failed"),
        (b"SQLite format 3\0" + bytes(5000), "damaged"),
        (b"Anything else", "^it is no plain backup and none of age, and as one of gpg it cannot be read: "),
        (b"age-encryption.org/v1\nnothing", "give the file with the secret key by --identity"),
    ]
    for content, message in said:
        (tmp_path / "b").write_bytes(content)
        with pytest.raises(BackupError, match=message):
            put_back(tmp_path / "b", tmp_path / "data.sqlite")
    with pytest.raises(BackupError, match="No such file"):
        put_back(tmp_path / "nowhere", tmp_path / "data.sqlite")
    assert names_in(tmp_path) == ["b", "data.sqlite-lock"]
