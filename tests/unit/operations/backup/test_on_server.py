"""A backup is the same file whichever engine it was made of, and is put back into either."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BackupError, StoreError
from bot.operations.backup.making import Wanted, back_up
from bot.operations.backup.restoring import Allowed, Source, Target, look_at, restore
from bot.store.backup.held import Held
from bot.store.backup.progress import silent
from bot.store.interface import Record
from bot.store.postgres.store import PostgresStore
from tests.unit.operations.backup.conftest import KEY, address, made, names_in, rows_of
from tests.unit.store.samples import NOW, event


def people_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Without what the engine itself keeps."""
    apart = {"_sqlite_migrations", "processes", "leases", "held_names", "inbox"}
    return {name: found for name, found in rows_of(path).items() if name not in apart}


async def test_there_and_back_again(path: Path, tmp_path: Path, postgres_address: str) -> None:
    first, second, again = tmp_path / "1.sqlite", tmp_path / "2.sqlite", tmp_path / "again" / "data.sqlite"
    made(path, first)
    server = Target(postgres_address, KEY)
    done = restore(Source(first), server, Allowed(), lambda: NOW, silent)
    assert (done.closed, done.kept, done.outlook.damage) == (3, None, "")
    store = await PostgresStore.open(postgres_address)
    assert await store.recent_events(1) == (event(49, "p0"),)
    await store.close()
    wanted = Wanted(postgres_address, second, KEY)
    assert back_up(wanted, lambda: NOW, silent).manifest.engine == "postgresql"
    assert "2.sqlite" in names_in(tmp_path)
    assert [name for name in names_in(tmp_path) if name.startswith(".2")] == []
    restore(Source(second), Target(address(again), KEY), Allowed(), lambda: NOW, silent)
    assert people_of(again) == people_of(path)


async def test_a_server_where_a_process_has_only_begun_is_empty(
    path: Path, tmp_path: Path, postgres_address: str
) -> None:
    store = await PostgresStore.open(postgres_address)
    await store.office.keys.begin(KEY, NOW, frozenset())
    await store.close()
    made(path, tmp_path / "b.sqlite")
    outlook = look_at(Source(tmp_path / "b.sqlite"), Target(postgres_address, KEY), Allowed(), silent)
    assert (outlook.now, outlook.obstacles) == (Held(0, "", 0), ())


async def test_what_is_there_on_a_server_stays(path: Path, tmp_path: Path, postgres_address: str) -> None:
    store = await PostgresStore.open(postgres_address)
    await store.record(Record(event(7), "state"))
    await store.close()
    file, server = tmp_path / "b.sqlite", Target(postgres_address, KEY)
    made(path, file)
    outlook = look_at(Source(file), server, Allowed(), silent)
    assert outlook.now is not None
    assert (outlook.now.newest, outlook.now.waiting) == (event(7).at.isoformat(), 0)
    assert outlook.obstacles == ("The database is not empty; --replace puts the backup in its place.",)
    with pytest.raises(BackupError, match="is not empty"):
        restore(Source(file), server, Allowed(), lambda: NOW, silent)
    restore(Source(file), server, Allowed(replacing=True), lambda: NOW, silent)
    store = await PostgresStore.open(postgres_address)
    assert len(await store.recent_events(99)) == 50
    await store.close()


def test_a_server_that_is_away_is_told_as_such(path: Path, tmp_path: Path) -> None:
    """And not as a database that is not empty."""
    file, server = tmp_path / "b.sqlite", Target("postgresql://motcua@127.0.0.1:1/motcua", KEY)
    made(path, file)
    for replacing in (False, True):
        with pytest.raises(StoreError, match=r"^the database server cannot be reached: "):
            look_at(Source(file), server, Allowed(replacing=replacing), silent)
