"""What every store must do alike: who runs, and leases that one process has at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.interface import Store
from bot.store.memory import MemoryStore
from bot.store.memory_processes import NoProcesses
from bot.store.postgres.store import PostgresStore
from bot.store.processes import Lease, Process, Roll, owner_of
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.channel_double import update
from tests.unit.store.samples import NOW

SECOND = timedelta(seconds=1)
ONE = Process("one", "port 8080, process 1", "0.1.0", NOW, NOW)
TWO = Process("two", "port 8081, process 2", "0.1.0", NOW + SECOND, NOW + SECOND)


@pytest.fixture(params=["sqlite", "postgres", "memory", "resilient over sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    opened: Store
    if request.param == "postgres":
        opened = await PostgresStore.open(request.getfixturevalue("postgres_address"))
    elif request.param == "memory":
        opened = MemoryStore()
    else:
        opened = await SqliteStore.open(tmp_path / "data.sqlite")
    yield ResilientStore(opened) if request.param == "resilient over sqlite" else opened
    await opened.close()


async def test_who_lives_is_on_the_roll_and_its_number_rises(store: Store) -> None:
    assert await store.processes.roll() == Roll()
    assert await store.processes.beat(TWO) == Roll((replace(TWO, beats=1),))
    later = replace(ONE, seen_at=NOW + 4 * SECOND, beats=77)
    assert await store.processes.beat(ONE) == Roll((replace(ONE, beats=1), replace(TWO, beats=1)))
    both = Roll((replace(later, beats=2), replace(TWO, beats=1)))
    assert await store.processes.beat(later) == both
    assert await store.processes.roll() == both


async def test_one_takes_a_lease_that_others_see_at_the_same_time(store: Store) -> None:
    assert await asyncio.gather(*(store.processes.take("night", name, None) for name in ("one", "two"))) == [
        True,
        False,
    ]
    (lease,) = (await store.processes.roll()).leases
    assert lease == Lease("night", "one", 1)
    taken = await asyncio.gather(*(store.processes.take("night", name, lease) for name in ("two", "three")))
    assert taken == [True, False]
    assert (await store.processes.roll()).holder_of("night") == Lease("night", "two", 2)
    assert (await store.processes.roll()).holder_of("day") is None


async def test_a_lease_that_was_renewed_is_not_taken(store: Store) -> None:
    assert await store.processes.take("night", "one", None)
    seen = (await store.processes.beat(TWO)).holder_of("night")
    assert (await store.processes.beat(ONE)).holder_of("night") == Lease("night", "one", 2)
    assert not await store.processes.take("night", "two", seen)
    assert (await store.processes.roll()).leases == (Lease("night", "one", 2),)


async def test_who_has_moved_is_not_struck_off(store: Store) -> None:
    (seen,) = (await store.processes.beat(ONE)).processes
    await store.processes.beat(ONE)
    assert not await store.processes.drop(seen)
    (seen,) = (await store.processes.roll()).processes
    assert await store.processes.drop(seen)
    assert not await store.processes.drop(seen)
    assert await store.processes.roll() == Roll()


@pytest.mark.parametrize("way", ["drop", "leave"])
async def test_what_a_process_had_claimed_is_free_with_it(store: Store, way: str) -> None:
    for number, user in enumerate("abc"):
        await store.inbox.accept(update(f"k{number}", person=user), NOW)
    until = NOW + 10 * SECOND
    for process in ("one", "one2", "on"):
        assert await store.inbox.claim("test", owner_of(process, "test"), NOW, until, 1)
    assert await store.inbox.claim("test", "other", NOW, until, 9) == ()
    (seen,) = (await store.processes.beat(ONE)).processes
    await store.processes.take("night", "one", None)
    await (store.processes.drop(seen) if way == "drop" else store.processes.leave("one"))
    free = await store.inbox.claim("test", "other", NOW, until, 9)
    assert [task.update.key for task in free] == ["k0"]
    # Whoever was struck off may be alive after all: its lease is taken by whoever sees it stand still.
    holder = "one" if way == "drop" else ""
    assert await store.processes.roll() == Roll((), (Lease("night", holder, 1 if holder else 2),))


@pytest.mark.parametrize("store", ["sqlite", "postgres", "resilient over sqlite"], indirect=True)
@pytest.mark.parametrize("jump", [timedelta(hours=3), timedelta(hours=-3)], ids=["forward", "back"])
async def test_what_a_process_has_claimed_stays_its_own_when_the_clock_jumps(store: Store, jump: timedelta) -> None:
    claim, lease = store.inbox.claim, 10 * SECOND
    (seen,) = (await store.processes.beat(ONE)).processes
    await store.inbox.accept(update("1"), NOW)
    (task,) = await claim("test", owner_of("one", "test"), NOW, NOW + lease, 9)
    later = NOW + jump
    for other in (owner_of("two", "test"), owner_of("on", "test"), owner_of("one two", "test")):
        assert await claim("test", other, later, later + lease, 9) == ()
    assert await claim("test", owner_of("one", "test"), later, later + lease, 9) == (task,)
    assert await store.processes.drop(seen)
    assert await claim("test", owner_of("two", "test"), later, later + lease, 9) == (task,)


async def test_of_a_store_that_cannot_be_opened_nothing_is_known() -> None:
    processes = NoProcesses()
    for asked in (
        processes.beat(ONE),
        processes.take("night", "one", None),
        processes.drop(ONE),
        processes.leave("one"),
        processes.roll(),
    ):
        with pytest.raises(StoreError):
            await asked
