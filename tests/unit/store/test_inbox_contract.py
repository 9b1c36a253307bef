"""What every inbox must do alike: the same cases for each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.inbox import (
    BY_ITSELF,
    CLOCKS_APART,
    FROM_THE_PERSON,
    NEVER_SEEN,
    OUT_OF_TURN,
    Contact,
    Inbox,
    Kind,
    Task,
    Waiting,
)
from bot.store.interface import Answered, Record, Store
from bot.store.memory import MemoryStore
from bot.store.postgres.store import PostgresStore
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NEVER_KEPT, NOW, FailingStore, cutoffs, event, opinion, update

KINDS = (
    "sqlite",
    "postgres",
    "memory",
    "resilient over sqlite",
    "resilient over a failing disk",
    "resilient over memory",
)
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=10)


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
    elif request.param == "resilient over memory":
        opened = ResilientStore(MemoryStore(is_first=True))
    elif request.param == "resilient over sqlite":
        opened = ResilientStore(await SqliteStore.open(path))
    else:
        opened = ResilientStore(FailingStore())
    yield opened
    await opened.close()


@pytest.fixture
def inbox(store: Store) -> Inbox:
    return store.inbox


@pytest.fixture
def fails(request: pytest.FixtureRequest) -> bool:
    return "failing" in request.node.callspec.params["store"]


async def claimed(inbox: Inbox, now: datetime = NOW, owner: str = "one", limit: int = 99) -> tuple[Task, ...]:
    return await inbox.claim("test", owner, now, now + LEASE, limit)


async def keys(inbox: Inbox, now: datetime = NOW, owner: str = "one", limit: int = 99) -> list[str]:
    return [task.update.key for task in await claimed(inbox, now, owner, limit)]


async def only(inbox: Inbox, now: datetime = NOW, owner: str = "one") -> Task:
    (task,) = await claimed(inbox, now, owner)
    return task


async def test_what_was_accepted_is_claimed_as_it_was(inbox: Inbox) -> None:
    given = replace(
        update("k", "p", sent=3), kind=Kind.TAP, body='{"text": "Đăng ký 👶"}', expires_at=NOW + timedelta(hours=5)
    )
    assert await inbox.accept(given, NOW + SECOND)
    task = await only(inbox, NOW + SECOND)
    assert task == Task(task.id, given, NOW + SECOND)


async def test_an_update_is_accepted_once(inbox: Inbox) -> None:
    assert await inbox.accept(update("k"), NOW)
    assert not await inbox.accept(update("k"), NOW)
    assert not await inbox.accept(update("k", "someone else", address="elsewhere"), NOW)
    task = await only(inbox)
    assert not await inbox.accept(update("k"), NOW)
    await inbox.close(task.id, "answered", NOW)
    assert not await inbox.accept(update("k"), NOW + timedelta(days=1))
    assert await claimed(inbox, NOW + timedelta(days=1)) == ()


async def test_the_same_key_on_another_channel_is_another_update(inbox: Inbox) -> None:
    assert await inbox.accept(update("k"), NOW)
    assert await inbox.accept(update("k", channel="other"), NOW)
    assert await keys(inbox) == ["k"]
    assert [task.update.channel for task in await inbox.claim("other", "one", NOW, NOW + LEASE, 9)] == ["other"]
    assert await inbox.claim("third", "one", NOW, NOW + LEASE, 9) == ()


async def test_each_persons_oldest_comes_first_and_alone(inbox: Inbox) -> None:
    for key, person in (("1", "a"), ("2", "b"), ("3", "a"), ("4", "c"), ("5", "b")):
        await inbox.accept(update(key, person), NOW)
    first = await claimed(inbox)
    assert [task.update.key for task in first] == ["1", "2", "4"]
    assert await claimed(inbox) == ()
    await inbox.close(first[1].id, "answered", NOW)
    assert await keys(inbox) == ["5"]
    await inbox.close(first[0].id, "answered", NOW)
    assert await keys(inbox) == ["3"]


async def test_the_order_is_that_of_arrival_not_of_sending(inbox: Inbox) -> None:
    await inbox.accept(update("late", sent=5), NOW)
    await inbox.accept(update("early", sent=1), NOW)
    assert await keys(inbox) == ["late"]


async def test_no_more_are_claimed_than_asked_for(inbox: Inbox) -> None:
    for number in range(5):
        await inbox.accept(update(str(number), f"p{number}"), NOW)
    assert await keys(inbox, limit=2) == ["0", "1"]
    assert await keys(inbox, limit=0) == []
    assert await keys(inbox, limit=2) == ["2", "3"]
    assert await keys(inbox, limit=2) == ["4"]


async def test_what_is_claimed_is_nobody_elses_until_its_time_is_over(inbox: Inbox) -> None:
    await inbox.accept(update("k"), NOW)
    assert await keys(inbox, owner="one") == ["k"]
    assert await keys(inbox, owner="two") == []
    assert await keys(inbox, NOW + LEASE, owner="two") == []
    assert await keys(inbox, NOW + LEASE + SECOND, owner="two") == ["k"]
    assert await keys(inbox, NOW + LEASE + SECOND, owner="one") == []


async def test_who_asked_earlier_and_had_to_wait_takes_nothing_from_who_came_first(inbox: Inbox) -> None:
    await inbox.accept(update("k"), NOW)
    assert await keys(inbox, NOW + SECOND, owner="one") == ["k"]
    assert await keys(inbox, NOW, owner="two") == []
    assert await keys(inbox, NOW + SECOND - CLOCKS_APART, owner="two") == []
    # That far behind, it is the clock: nobody would wait until it has caught up.
    assert await keys(inbox, NOW - CLOCKS_APART, owner="two") == ["k"]


async def test_a_claim_is_renewed_for_its_owner_only(inbox: Inbox) -> None:
    await inbox.accept(update("a", "a"), NOW)
    await inbox.accept(update("c", "c"), NOW)
    mine = await claimed(inbox, owner="one")
    await inbox.accept(update("b", "b"), NOW)
    others = await claimed(inbox, owner="two")
    # Of the two that are mine, only the first one is still worked on.
    await inbox.renew("one", (mine[0].id, others[0].id), NOW + 3 * LEASE)
    assert await keys(inbox, NOW + 2 * LEASE, owner="three") == ["c", "b"]
    assert await keys(inbox, NOW + 3 * LEASE + SECOND, owner="four") == ["a", "c", "b"]


async def test_what_is_released_is_free_at_once(inbox: Inbox) -> None:
    await inbox.accept(update("a", "a"), NOW)
    assert await keys(inbox, owner="one") == ["a"]
    await inbox.accept(update("b", "b"), NOW)
    assert await keys(inbox, owner="two") == ["b"]
    await inbox.release("one")
    assert await keys(inbox, owner="three") == ["a"]


async def test_an_answer_and_its_marks_are_found_by_the_next_owner(inbox: Inbox) -> None:
    await inbox.accept(update("k"), NOW)
    task = await only(inbox)
    await inbox.keep_reply(task.id, '{"text": "Chào"}')
    await inbox.mark_attempt(task.id)
    await inbox.mark_sent(task.id)
    await inbox.mark_attempt(task.id)
    after = NOW + LEASE + SECOND
    answered = replace(task, update=replace(task.update, body=""), reply='{"text": "Chào"}', parts_sent=1)
    assert await only(inbox, after) == replace(answered, is_attempted=True)


async def test_what_is_put_off_waits_for_its_time_and_keeps_its_place(inbox: Inbox) -> None:
    await inbox.accept(update("1"), NOW)
    await inbox.accept(update("2"), NOW)
    task = await only(inbox)
    await inbox.keep_reply(task.id, "{}")
    await inbox.mark_attempt(task.id)
    await inbox.put_off(task.id, NOW + 5 * SECOND)
    assert await claimed(inbox, NOW + 4 * SECOND) == ()
    again = await only(inbox, NOW + 5 * SECOND, owner="two")
    assert again == replace(task, update=replace(task.update, body=""), reply="{}", tries=1)
    await inbox.put_off(task.id, NOW + 9 * SECOND)
    assert (await only(inbox, NOW + 9 * SECOND)).tries == 2
    await inbox.close(task.id, "answered", NOW)
    assert await keys(inbox) == ["2"]


async def test_what_is_closed_stays_closed(inbox: Inbox) -> None:
    await inbox.accept(update("k"), NOW)
    task = await only(inbox)
    await inbox.close(task.id, "answered", NOW)
    await inbox.close(task.id, "failed", NOW + SECOND)
    await inbox.keep_reply(task.id, "{}")
    for mark in (inbox.mark_attempt, inbox.mark_sent):
        await mark(task.id)
    await inbox.put_off(task.id, NOW)
    assert (await claimed(inbox, NOW + timedelta(days=1)), await inbox.waiting()) == ((), ())


async def test_what_is_waiting(inbox: Inbox) -> None:
    assert await inbox.waiting() == ()
    for number, channel in enumerate(("b", "a", "b")):
        await inbox.accept(update(str(number), f"p{number}", channel=channel), NOW + number * SECOND)
    assert await inbox.waiting() == (Waiting("a", 1, NOW + SECOND), Waiting("b", 2, NOW))
    (task, _) = await inbox.claim("b", "one", NOW + SECOND * 9, NOW + LEASE * 9, 9)
    assert await inbox.waiting() == (Waiting("a", 1, NOW + SECOND), Waiting("b", 2, NOW))
    await inbox.close(task.id, "answered", NOW)
    assert await inbox.waiting() == (Waiting("a", 1, NOW + SECOND), Waiting("b", 1, NOW + 2 * SECOND))


async def test_what_nobody_has_asked_for_keeps_nobody_waiting(inbox: Inbox) -> None:
    assert await inbox.unanswered() == ()
    for number, kind in enumerate((Kind.MESSAGE, Kind.FOLLOW_UP, Kind.NOTICE, Kind.TAP)):
        await inbox.accept(replace(update(str(number), channel="a"), kind=kind), NOW + number * SECOND)
    await inbox.accept(update("9", "p", channel="b"), NOW)
    assert await inbox.unanswered() == (Waiting("a", 2, NOW), Waiting("b", 1, NOW))
    for task in await inbox.claim("a", "one", NOW, NOW + LEASE, 9):
        await inbox.close(task.id, "answered", NOW)
    assert await inbox.unanswered() == (Waiting("a", 1, NOW + 3 * SECOND), Waiting("b", 1, NOW))


@pytest.mark.parametrize("kind", Kind)
async def test_only_what_comes_from_the_person_renews_their_contact(inbox: Inbox, kind: Kind) -> None:
    await inbox.accept(replace(update("k", sent=1, address="old"), kind=Kind.MESSAGE), NOW)
    await inbox.accept(replace(update("l", sent=2, address="new"), kind=kind), NOW)
    await inbox.accept(replace(update("m", "q", sent=2), kind=kind), NOW)
    is_theirs = kind in FROM_THE_PERSON
    seen = Contact("p", "test", "new", NOW + 2 * SECOND) if is_theirs else Contact("p", "test", "old", NOW + SECOND)
    assert await inbox.contact("p") == seen
    assert await inbox.contact("q") == (Contact("q", "test", "to q", NOW + 2 * SECOND) if is_theirs else None)
    assert await inbox.contact("nobody") is None


async def test_an_update_that_comes_late_makes_nobody_seen_less(inbox: Inbox) -> None:
    await inbox.accept(update("k", sent=5), NOW)
    await inbox.accept(update("l", sent=1), NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + 5 * SECOND)


async def test_an_update_that_is_known_makes_nobody_seen(inbox: Inbox) -> None:
    await inbox.accept(update("k", sent=1), NOW)
    await inbox.accept(update("k", sent=9), NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + SECOND)


async def test_who_is_gone_and_back_again(inbox: Inbox) -> None:
    await inbox.mark_gone("p", "blocked", NOW)
    assert await inbox.contact("p") is None
    await inbox.accept(update("k"), NOW)
    await inbox.mark_gone("p", "blocked", NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW, gone="blocked")
    await inbox.accept(replace(update("l", sent=1), kind=Kind.RETURNED), NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + SECOND)
    # That they had left is worked on only now.
    await inbox.mark_gone("p", "left", NOW)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + SECOND)


async def test_the_assistant_is_silent_and_speaks_again(inbox: Inbox) -> None:
    await inbox.accept(update("k"), NOW)
    clerk = replace(update("c", sent=2), kind=Kind.CLERK)
    await inbox.silence(clerk, NOW + timedelta(hours=2))
    silent = Contact("p", "test", "to p", NOW, silent_until=NOW + timedelta(hours=2))
    assert await inbox.contact("p") == silent
    await inbox.accept(update("l", sent=3), NOW)
    assert await inbox.contact("p") == replace(silent, last_seen=NOW + 3 * SECOND)
    await inbox.silence(clerk, None)
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW + 3 * SECOND)


async def test_a_clerk_may_write_first(inbox: Inbox) -> None:
    await inbox.silence(replace(update("c", sent=2), kind=Kind.CLERK), NOW + timedelta(hours=2))
    assert await inbox.contact("p") == Contact("p", "test", "to p", NEVER_SEEN, silent_until=NOW + timedelta(hours=2))


async def test_the_answer_is_kept_with_the_conversation(store: Store) -> None:
    await store.inbox.accept(update("k"), NOW)
    task = await only(store.inbox)
    await store.record(Record(event(), "state", opinion(), Answered(task.id, '{"text": "Chào"}')))
    again = await only(store.inbox, NOW + LEASE + SECOND)
    assert (again.reply, again.update.body) == ('{"text": "Chào"}', "")
    assert (await store.conversation("p"), await store.recent_events(9), await store.recent_helpfulness(9)) == (
        "state",
        (event(),),
        (opinion(),),
    )


async def test_an_answer_to_what_is_closed_is_kept_nowhere(store: Store) -> None:
    await store.inbox.accept(update("k"), NOW)
    task = await only(store.inbox)
    await store.inbox.close(task.id, "answered", NOW)
    await store.record(Record(event(), "state", None, Answered(task.id, "{}")))
    assert (await store.conversation("p"), await store.inbox.waiting()) == ("state", ())


async def test_erasing_takes_the_contact(store: Store, fails: bool, request: pytest.FixtureRequest) -> None:
    if fails or "over memory" in request.node.name:
        pytest.skip(
            "a disk that fails, or could not be opened, cannot erase, and says so: test_resilient, test_erasing"
        )
    await store.inbox.accept(update("k"), NOW)
    await store.inbox.accept(update("l", "q"), NOW)
    await store.erase("p", NOW)
    assert [await store.inbox.contact(person) for person in "pq"] == [None, Contact("q", "test", "to q", NOW)]


async def test_contacts_and_keys_are_forgotten_and_nothing_else(store: Store, fails: bool) -> None:
    inbox = store.inbox
    for number, person in enumerate(("old", "edge", "new")):
        await inbox.accept(update(person, person, sent=number), NOW)
    await inbox.accept(update("open", "waiting", sent=9), NOW)
    for number, task in enumerate((await claimed(inbox))[:3]):
        await inbox.close(task.id, "answered", NOW + number * SECOND)
    await store.record(Record(event(1), "state"))
    gone = await store.forget(replace(cutoffs(NOW, NOW), contacts=NOW + SECOND, keys=NOW + SECOND))
    assert gone == (0 if fails else 2)
    people = ("old", "edge", "new", "waiting")
    assert [await inbox.contact(person) is not None for person in people] == [False, True, True, True]
    assert [await inbox.accept(update(key, f"again {key}"), NOW) for key in (*people[:3], "open")] == [
        True,
        False,
        False,
        False,
    ]
    assert (await store.conversation("p"), await store.recent_events(9)) == ("state", (event(1),))


async def test_what_is_open_is_never_forgotten(store: Store) -> None:
    await store.inbox.accept(update("k"), NOW)
    late = NOW + timedelta(days=999)
    await store.forget(cutoffs(late, late))
    assert await keys(store.inbox) == ["k"]
    assert not await store.inbox.accept(update("k"), late)


async def test_a_closed_row_holds_nothing_of_the_person(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    for key in ("closed", "open"):
        body = f'{{"text": "words of {key}"}}'
        await store.inbox.accept(replace(update(key, f"hash-{key}", address=f"id-{key}"), body=body), NOW)
    task = (await claimed(store.inbox))[0]
    await store.inbox.keep_reply(task.id, '{"text": "answer to closed"}')
    await store.inbox.close(task.id, "answered", NOW + SECOND)
    await store.close()
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute("select * from inbox order by id")]
    connection.close()
    personal = ("key", "person", "address", "body", "reply", "owner", "closed")
    assert [[row[name] for name in personal] for row in rows] == [
        ["closed", "", "", "", None, None, "answered"],
        ["open", "hash-open", "id-open", '{"text": "words of open"}', None, "one", None],
    ]
    kept = path.read_bytes()
    assert [word for word in ("words of closed", "answer to closed") if word.encode() in kept] == []


async def test_what_cannot_be_kept_with_the_answer_leaves_the_answer_out_too(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    await store.inbox.accept(update("k"), NOW)
    task = await only(store.inbox)
    with pytest.raises(StoreError):
        await store.record(Record(event(), "state", opinion(code=NEVER_KEPT), Answered(task.id, "{}")))
    with pytest.raises(StoreError):
        await store.record(Record(event(), "state", opinion(), Answered(task.id, NEVER_KEPT)))
    assert await only(store.inbox, NOW + LEASE + SECOND) == task
    assert (await store.conversation("p"), await store.recent_events(9), await store.recent_helpfulness(9)) == (
        None,
        (),
        (),
    )
    await store.close()


async def test_two_processes_never_claim_the_same(tmp_path: Path) -> None:
    one, two = [await SqliteStore.open(tmp_path / "data.sqlite") for _ in range(2)]
    for number in range(20):
        await one.inbox.accept(update(str(number), f"p{number}"), NOW)
    found: list[str] = []
    while batch := [*await keys(one.inbox, owner="one", limit=3), *await keys(two.inbox, owner="two", limit=3)]:
        found += batch
    assert sorted(found, key=int) == [str(number) for number in range(20)]
    await one.close()
    await two.close()


@pytest.mark.parametrize("kind", sorted(BY_ITSELF))
async def test_what_nobody_asked_for_keeps_nobody_waiting(inbox: Inbox, kind: Kind) -> None:
    await inbox.accept(replace(update("by itself"), kind=kind), NOW)
    await inbox.accept(update("a question"), NOW)
    task = await only(inbox)
    assert task.update.key == "by itself"
    await inbox.put_off(task.id, NOW + 60 * SECOND)
    assert await keys(inbox, NOW + SECOND) == ["a question"]


@pytest.mark.parametrize("kind", sorted(BY_ITSELF))
async def test_nor_does_it_overtake_what_waits(inbox: Inbox, kind: Kind) -> None:
    await inbox.accept(update("a question"), NOW)
    await inbox.accept(replace(update("by itself"), kind=kind), NOW)
    await inbox.accept(replace(update("later by itself"), kind=kind), NOW)
    task = await only(inbox)
    await inbox.put_off(task.id, NOW + 60 * SECOND)
    assert await keys(inbox, NOW + SECOND) == []
    assert await inbox.contact("p") == Contact("p", "test", "to p", NOW)


@pytest.mark.parametrize("behind", [timedelta(milliseconds=5), timedelta(seconds=30), timedelta(minutes=1)])
async def test_a_clock_that_is_a_little_behind_takes_nothing_away(inbox: Inbox, behind: timedelta) -> None:
    """Two would answer: of two claims the one that was asked for first may be written last."""
    await inbox.accept(update("1"), NOW)
    (task,) = await inbox.claim("test", "one", NOW, NOW + LEASE, 9)
    assert await inbox.claim("test", "two", NOW - behind, NOW - behind + LEASE, 9) == ()
    assert await inbox.claim("test", "two", NOW + LEASE, NOW + 2 * LEASE, 9) == ()
    later = NOW + LEASE + SECOND
    assert await inbox.claim("test", "two", later, later + LEASE, 9) == (task,)


async def test_a_clock_that_was_set_back_by_hours_waits_for_nothing(inbox: Inbox) -> None:
    await inbox.accept(update("1"), NOW)
    (task,) = await inbox.claim("test", "one", NOW, NOW + LEASE, 9)
    before = NOW - timedelta(hours=3)
    assert await inbox.claim("test", "two", before, before + LEASE, 9) == (task,)


@pytest.mark.parametrize("kind", sorted(OUT_OF_TURN))
async def test_what_was_overtaken_waits_for_what_has_overtaken_it(inbox: Inbox, kind: Kind) -> None:
    await inbox.accept(update("a question"), NOW)
    task = await only(inbox)
    await inbox.put_off(task.id, NOW + 5 * SECOND)
    await inbox.accept(replace(update("out of turn"), kind=kind), NOW)
    overtaking = await only(inbox, NOW + SECOND)
    assert overtaking.update.key == "out of turn"
    assert await keys(inbox, NOW + 6 * SECOND, owner="two") == []
    await inbox.close(overtaking.id, "done", NOW)
    assert await keys(inbox, NOW + 6 * SECOND, owner="two") == ["a question"]
