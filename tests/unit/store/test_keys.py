"""Under which keys people are known; and all that is kept of a person goes from one hash to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ratings.model import Identity, Origin, Reason, Survey
from bot.store.inbox import Contact
from bot.store.interface import Record
from bot.store.keys import Addressed, Left, UsedKey
from bot.store.register import Nature, load_register
from bot.store.sql.rekeying import MOVED
from bot.store.sql.store import SqlStore
from tests.unit.store.engines import Place
from tests.unit.store.looking import look
from tests.unit.store.ratings_samples import (
    PERIOD,
    SUBJECT,
    asking,
    emptied,
    obstacle,
    rating,
    record,
    recounted,
    rollups,
    surveys,
)
from tests.unit.store.register.filling import PERSON, fill, standing, tables_of
from tests.unit.store.samples import NOW, cutoffs, event, opinion, update

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE, AFTER = NOW - 2 * HOUR, NOW + HOUR
STAYS = {("ratings", "address"), ("erasures", "person")}
"""Of a network, and of one day; and as it stands in the backups of that time."""


def test_every_hash_of_a_person_is_moved() -> None:
    hashes = {
        (table, column.name)
        for entry in load_register().entries
        for table in entry.tables
        for column in entry.columns
        if column.nature is Nature.HASH
    }
    assert hashes - STAYS == {(table, "person") for table in MOVED}


async def test_all_of_a_person_goes_to_the_other_hash_and_nothing_else_changes(store: SqlStore, engine: str) -> None:
    tables = await tables_of(store, engine)
    await fill(store, tables, {"inbox": {"closed": None, "closed_at": None}})
    before = await standing(store, tables)
    assert await store.office.keys.move(PERSON, "new", "k2", NOW)
    after = await standing(store, tables)
    moved = {
        name: {column: "new" if column == "person" and row[column] == PERSON else row[column] for column in row}
        for name, row in before.items()
        if name != "erasures"
    } | {"erasures": before["erasures"]}
    moved["rekeyed"] |= {"fingerprint": "k2", "at": NOW.isoformat(timespec="microseconds")}
    assert after == moved
    assert {name for name, row in before.items() if row != after[name]} == set(MOVED)


async def test_of_whom_nothing_is_kept_nothing_is_moved(store: SqlStore) -> None:
    await store.record(Record(event(person="other"), "{}"))
    moved = [await store.office.keys.move(*pair, "k2", NOW) for pair in (("p", "new"), ("", "new"), ("other", "other"))]
    assert (moved, await look(store, "select count(*) from rekeyed")) == ([False, False, False], [(0,)])
    assert await store.conversation("other") == "{}"


async def test_the_newer_conversation_holds(store: SqlStore) -> None:
    for person, seconds in (("a-old", 1), ("a-new", 2), ("b-old", 2), ("b-new", 1)):
        await store.record(Record(event(seconds, person), f'"{person}"'))
    for name in ("a", "b"):
        assert await store.office.keys.move(f"{name}-old", f"{name}-new", "k2", NOW)
    kept = [await store.conversation(person) for person in ("a-old", "a-new", "b-old", "b-new")]
    assert kept == [None, '"a-new"', None, '"b-old"']
    assert sorted(one.person for one in await store.recent_events(9)) == ["a-new", "a-new", "b-new", "b-new"]


async def test_a_clerk_is_still_at_work_and_who_wrote_last_counts(store: SqlStore) -> None:
    """The first message after the change has already made a contact under the new key."""
    await store.inbox.accept(update("1", "old", sent=5), NOW)
    await store.inbox.silence(update("2", "old"), AFTER)
    await store.inbox.accept(update("3", "new", sent=9), NOW)
    assert await store.office.keys.move("old", "new", "k2", NOW)
    seen = NOW + timedelta(seconds=9)
    assert await store.inbox.contact("new") == Contact("new", "test", "to new", seen, None, AFTER)
    assert await store.inbox.contact("old") is None
    claimed = await store.inbox.claim("test", "w", NOW, AFTER, 9)
    assert [(task.update.key, task.update.person) for task in claimed] == [("1", "new")]


async def test_of_two_ratings_of_one_service_the_later_counts(store: SqlStore, place: Place) -> None:
    for person, level in (("old", 1), ("new", 3)):
        survey = Survey(
            asking(person, is_answered=True), rating(person, level), None, obstacle(person, Reason.HARD, "w")
        )
        await store.record(record(survey, person))
    await store.record(record(Survey(rating=rating("old", 2, period="2026-11")), "old"))
    assert await store.office.keys.move("old", "new", "k2", NOW)
    ratings = store.office.ratings
    assert [one.level for one in await ratings.history("new", SUBJECT.code, PERIOD)] == [1, 3]
    last = [await ratings.last("new", SUBJECT.code, period) for period in (PERIOD, "2026-11")]
    assert [None if one is None else one.level for one in last] == [3, 2]
    assert await look(store, "select person, words from obstacles order by person") == [("", ""), ("new", "w")]
    assert await look(store, "select person, is_answered from askings order by person") == [("", 1), ("new", 1)]
    assert rollups(place) == recounted(place)
    # The bad one has a case, which goes on with what stands in its place.
    assert len(await look(store, "select rating, last from cases where rating <> last")) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(surveys(), max_size=8))
async def test_what_is_counted_stays_right_whatever_was_said(place: Place, said: list[Survey]) -> None:
    store = await place.open()
    emptied(place)
    try:
        for one in said:
            person = next(part.person for part in (one.rating, one.asking) if part is not None)
            at = next(part.at for part in (one.rating, one.asking) if part is not None)
            await store.record(record(one, person, at))
        await store.office.keys.move("q", "p", "k2", NOW)
        for table in ("ratings", "askings", "events"):
            assert await look(store, f"select count(*) from {table} where person = 'q'") == [(0,)]  # noqa: S608
        assert rollups(place) == recounted(place)
    finally:
        await store.close()


async def test_of_two_questions_that_wait_the_later_is_asked(store: SqlStore) -> None:
    follow_ups, later = store.office.follow_ups, replace(SUBJECT, code="1.000002")
    for person, subject, at in (
        ("a0", SUBJECT, BEFORE),
        ("a1", later, NOW),
        ("b0", later, NOW),
        ("b1", SUBJECT, BEFORE),
    ):
        await store.inbox.accept(update(person, person), NOW)
        await follow_ups.opened(person, subject, "test", at, at)
    for name in ("a", "b"):
        assert await store.office.keys.move(f"{name}0", f"{name}1", "k2", NOW)
    due = sorted((one.person, one.subject.code) for one in await follow_ups.due(AFTER, 9))
    assert due == [("a1", later.code), ("b1", later.code)]


async def test_the_key_begun_with_last_is_that_of_the_store(store: SqlStore) -> None:
    keys = store.office.keys
    assert await keys.used() == ()
    assert await keys.begin("k1", BEFORE, frozenset({"k1"}))
    assert not await keys.begin("k2", BEFORE, frozenset({"k2", "k3"}))
    assert await keys.used() == (UsedKey("k1", BEFORE, BEFORE),)
    assert await keys.begin("k2", NOW, frozenset({"k1", "k2"}))
    assert await keys.used() == (UsedKey("k2", NOW, NOW), UsedKey("k1", BEFORE, BEFORE))
    await keys.finish("k2", AFTER)
    assert await keys.used() == (UsedKey("k2", NOW, NOW), UsedKey("k1", BEFORE, BEFORE, AFTER))
    assert await keys.begin("k1", AFTER, frozenset({"k2"}))
    assert await keys.used() == (UsedKey("k1", BEFORE, AFTER), UsedKey("k2", NOW, NOW))
    # A machine whose clock is behind: whoever begins last is the last.
    assert await keys.begin("k2", BEFORE, frozenset({"k1"}))
    assert [one.fingerprint for one in await keys.used()] == ["k2", "k1"]


async def test_of_whom_something_is_kept(store: SqlStore) -> None:
    await store.record(Record(event(person="a"), "{}"))
    await store.record(Record(event(person="b"), helpfulness=opinion(person="b")))
    await store.inbox.accept(update("1", "c"), NOW)
    assert await store.office.keys.known(("x", "c", "b", "", "a")) == ("c", "b", "a")


async def test_who_is_still_to_come_and_when_nobody_is(store: SqlStore) -> None:
    keys = store.office.keys
    assert await keys.left("k2") == Left(0, 0)
    for person in ("a", "b", "c"):
        await store.record(Record(event(-9, person), "{}"))
    link = rating("link", at=BEFORE, identity=Identity.TOKEN, origin=Origin.COUNTER)
    await store.record(record(Survey(rating=link), "link", BEFORE))
    assert await keys.begin("k1", BEFORE, frozenset())
    assert await keys.begin("k2", NOW, frozenset({"k1"}))
    await store.record(Record(event(9, "new"), "{}"))
    assert await keys.left("k2") == Left(3, 1)
    for person in ("a", "link"):
        assert await keys.move(person, f"{person}2", "k2", AFTER)
    assert await keys.left("k2") == Left(2, 0)
    # Their own wish is heard; who was moved back is to come again.
    await store.erase("b", AFTER)
    assert await keys.move("a2", "a", "k1", AFTER)
    assert await keys.left("k2") == Left(2, 0)
    await keys.finish("k2", AFTER)
    assert await look(store, "select * from rekeyed") == []


async def test_who_was_moved_long_ago_is_not_still_to_come_as_long_as_their_ratings_are_theirs(store: SqlStore) -> None:
    """By then their state is gone; a change of the key may be open for years."""
    keys, unused = store.office.keys, NOW + 400 * DAY
    await store.record(record(Survey(rating=rating("p", at=BEFORE)), "p", BEFORE))
    assert await keys.begin("k2", NOW, frozenset())
    assert await keys.move("p", "p2", "k2", AFTER)
    over = cutoffs(states=unused, events=unused)
    await store.forget(replace(over, raters=BEFORE - DAY))
    assert await keys.left("k2") == Left(0, 0)
    await store.forget(over)
    assert await look(store, "select * from rekeyed") == []


async def test_addresses_page_by_page(store: SqlStore) -> None:
    for person in ("a", "b", "c"):
        await store.inbox.accept(update(person, person), NOW)
    pages: list[list[Addressed]] = []
    behind = ""
    while page := await store.office.keys.addressed(behind, 2):
        pages.append(list(page))
        behind = page[-1].person
    assert pages == [[Addressed(p, "test", f"to {p}") for p in ("a", "b")], [Addressed("c", "test", "to c")]]


def test_a_hash_is_not_in_what_is_printed() -> None:
    assert repr(Addressed("hash", "telegram", "4711")) == "Addressed(channel='telegram')"


async def test_a_deletion_is_noted_for_backups_made_under_keys_before(store: SqlStore) -> None:
    await store.record(Record(event(person="p"), "{}"))
    for person in ("p", "nobody"):
        await store.office.keys.note_erasure(person, (f"{person} k1", f"{person} k0"), NOW)
    assert [one.person for one in await store.office.erasures.noted()] == ["p k0", "p k1"]
