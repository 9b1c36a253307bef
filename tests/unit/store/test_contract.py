"""What every store must do alike: the same cases for each of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.interface import Event, Overtaken, Record, Since, Store, Told
from bot.store.memory import MemoryStore
from bot.store.postgres.store import PostgresStore
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NOW, FailingStore, cutoffs, event, opinion

DAY = timedelta(days=1)
KINDS = ("sqlite", "postgres", "memory", "resilient over sqlite", "resilient over a failing disk")


@pytest.fixture(params=KINDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    path = tmp_path / "data.sqlite"
    opened: Store
    if request.param == "sqlite":
        opened = await SqliteStore.open(path)
    elif request.param == "postgres":
        opened = await PostgresStore.open(request.getfixturevalue("postgres_address"))
    elif request.param == "memory":
        opened = MemoryStore()
    elif request.param == "resilient over sqlite":
        opened = ResilientStore(await SqliteStore.open(path))
    else:
        opened = ResilientStore(FailingStore())
    yield opened
    await opened.close()


@pytest.fixture
def fails(request: pytest.FixtureRequest) -> bool:
    return "failing" in request.node.callspec.params["store"]


async def test_nothing_is_known_of_a_stranger(store: Store) -> None:
    assert (await store.conversation("p"), await store.recent_events(9), await store.recent_helpfulness(9)) == (
        None,
        (),
        (),
    )


async def test_the_last_state_counts_and_the_newest_events_come_first(store: Store) -> None:
    await store.record(Record(event(1), "one"))
    await store.record(Record(event(2), "two"))
    await store.record(Record(event(3, "q"), "three"))
    assert [await store.conversation(person) for person in "pq"] == ["two", "three"]
    assert await store.recent_events(9) == (event(3, "q"), event(2), event(1))
    assert await store.recent_events(2) == (event(3, "q"), event(2))
    assert await store.recent_events(0) == ()


async def test_without_a_state_the_one_before_stays(store: Store) -> None:
    await store.record(Record(event(1), "one"))
    await store.record(Record(event(2), None))
    await store.record(Record(event(3, "q"), None))
    assert [await store.conversation(person) for person in "pq"] == ["one", None]
    assert await store.recent_events(9) == (event(3, "q"), event(2), event(1))


async def test_opinions_are_kept_beside_events(store: Store) -> None:
    await store.record(Record(event(1), "one", opinion(1)))
    await store.record(Record(event(2), "two"))
    await store.record(Record(event(3, "q"), "three", opinion(3, "q", code=None)))
    assert await store.recent_helpfulness(9) == (opinion(3, "q", code=None), opinion(1))
    assert await store.recent_helpfulness(1) == (opinion(3, "q", code=None),)
    assert len(await store.recent_events(9)) == 3


@pytest.mark.parametrize("text", ["'; drop table events; --", "Đăng ký \u202e 👨‍👩‍👧", "{}" * 1000, ""])
async def test_any_text_is_kept_as_it_is(store: Store, text: str) -> None:
    await store.record(Record(event(), text))
    assert await store.conversation("p") == text


async def test_an_event_without_codes(store: Store) -> None:
    bare = Event(NOW, "test", "p", "empty", (), "v1")
    await store.record(Record(bare, "{}"))
    assert await store.recent_events(1) == (bare,)


async def test_many_at_once(store: Store) -> None:
    await asyncio.gather(
        *(store.record(Record(event(n, f"p{n % 7}"), f"{n % 7}", opinion(n, f"p{n % 7}"))) for n in range(70))
    )
    assert [await store.conversation(f"p{n}") for n in range(7)] == [str(n) for n in range(7)]
    assert set(await store.recent_events(100)) == {event(n, f"p{n % 7}") for n in range(70)}
    assert set(await store.recent_helpfulness(100)) == {opinion(n, f"p{n % 7}") for n in range(70)}


async def test_erasing_leaves_nothing_that_leads_to_the_person(store: Store, fails: bool) -> None:
    if fails:
        pytest.skip("a failing disk cannot erase, and says so: test_resilient")
    await store.record(Record(event(1), "one", opinion(1)))
    await store.record(Record(event(2, "q"), "two", opinion(2, "q")))
    await store.erase("p", NOW)
    await store.erase("p", NOW)
    assert [await store.conversation(person) for person in "pq"] == [None, "two"]
    assert await store.recent_events(9) == (event(2, "q"), event(1, ""))
    assert await store.recent_helpfulness(9) == (opinion(2, "q"), opinion(1, ""))


async def test_who_was_erased_is_new(store: Store, fails: bool) -> None:
    if fails:
        pytest.skip("a failing disk cannot erase, and says so: test_resilient")
    await store.record(Record(event(1), "one"))
    await store.erase("p", NOW)
    await store.record(Record(event(2), "two", opinion(2)))
    assert await store.conversation("p") == "two"
    assert await store.recent_events(9) == (event(2), event(1, ""))
    assert await store.recent_helpfulness(9) == (opinion(2),)


async def test_what_is_old_is_forgotten_and_nothing_else(store: Store, fails: bool) -> None:
    for days, person in ((0, "old"), (10, "used"), (20, "new")):
        at = NOW + days * DAY
        await store.record(Record(replace(event(person=person), at=at), person, replace(opinion(person=person), at=at)))
    gone = await store.forget(cutoffs(NOW + 5 * DAY, NOW + 15 * DAY))
    left = replace(event(person="new"), at=NOW + 20 * DAY)
    assert gone == (0 if fails else 1 + 2 + 2)
    assert [await store.conversation(person) for person in ("old", "used", "new")] == [None, "used", "new"]
    assert await store.recent_events(9) == (left,)
    assert await store.recent_helpfulness(9) == (replace(opinion(person="new"), at=left.at),)


async def test_what_is_exactly_so_old_is_kept(store: Store) -> None:
    await store.record(Record(event(), "state", opinion()))
    assert await store.forget(cutoffs(NOW, NOW)) == 0
    assert (await store.conversation("p"), await store.recent_events(9), await store.recent_helpfulness(9)) == (
        "state",
        (event(),),
        (opinion(),),
    )


async def test_a_person_who_came_back_is_not_forgotten(store: Store) -> None:
    await store.record(Record(event(), "first"))
    await store.record(Record(replace(event(), at=NOW + 10 * DAY), "again"))
    await store.forget(cutoffs(NOW + 5 * DAY, NOW))
    assert await store.conversation("p") == "again"


async def test_a_turn_is_kept_where_the_conversation_stands_as_it_began(store: Store, fails: bool) -> None:
    if fails:
        pytest.skip("there is nobody else in the memory of a process")
    begun = (Since(None), Since("zero"), Since("one"), Since("one"), None)
    kept = [await store.record(Record(event(n), f"{n}", since=since)) for n, since in enumerate(begun)]
    kept += [await store.record(Record(event(9), "one", since=Since("4")))]
    overtaken = Overtaken(None)
    assert kept == [None, overtaken, overtaken, overtaken, None, None]
    assert (await store.conversation("p"), await store.recent_events(9)) == ("one", (event(9), event(4), event(0)))


async def test_of_two_that_begin_alike_one_is_kept(store: Store, fails: bool) -> None:
    if fails:
        pytest.skip("there is nobody else in the memory of a process")
    for since in (Since(None), Since("state")):
        turns = [Record(event(n), "state" if since.state is None else f"{n}", since=since) for n in range(8)]
        kept = await asyncio.gather(*(store.record(turn) for turn in turns))
        assert sorted(kept, key=str) == [None, *[Overtaken(None)] * 7]
    assert len(await store.recent_events(99)) == 2


async def test_a_message_that_comes_again_is_answered_as_before(store: Store) -> None:
    def turn(number: int, message: str, person: str = "p") -> Record:
        return Record(event(number, person), f"{number}", opinion(number, person), told=Told(message, f"said {number}"))

    kept = [await store.record(turn(number, message)) for number, message in enumerate(("a", "b", "a", "b"))]
    kept.append(await store.record(turn(4, "a", "q")))
    assert kept == [None, None, Overtaken("said 0"), Overtaken("said 1"), None]
    assert [await store.conversation(person) for person in "pq"] == ["1", "4"]
    assert await store.recent_events(9) == (event(4, "q"), event(1), event(0))
    assert await store.recent_helpfulness(9) == (opinion(4, "q"), opinion(1), opinion(0))


async def test_a_turn_that_is_overtaken_is_not_told_again(store: Store, fails: bool) -> None:
    if fails:
        pytest.skip("there is nobody else in the memory of a process")
    await store.record(Record(event(0), "one"))
    late = Record(event(1), "two", since=Since(None), told=Told("a", "said"))
    assert await store.record(late) == Overtaken(None)
    assert await store.record(replace(late, since=Since("one"))) is None
    assert await store.record(late) == Overtaken("said")


async def test_what_was_told_is_forgotten_soon_and_with_the_person(store: Store, fails: bool) -> None:
    for minutes, person in ((0, "old"), (10, "new")):
        at = NOW + minutes * timedelta(minutes=1)
        await store.record(Record(replace(event(person=person), at=at), "one", told=Told("a", "said")))
    if fails:
        with pytest.raises(StoreError):
            await store.forget_told(NOW + timedelta(minutes=10))
    else:
        await store.forget_told(NOW + timedelta(minutes=10))
    again = [await store.record(Record(event(1, person), "two", told=Told("a", "again"))) for person in ("old", "new")]
    assert again == [None, Overtaken("said")]
    if not fails:
        await store.erase("new", NOW)
        assert await store.record(Record(event(2, "new"), "three", told=Told("a", "anew"))) is None
