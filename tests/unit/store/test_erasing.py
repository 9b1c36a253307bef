"""What was deleted is told, noted, and done again where a backup brought it back; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store.erasing import Deleted, Erasure, Repeated
from bot.store.interface import Record, Told
from bot.store.memory import MemoryStore
from bot.store.resilient import ResilientStore
from bot.store.sql.store import SqlStore
from tests.unit.store.samples import NOW, FailingStore, cutoffs, event, opinion, update

LATER = NOW + timedelta(hours=1)
NUMBERS = st.integers(0, 9)
DELETED = st.builds(Deleted, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)


async def write(store: SqlStore | MemoryStore, person: str) -> None:
    """Two messages, an opinion, an answer that may be asked for again, and a contact."""
    await store.record(Record(event(1, person), "state", opinion(1, person)))
    await store.record(Record(event(2, person), "state", told=Told("m", "answer")))
    await store.inbox.accept(update(f"key of {person}", person), NOW)


WRITTEN = Deleted(remembered=2, accounts=1, uses=3)
"""What `write` leaves."""


async def test_what_went_is_counted_and_noted(store: SqlStore) -> None:
    await write(store, "p")
    await write(store, "q")
    assert await store.erase("p", NOW) == WRITTEN
    assert await store.erase("p", LATER) == Deleted()
    assert await store.office.erasures.noted() == (Erasure("p", NOW),)
    assert await store.erase("q", NOW) == WRITTEN


async def test_who_never_wrote_leaves_no_trace(store: SqlStore) -> None:
    assert await store.erase("stranger", NOW) == Deleted()
    assert await store.office.erasures.noted() == ()


async def test_who_comes_back_and_asks_again_is_noted_once_with_the_last_time(store: SqlStore) -> None:
    for at in (NOW, LATER, NOW - timedelta(hours=1)):
        await store.record(Record(event(1), "state"))
        await store.erase("p", at)
    assert await store.office.erasures.noted() == (Erasure("p", LATER),)


async def test_memory_counts_what_it_holds() -> None:
    store = MemoryStore()
    await write(store, "p")
    await write(store, "q")
    assert await store.erase("p", NOW) == WRITTEN
    assert await store.erase("p", NOW) == Deleted()


async def test_what_was_remembered_while_the_disk_failed_is_counted_too() -> None:
    disk = FailingStore()
    store = ResilientStore(disk)
    await store.record(Record(event(1), "in memory"))
    disk.broken = False
    await store.record(Record(event(2, "q"), "on disk"))
    assert (await store.erase("p", NOW), await store.erase("q", NOW)) == (
        Deleted(remembered=1, uses=1),
        Deleted(remembered=1, uses=1),
    )


async def test_in_the_place_of_a_store_that_could_not_be_opened_nothing_is_called_deleted() -> None:
    """On the disk all of it is still; in memory it is gone."""
    store = MemoryStore(is_first=True)
    await store.record(Record(event(1), "state"))
    with pytest.raises(StoreError, match="could not be opened: what it holds is not deleted"):
        await store.erase("p", NOW)
    assert await store.conversation("p") is None


async def test_a_deletion_that_is_not_known_is_made_and_noted(store: SqlStore) -> None:
    """As after a restore: people are back who had been deleted since."""
    for person in ("before", "back", "since", "kept"):
        await store.record(Record(event(1, person), person))
    await store.erase("before", NOW)
    await store.erase("back", NOW)
    await store.record(Record(event(2, "back"), "came back"))
    given = (Erasure("back", NOW), Erasure("before", LATER), Erasure("since", LATER), Erasure("nobody", LATER))
    erasures = store.office.erasures
    assert await erasures.would_repeat(given) == 3
    assert [await store.conversation(person) for person in ("back", "since")] == ["came back", "since"]
    assert await erasures.repeat(given) == Repeated(unknown=3, held=1)
    # Who was deleted before and came back stays.
    people = ("before", "back", "since", "kept")
    assert [await store.conversation(person) for person in people] == [None, "came back", None, "kept"]
    noted = (Erasure("back", NOW), *(Erasure(person, LATER) for person in ("before", "nobody", "since")))
    assert await erasures.noted() == noted
    assert (await erasures.would_repeat(given), await erasures.repeat(given)) == (0, Repeated(0, 0))


async def test_notes_go_in_their_time(store: SqlStore) -> None:
    for person, at in (("old", NOW), ("new", LATER)):
        await store.record(Record(event(1, person), person))
        await store.erase(person, at)
    before = cutoffs(NOW - timedelta(days=1), NOW - timedelta(days=1))
    await store.forget(before)
    assert len(await store.office.erasures.noted()) == 2
    await store.forget(replace(before, erasures=LATER))
    assert await store.office.erasures.noted() == (Erasure("new", LATER),)


@given(DELETED, DELETED)
def test_sums(one: Deleted, other: Deleted) -> None:
    assert one + Deleted() == one
    assert (one + other).uses == one.uses + other.uses
    assert one + other == other + one
    assert bool(one + other) == (bool(one) or bool(other))
