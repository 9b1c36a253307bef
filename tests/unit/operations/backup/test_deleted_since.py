"""Who had their data deleted after a backup was made is not in the store again when it is restored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operations.backup.restoring import Allowed, Source, Target, look_at, restore
from bot.store.backup.progress import silent
from bot.store.erasing import Erasure
from bot.store.interface import Record
from bot.store.opening import open_store
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.backup.conftest import KEY, address, made, names_in
from tests.unit.store.samples import NOW, event

EVERYTHING = Allowed(replacing=True)
LATER = NOW + timedelta(days=1)
SINCE = (Erasure("back", LATER), Erasure("p2", LATER))


async def backed_up(path: Path, file: Path) -> None:
    """`early` and `back` were deleted before; `back` wrote again before the backup, and was deleted again since."""
    store = await SqliteStore.open(path)
    for person in ("early", "back"):
        await store.record(Record(event(60, person), "state"))
        await store.erase(person, NOW)
        await store.record(Record(event(61, person), "came back"))
    await store.close()
    made(path, file)


async def deleted_since(store_address: str) -> None:
    store = await open_store(store_address)
    for person in ("p2", "back"):
        await store.record(Record(event(62, person), "state"))
        await store.erase(person, LATER)
    await store.close()


async def held(store_address: str) -> tuple[dict[str, bool], tuple[Erasure, ...]]:
    """Whose conversation is there, and what is noted."""
    store = await open_store(store_address)
    people = {person: await store.conversation(person) is not None for person in ("early", "back", "p2", "p3")}
    noted = await store.office.erasures.noted()
    await store.close()
    return people, noted


HELD = {"early": True, "back": False, "p2": False, "p3": True}
NOTED = (Erasure("early", NOW), *SINCE)


async def test_over_the_store_that_knows_of_it(path: Path, tmp_path: Path) -> None:
    file, target = tmp_path / "b.sqlite", Target(address(path), KEY)
    await backed_up(path, file)
    assert look_at(Source(file), target, EVERYTHING, silent).since == ()
    await deleted_since(address(path))
    assert look_at(Source(file), target, EVERYTHING, silent).since == SINCE
    done = restore(Source(file), target, EVERYTHING, lambda: LATER, silent)
    assert (done.outlook.since, done.deleted) == (SINCE, 2)
    assert await held(address(path)) == (HELD, NOTED)
    assert [name for name in names_in(path.parent) if name.endswith("journal")] == []
    # Again from the same backup: nothing is forgotten by having been restored once.
    again = restore(Source(file), target, EVERYTHING, lambda: LATER, silent)
    assert (again.deleted, await held(address(path))) == (2, (HELD, NOTED))


async def test_on_a_server(path: Path, tmp_path: Path, postgres_address: str) -> None:
    file, target = tmp_path / "b.sqlite", Target(postgres_address, KEY)
    await backed_up(path, file)
    restore(Source(file), target, Allowed(), lambda: NOW, silent)
    await deleted_since(postgres_address)
    done = restore(Source(file), target, EVERYTHING, lambda: LATER, silent)
    assert (done.outlook.since, done.deleted) == (SINCE, 2)
    assert await held(postgres_address) == (HELD, NOTED)


async def test_under_another_key_nobody_is_found(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    await backed_up(path, file)
    await deleted_since(address(path))
    target, allowed = Target(address(path), "another key"), replace(EVERYTHING, other_key=True)
    outlook = look_at(Source(file), target, allowed, silent)
    assert (outlook.since, outlook.is_other_key, outlook.obstacles) == ((), True, ())


@pytest.mark.parametrize("is_damaged", [False, True])
async def test_where_the_store_is_gone_nobody_is_known(path: Path, tmp_path: Path, *, is_damaged: bool) -> None:
    file = tmp_path / "b.sqlite"
    await backed_up(path, file)
    place = tmp_path / "data.sqlite"
    if is_damaged:
        place.write_bytes(b"no database" * 1000)
    outlook = look_at(Source(file), Target(address(place), KEY), EVERYTHING, silent)
    assert (outlook.since, outlook.now, bool(outlook.damage)) == ((), None, is_damaged)


async def test_where_they_cannot_be_read_it_is_told_instead_of_that_there_are_none(path: Path, tmp_path: Path) -> None:
    """How many rows there are is read from the index, which is whole."""
    file, target = tmp_path / "b.sqlite", Target(address(path), KEY)
    await backed_up(path, file)
    await deleted_since(address(path))
    damaged = page_of(path, "erasures")
    before = path.read_bytes()
    path.write_bytes(before[: damaged.start] + b"\xff" * len(damaged) + before[damaged.stop :])
    outlook = look_at(Source(file), target, EVERYTHING, silent)
    told = "whose data were deleted cannot be read: database disk image is malformed"
    assert (outlook.since, outlook.now, outlook.damage) == ((), None, told)


def page_of(path: Path, table: str) -> range:
    """Where its first page lies in the file."""
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute("select rootpage from sqlite_master where name = ?", [table]).fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    return range((number - 1) * size, number * size)
