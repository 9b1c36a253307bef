"""The store that lives as long as the process: it is bounded."""

from __future__ import annotations

from bot.store.interface import Record
from bot.store.memory import MemoryStore
from tests.unit.store.samples import NOW, cutoffs, event, opinion


async def test_forgets_the_oldest() -> None:
    store = MemoryStore(people=2, events=2)
    for number, person in enumerate("abca"):
        await store.record(Record(event(number, person), person, opinion(number, person)))
    assert [await store.conversation(person) for person in "abc"] == ["a", None, "c"]
    assert await store.recent_events(9) == (event(3, "a"), event(2, "c"))
    assert await store.recent_helpfulness(9) == (opinion(3, "a"), opinion(2, "c"))


async def test_stays_bounded_after_erasing_and_forgetting() -> None:
    store = MemoryStore(people=2, events=2)
    await store.record(Record(event(1), "state", opinion(1)))
    await store.erase("p", NOW)
    await store.forget(cutoffs(event(0).at, event(0).at))
    for number in range(2, 6):
        await store.record(Record(event(number), "state", opinion(number)))
    assert await store.recent_events(9) == (event(5), event(4))
    assert await store.recent_helpfulness(9) == (opinion(5), opinion(4))


async def test_dropping_a_state_keeps_the_events() -> None:
    store = MemoryStore()
    await store.record(Record(event(1), "state"))
    store.drop("p")
    store.drop("nobody")
    assert (await store.conversation("p"), await store.recent_events(9)) == (None, (event(1),))
