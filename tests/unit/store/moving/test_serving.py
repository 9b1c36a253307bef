"""Whether somebody works on a store is known by locks of a file, and by beats of processes on a server."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from bot.errors import StoreError
from bot.store import opening
from bot.store.moving.opening import opened_source
from bot.store.moving.serving import kept_from_others, newer_rows, newest_of, users
from tests.unit.store.moving.sides import ENGINES, Address, database, fill

BEAT = (
    "insert into processes (id, label, version, started_at, seen_at, beats) values ('a', 'port 1', 'v', ?, ?, 1) "
    "on conflict (id) do update set beats = processes.beats + 1"
)
NOW = datetime(2026, 11, 22, tzinfo=UTC).isoformat()


async def test_a_file_is_used_by_whoever_has_it_open(new: Address) -> None:
    address = new("sqlite")
    assert users(address) == ()
    store = await opening.open_store(address)
    assert users(address) == ("another process has the file open",)
    await store.close()
    assert users(address) == ()


async def test_on_a_server_processes_are_known_by_their_beats(new: Address) -> None:
    address = new("postgres")
    assert users(address) == ()
    await fill(address, 0, 1)
    assert users(address) == ()
    with database(address) as say:
        say(BEAT, [NOW, NOW])
    # It was killed: nothing moves any more.
    assert users(address, still_seconds=0.3) == ()
    is_over = threading.Event()

    def beat() -> None:
        with database(address) as say:
            while not is_over.wait(0.05):
                say(BEAT, [NOW, NOW])

    process = threading.Thread(target=beat)
    process.start()
    try:
        assert users(address) == ("port 1",)
        with pytest.raises(StoreError) as raised, kept_from_others(address):
            pass
    finally:
        is_over.set()
        process.join()
    assert str(raised.value) == "the target is being used (port 1): stop that first"


@pytest.mark.parametrize("engine", ENGINES)
async def test_who_came_and_went_meanwhile_is_known_by_new_rows(new: Address, engine: str) -> None:
    address = new(engine)
    await fill(address, 0, 1)
    with opened_source(address) as side:
        newest = newest_of(side)
        assert newer_rows(address, newest) == ()
        with database(address) as say:
            say("insert into staff_chats (person, staff, linked_at) values ('p', 's', '')")
        assert newer_rows(address, newest) == ()
        with database(address) as say:
            say("insert into stale_closings (code, state, by, at, note) values ('c', 'fine', 'b', '', '')")
        assert newer_rows(address, newest) == ("rows were added to stale_closings",)


async def test_a_target_cannot_be_opened_by_anybody_else_meanwhile(new: Address) -> None:
    address = new("sqlite")
    await fill(address, 0, 1)
    with kept_from_others(address):
        assert users(address) == ("another process has the file open",)
        with pytest.raises(StoreError), kept_from_others(address):
            pass
    with kept_from_others(address):
        pass
