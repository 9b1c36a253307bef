"""Who opened a page, and is to be asked about it: in real databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.ratings.model import Subject
from bot.store.follow_ups import FollowUp
from bot.store.inbox import Kind, Update
from bot.store.sql.store import SqlStore
from tests.unit.store.engines import Place
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW, cutoffs, update

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DUE = NOW + 20 * HOUR
AN = "a" * 64
"""Keyed hashes."""
BINH = "b" * 64
BIRTH = Subject("1.001193", "1.001193.01", "H27.118", "H27.118")
LAND = Subject("1.012345", agency="H27.05")


@pytest.fixture
async def store(place: Place) -> AsyncIterator[SqlStore]:
    opened = await place.open()
    for person in (AN, BINH):
        await opened.inbox.accept(update(f"of {person}", person, channel="zalo_oa"), NOW)
    yield opened
    await opened.close()


async def opens(
    store: SqlStore, person: str, about: Subject = BIRTH, at: datetime = NOW, due: datetime | None = DUE
) -> None:
    await store.office.follow_ups.opened(person[:12], about, "web", at, due)


async def due(store: SqlStore, at: datetime = DUE) -> tuple[FollowUp, ...]:
    return await store.office.follow_ups.due(at, 9)


def question(key: str = "follow-up:1", person: str = AN) -> Update:
    return replace(update(key, person, channel="zalo_oa"), kind=Kind.FOLLOW_UP)


async def asks(store: SqlStore, number: int, at: datetime, person: str = AN) -> bool:
    return await store.office.follow_ups.hand_over(number, question(f"follow-up:{number}", person), at)


async def test_who_opened_a_page_is_asked_when_the_time_has_come(store: SqlStore) -> None:
    await opens(store, AN)
    assert await due(store, DUE - timedelta(microseconds=1)) == ()
    assert await due(store) == (FollowUp(1, AN, "zalo_oa", f"to {AN}", BIRTH, NOW, DUE, NOW),)


async def test_every_opening_is_counted_by_the_hour_and_on_the_channel_of_who_is_known(store: SqlStore) -> None:
    await opens(store, AN)
    await opens(store, AN, due=None)
    await opens(store, "")
    await opens(store, "c" * 64, at=NOW + HOUR)
    assert await look(store, "select * from event_counts order by hour, channel") == [
        ("2026-11-21T15", "web", "opened_link", 1),
        ("2026-11-21T15", "zalo_oa", "opened_link", 2),
        ("2026-11-21T16", "web", "opened_link", 1),
    ]


@pytest.mark.parametrize("who", ["", "c" * 64])
async def test_nobody_is_asked_of_whom_nothing_is_known(store: SqlStore, who: str) -> None:
    await opens(store, who)
    assert await look(store, "select * from follow_ups") == []


async def test_two_people_whose_hashes_begin_alike_are_not_asked(store: SqlStore) -> None:
    await store.inbox.accept(update("twin", "a" * 12 + "0" * 52, channel="telegram"), NOW)
    await opens(store, AN)
    assert await look(store, "select * from follow_ups") == []


async def test_who_has_left_is_not_asked(store: SqlStore) -> None:
    await store.inbox.mark_gone(AN, "left", NOW)
    await opens(store, AN)
    assert await look(store, "select * from follow_ups") == []


async def test_never_asked_where_it_is_switched_off(store: SqlStore) -> None:
    await opens(store, AN, due=None)
    assert await look(store, "select * from follow_ups") == []


async def test_the_page_opened_last_wins(store: SqlStore) -> None:
    await opens(store, AN)
    await opens(store, BINH, LAND)
    await opens(store, AN, LAND, NOW + HOUR, DUE + HOUR)
    assert await due(store, DUE + HOUR) == (
        FollowUp(2, BINH, "zalo_oa", f"to {BINH}", LAND, NOW, DUE, NOW),
        FollowUp(1, AN, "zalo_oa", f"to {AN}", LAND, NOW + HOUR, DUE + HOUR, NOW),
    )


async def test_what_is_put_off_comes_later(store: SqlStore) -> None:
    await opens(store, AN)
    await store.office.follow_ups.put_off(1, DUE + HOUR)
    assert (await due(store), [one.due_at for one in await due(store, DUE + HOUR)]) == ((), [DUE + HOUR])


async def test_it_is_handed_over_once_and_stands_in_the_inbox(store: SqlStore) -> None:
    await opens(store, AN)
    assert [await asks(store, 1, DUE), await asks(store, 1, DUE)] == [True, False]
    tasks = await store.inbox.claim("zalo_oa", "one", DUE + HOUR, DUE + 2 * HOUR, 9)
    assert [task.update.key for task in tasks] == [f"of {AN}", f"of {BINH}"]
    await store.inbox.close(tasks[0].id, "answered", DUE)
    (task,) = await store.inbox.claim("zalo_oa", "one", DUE + HOUR, DUE + 2 * HOUR, 9)
    assert (task.update, await due(store)) == (question(), ())


async def test_the_question_does_not_say_that_the_person_is_there(store: SqlStore) -> None:
    await opens(store, AN)
    await asks(store, 1, DUE)
    contact = await store.inbox.contact(AN)
    assert contact is not None
    assert contact.last_seen == NOW


async def test_who_was_asked_has_rest_for_a_day(store: SqlStore) -> None:
    await opens(store, AN)
    await asks(store, 1, DUE)
    await opens(store, AN, LAND, DUE + DAY - timedelta(seconds=1), DUE + 2 * DAY)
    assert await due(store, DUE + 9 * DAY) == ()
    await opens(store, AN, LAND, DUE + DAY, DUE + 2 * DAY)
    (after,) = await due(store, DUE + 9 * DAY)
    assert (after.subject, after.asked_at, after.asked_about_at) == (LAND, DUE, None)
    await opens(store, AN, BIRTH, DUE + DAY, DUE + 2 * DAY)
    (after,) = await due(store, DUE + 9 * DAY)
    assert (after.subject, after.asked_at, after.asked_about_at) == (BIRTH, DUE, DUE)
    assert await look(store, "select id, how from follow_ups order by id") == [(1, "asked"), (2, None)]


async def test_what_was_given_up_is_no_question(store: SqlStore) -> None:
    await opens(store, AN)
    await store.office.follow_ups.end(1, "late", DUE)
    assert (await due(store, DUE + DAY), await asks(store, 1, DUE)) == ((), False)
    await opens(store, AN, LAND, DUE, DUE)
    assert [(one.id, one.asked_at) for one in await due(store)] == [(2, None)]
    assert await look(store, "select id, how from follow_ups order by id") == [(1, "late"), (2, None)]


async def test_who_deletes_their_data_is_asked_nothing(store: SqlStore) -> None:
    await opens(store, AN)
    await asks(store, 1, DUE)
    await opens(store, AN, LAND, DUE + DAY, DUE + DAY)
    await opens(store, BINH)
    await store.erase(AN, NOW)
    assert await look(store, "select id, person from follow_ups order by id") == [(3, BINH)]


async def test_a_number_is_never_used_again(store: SqlStore) -> None:
    await opens(store, AN)
    await store.erase(AN, NOW)
    await opens(store, BINH)
    assert [one.id for one in await due(store)] == [2]


async def test_whose_contact_is_forgotten_is_not_asked(store: SqlStore) -> None:
    await opens(store, AN)
    await store.forget(cutoffs(NOW + HOUR, NOW))
    assert await due(store) == ()


async def test_they_are_forgotten_with_the_events(store: SqlStore) -> None:
    await opens(store, AN)
    await opens(store, BINH)
    await asks(store, 1, DUE)
    await store.office.follow_ups.put_off(2, DUE + HOUR)
    await store.forget(cutoffs(NOW, DUE + HOUR))
    assert await look(store, "select id from follow_ups") == [(2,)]


async def test_what_was_to_be_said_unasked_is_taken_back_when_they_ask_to_be_forgotten(store: SqlStore) -> None:
    """A notice waits for the morning: whoever writes again meanwhile is somebody else, and is told nothing of it."""
    notice = replace(update("notice:case:7", AN, channel="zalo_oa"), kind=Kind.NOTICE, body="Đã sửa xong.")
    others = replace(notice, key="notice:case:8", person=BINH, address=f"of {BINH}")
    for one in (notice, others, question("follow-up:1")):
        await store.inbox.accept(one, NOW)
    await store.erase(AN, NOW)
    await store.inbox.accept(update("again", AN, channel="zalo_oa"), NOW + HOUR)
    open_ones = "select key from inbox where closed is null and kind <> 'message' order by id"
    assert await look(store, open_ones) == [("notice:case:8",)]
    gone = "select key, closed, person, address, body from inbox where closed = 'gone' order by id"
    assert await look(store, gone) == [(key, "gone", "", "", "") for key in ("notice:case:7", "follow-up:1")]
    assert not await store.inbox.accept(notice, NOW + HOUR)
