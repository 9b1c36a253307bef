"""How ratings are kept: one counts for a person, procedure and period, and what was counted follows at once."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.ratings.flags import MOST_FROM_A_LINK, MOST_FROM_AN_ADDRESS, MOST_OF_A_PERSON
from bot.ratings.model import Filing, Flag, Identity, Origin, Rating, Reason, Remark, Subject, Survey
from bot.store.figures import Count, Extent, Narrowing
from bot.store.interface import Cutoffs, Event, Record
from bot.store.sql.counting import ROLLUPS, bucket_of, next_bucket
from bot.store.sql.session import Rows, Values
from bot.store.sql.store import SqlStore
from bot.store.sqlite.connection import SqliteConnection
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.engines import Place
from tests.unit.store.looking import change, look
from tests.unit.store.ratings_samples import (
    NOW,
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
from tests.unit.store.samples import NEVER_KEPT, cutoffs

DAY = NOW.date()
TODAY = Extent(DAY, DAY)
MINUTE = timedelta(minutes=1)


async def rate(store: SqlStore, *given_: Rating) -> None:
    for each in given_:
        await store.record(record(Survey(rating=each), each.person, each.at))


async def talk(store: SqlStore, *persons: str) -> None:
    """So that a rating does not come out of nowhere."""
    for person in persons:
        await store.record(Record(Event(NOW - timedelta(hours=1), "web", person, "answered", (), "v1")))


async def counts(store: SqlStore, extent: Extent = TODAY) -> list[tuple[str, tuple[int, ...], int, int]]:
    found = await store.office.figures.counts(extent)
    return [(count.mark, count.levels, count.asked, count.answered) for count in found]


async def test_a_rating_is_kept_as_it_was_given(store: SqlStore) -> None:
    await talk(store, "p")
    full = rating(
        "p",
        4,
        scale="five",
        origin=Origin.COUNTER,
        filing=Filing.HELPER,
        identity=Identity.TOKEN,
        is_helped=True,
        flags=(Flag.TEST,),
        link="link",
        address="address",
    )
    await rate(store, full)
    ratings = store.office.ratings
    assert await ratings.last("p", SUBJECT.code, PERIOD) == full
    assert await ratings.history("p", SUBJECT.code, PERIOD) == (full,)
    assert (await ratings.is_used("p"), await ratings.is_used("q"), await ratings.is_used("")) == (True, False, False)
    assert await ratings.last("p", SUBJECT.code, "2026-11") is None


async def test_the_last_one_counts_and_the_earlier_ones_stay(store: SqlStore) -> None:
    await talk(store, "p")
    first, second = rating("p", 1), rating("p", 3, at=NOW + MINUTE, filing=Filing.COUNTER)
    await rate(store, first, second)
    ratings = store.office.ratings
    assert await ratings.last("p", SUBJECT.code, PERIOD) == second
    assert await ratings.history("p", SUBJECT.code, PERIOD) == (first, second)
    assert await store.office.figures.counts(TODAY) == (
        Count("", "three", "counter", "clean", False, (0, 0, 1, 0, 0), 0, 0),
    )


async def test_another_procedure_period_or_person_is_another_rating(store: SqlStore) -> None:
    await talk(store, "p", "q")
    other = Subject("9.999999")
    await rate(store, rating("p", 1), rating("p", 2, subject=other), rating("p", 3, period="2027-01"), rating("q", 3))
    assert await counts(store) == [("clean", (1, 1, 2, 0, 0), 0, 0)]


async def test_a_change_on_another_day_moves_the_rating_there(store: SqlStore, place: Place) -> None:
    await talk(store, "p")
    later = NOW + timedelta(days=16)
    elsewhere = replace(SUBJECT, agency="H27.02", commune="H27.101")
    await rate(store, rating("p", 1), rating("p", 1, at=later, subject=elsewhere))
    assert await counts(store) == []
    assert await counts(store, Extent(later.date(), later.date())) == [("clean", (1, 0, 0, 0, 0), 0, 0)]
    cells = {name: len(rows) for name, rows in rollups(place).items()}
    assert cells == {rollup.table: 1 for rollup in ROLLUPS}


async def test_a_remark_belongs_to_the_last_rating_and_stays_when_it_is_changed(store: SqlStore) -> None:
    await talk(store, "p")
    await rate(store, rating("p", 1), rating("p", 2, at=NOW + MINUTE))
    say = Survey(remark=Remark("p", SUBJECT.code, PERIOD, "chậm", None))
    agree = Survey(remark=Remark("p", SUBJECT.code, PERIOD, None, True))
    for survey in (say, agree):
        await store.record(record(survey))
    await rate(store, rating("p", 3, at=NOW + 2 * MINUTE))
    page = await store.office.figures.rows(TODAY)
    assert [(row.level, row.comment, row.may_be_told) for row in page.rows] == [(3, "chậm", True)]


async def test_a_remark_without_a_rating_changes_nothing(store: SqlStore) -> None:
    await talk(store, "p", "q")
    await rate(store, rating("p", 1))
    for remark in (
        Remark("q", SUBJECT.code, PERIOD, "words", True),
        Remark("p", SUBJECT.code, "2026-11", "words", True),
        Remark("p", "9.999999", PERIOD, "words", True),
    ):
        await store.record(record(Survey(remark=remark)))
    page = await store.office.figures.rows(TODAY)
    assert [(row.comment, row.may_be_told) for row in page.rows] == [(None, False)]


async def test_a_rating_and_its_remark_may_come_in_one_turn(store: SqlStore) -> None:
    said = Survey(asking(), rating("p", 2), Remark("p", SUBJECT.code, PERIOD, "words", False), obstacle())
    await store.record(record(said))
    page = await store.office.figures.rows(TODAY)
    assert ([row.comment for row in page.rows], await counts(store)) == (
        ["words"],
        [("", (0, 0, 0, 0, 0), 1, 0), ("flagged", (0, 1, 0, 0, 0), 0, 0)],
    )


async def test_who_is_asked_again_was_asked_once(store: SqlStore) -> None:
    await store.record(record(Survey(asking())))
    await store.record(record(Survey(asking(origin=Origin.FOLLOW_UP, at=NOW + MINUTE))))
    assert await counts(store) == [("", (0, 0, 0, 0, 0), 1, 0)]
    assert await counts(store, replace(TODAY, origin="follow_up")) == []


async def test_who_answers_twice_has_answered_once(store: SqlStore) -> None:
    await store.record(record(Survey(asking())))
    for minutes in range(2):
        await store.record(record(Survey(asking(is_answered=True, at=NOW + minutes * MINUTE))))
    assert await counts(store) == [("", (0, 0, 0, 0, 0), 1, 1)]


async def test_who_answers_at_once_was_asked_and_has_answered(store: SqlStore) -> None:
    await store.record(record(Survey(asking(is_answered=True))))
    await store.record(record(Survey(asking())))
    assert await counts(store) == [("", (0, 0, 0, 0, 0), 1, 1)]


async def test_an_answer_on_another_day_counts_where_the_question_was_put(store: SqlStore) -> None:
    tomorrow = NOW + timedelta(days=1)
    await store.record(record(Survey(asking())))
    await store.record(record(Survey(asking(at=tomorrow, is_answered=True, channel="zalo_oa"))))
    assert await counts(store, replace(TODAY, channel="web")) == [("", (0, 0, 0, 0, 0), 1, 1)]
    assert await counts(store, Extent(tomorrow.date(), tomorrow.date())) == []


async def test_the_last_reason_of_a_person_counts_with_their_words(store: SqlStore) -> None:
    said = (
        obstacle("p", Reason.HARD),
        obstacle("p", Reason.OTHER),
        obstacle("p", Reason.OTHER, "máy cũ", at=NOW + MINUTE),
        obstacle("p", Reason.OTHER, at=NOW + 2 * MINUTE),
        obstacle("p", Reason.FAULT, subject=Subject("9.999999")),
        obstacle("q", Reason.OTHER),
    )
    for each in said:
        await store.record(record(Survey(obstacle=each), each.person))
    found = await store.office.figures.obstacles(TODAY)
    assert (found.counts, [own.words for own in found.words]) == (((Reason.OTHER, 2), (Reason.FAULT, 1)), ["máy cũ"])


async def test_words_go_with_the_reason_that_they_were_about(store: SqlStore) -> None:
    for each in (obstacle("p", Reason.OTHER, "máy cũ"), obstacle("p", Reason.NO_NEED)):
        await store.record(record(Survey(obstacle=each)))
    found = await store.office.figures.obstacles(TODAY)
    assert (found.counts, found.words) == (((Reason.NO_NEED, 1),), ())


async def marks(store: SqlStore, person: str) -> tuple[Flag, ...]:
    (*_, last) = await store.office.ratings.history(person, SUBJECT.code, PERIOD)
    return last.flags


async def test_more_from_one_link_than_a_counter_serves_are_put_aside(store: SqlStore) -> None:
    persons = [f"p{n}" for n in range(MOST_FROM_A_LINK + 1)]
    await rate(store, *(rating(person, 3, link="l", origin=Origin.COUNTER) for person in persons))
    assert [await marks(store, person) for person in persons[-2:]] == [(), (Flag.BURST,)]
    assert await counts(store) == [("aside", (0, 0, 1, 0, 0), 0, 0), ("clean", (0, 0, MOST_FROM_A_LINK, 0, 0), 0, 0)]


async def test_more_from_one_address_than_a_household_has_are_put_aside(store: SqlStore) -> None:
    persons = [f"p{n}" for n in range(MOST_FROM_AN_ADDRESS + 1)]
    await talk(store, *persons)
    await rate(store, *(rating(person, 3, address="a") for person in persons))
    assert [await marks(store, person) for person in persons[-2:]] == [(), (Flag.BURST,)]


async def test_the_visitors_of_a_busy_counter_share_its_network(store: SqlStore) -> None:
    persons = [f"p{n}" for n in range(MOST_FROM_A_LINK + 1)]
    places = [f"l{n % 3}" for n in range(len(persons))]
    given = zip(persons, places, strict=True)
    await rate(store, *(rating(person, 3, address="a", link=link, origin=Origin.COUNTER) for person, link in given))
    assert [await marks(store, person) for person in persons[-2:]] == [(), (Flag.BURST,)]


async def test_an_hour_later_a_link_begins_anew(store: SqlStore) -> None:
    persons = [f"p{n}" for n in range(MOST_FROM_A_LINK)]
    await rate(store, *(rating(person, 3, address="a", origin=Origin.COUNTER) for person in persons))
    await rate(store, rating("q", 3, address="a", origin=Origin.COUNTER, at=NOW + 60 * MINUTE))
    assert await marks(store, "q") == ()


async def test_who_changes_a_rating_again_and_again_is_no_burst(store: SqlStore) -> None:
    changes = [
        rating("p", n % 3 + 1, address="a", link="l", origin=Origin.COUNTER, at=NOW + n * timedelta(seconds=1))
        for n in range(MOST_FROM_A_LINK + 5)
    ]
    await rate(store, *changes)
    await rate(store, rating("q", 3, address="a", link="l", origin=Origin.COUNTER))
    assert (await marks(store, "p"), await marks(store, "q")) == ((), ())


async def test_many_procedures_of_one_person_in_a_day_are_put_aside(store: SqlStore) -> None:
    await talk(store, "p")
    codes = [f"1.00000{n}" for n in range(MOST_OF_A_PERSON)]
    await rate(store, *(rating("p", 3, subject=Subject(code)) for code in codes))
    await rate(store, rating("p", 2, subject=Subject(codes[0]), at=NOW + MINUTE))
    assert await counts(store) == [("clean", (0, 1, 4, 0, 0), 0, 0)]
    await rate(store, rating("p", 3, subject=Subject("9.999999")))
    assert await counts(store) == [("aside", (0, 0, 1, 0, 0), 0, 0), ("clean", (0, 1, 4, 0, 0), 0, 0)]


async def test_a_rating_out_of_nowhere_is_flagged_and_counted(store: SqlStore) -> None:
    await rate(store, rating("p"), rating("q", origin=Origin.COUNTER))
    assert (await marks(store, "p"), await marks(store, "q")) == ((Flag.NO_CONVERSATION,), ())


async def test_staff_do_not_rate_their_own_work(store: SqlStore) -> None:
    await talk(store, "p")
    await change(store, "insert into staff_chats (person, staff, linked_at) values ('p', 'binh', '2026')")
    await rate(store, rating("p"))
    assert (await marks(store, "p"), await counts(store)) == ((Flag.STAFF,), [("aside", (0, 0, 1, 0, 0), 0, 0)])


async def test_what_is_erased_is_counted_and_of_nobody(store: SqlStore, place: Place, tmp_path: Path) -> None:
    await talk(store, "p", "q")
    await store.record(
        record(
            Survey(
                asking(),
                rating("p", 1, address="where p lives"),
                Remark("p", SUBJECT.code, PERIOD, "words of p", True),
                obstacle("p", Reason.OTHER, "more words of p"),
            )
        )
    )
    await rate(store, rating("q", 3))
    await store.erase("p", NOW)
    ratings, figures = store.office.ratings, store.office.figures
    assert rollups(place) == recounted(place)
    assert (await ratings.last("p", SUBJECT.code, PERIOD), await ratings.is_used("p")) == (None, False)
    page = await figures.rows(TODAY, Narrowing(highest=1))
    assert [(row.level, row.comment, row.may_be_told) for row in page.rows] == [(1, None, False)]
    assert ((await figures.obstacles(TODAY)).counts, (await figures.obstacles(TODAY)).words) == (
        ((Reason.OTHER, 1),),
        (),
    )
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [words for words in (b"words of p", b"where p lives") if words in kept] == []
    # The same person is another one from now on, and what was theirs is not touched again.
    await rate(store, rating("p", 2))
    assert await counts(store) == [
        ("", (0, 0, 0, 0, 0), 1, 0),
        ("aside", (1, 0, 0, 0, 0), 0, 0),
        ("clean", (0, 0, 1, 0, 0), 0, 0),
        ("flagged", (0, 1, 0, 0, 0), 0, 0),
    ]


async def test_who_deletes_their_data_and_rates_again_counts_once(store: SqlStore, place: Place) -> None:
    """Of an earlier month, in which nobody can rate any more, the figures stay as they were reported."""
    await rate(store, rating("q", 1), rating("p", 3, at=NOW - timedelta(days=30), period="2026-11"))
    for _ in range(3):
        await talk(store, "p")
        await rate(store, rating("p", 3))
        await store.erase("p", NOW)
    await rate(store, rating("p", 3))
    kept = await look(store, "select period, level, flags, mark, is_last from ratings order by id")
    assert kept == [
        ("2026-12", 1, "no_conversation", "flagged", 1),
        ("2026-11", 3, "no_conversation", "flagged", 1),
        *[("2026-12", 3, "erased", "aside", 1)] * 3,
        ("2026-12", 3, "no_conversation", "flagged", 1),
    ]
    assert rollups(place) == recounted(place)


async def test_after_its_time_nobody_can_tell_whose_a_rating_was(store: SqlStore, place: Place) -> None:
    await store.record(record(Survey(asking(), rating(), obstacle=obstacle())))
    before = rollups(place)
    kept: Cutoffs = replace(cutoffs(NOW, NOW), raters=NOW + MINUTE)
    await store.forget(kept)
    assert await store.office.ratings.last("p", SUBJECT.code, PERIOD) is None
    people = [await look(store, f"select person from {table}") for table in ("ratings", "askings", "obstacles")]  # noqa: S608
    assert (people, rollups(place)) == ([[("",)]] * 3, before)


async def test_what_cannot_be_kept_takes_no_count_with_it(store: SqlStore) -> None:
    with pytest.raises(StoreError):
        await store.record(record(Survey(asking(), rating("p", subject=replace(SUBJECT, service=NEVER_KEPT)))))
    assert (await counts(store), await store.recent_events(1)) == ([], ())


async def test_two_processes_rate_at_once(place: Place) -> None:
    stores = [await place.open() for _ in range(2)]
    await asyncio.gather(
        *(
            store.record(record(Survey(asking(f"p{n % 10}"), rating(f"p{n % 10}", n % 3 + 1, origin=Origin.COUNTER))))
            for n in range(40)
            for store in stores
        )
    )
    sums = {count.mark: sum(count.levels) for count in await stores[0].office.figures.counts(TODAY)}
    asked = sum(count.asked for count in await stores[0].office.figures.counts(TODAY))
    lasts = [await stores[1].office.ratings.last(f"p{n}", SUBJECT.code, PERIOD) for n in range(10)]
    histories = [await stores[1].office.ratings.history(f"p{n}", SUBJECT.code, PERIOD) for n in range(10)]
    assert (sums, asked) == ({"": 0, "clean": 10}, 10)
    assert [history[-1] for history in histories] == lasts
    assert [len(history) for history in histories] == [8] * 10
    for store in stores:
        await store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(surveys(), max_size=30), st.lists(st.sampled_from("pqrs"), max_size=2))
def test_what_was_counted_is_what_the_rows_come_to(place: Place, said: list[Survey], erased: list[str]) -> None:
    async def keep() -> None:
        store = await place.open()
        emptied(place)
        for survey in said:
            await store.record(record(survey))
        for person in erased:
            await store.erase(person, NOW)
        await store.close()

    asyncio.run(keep())
    assert rollups(place) == recounted(place)


@given(st.dates(max_value=datetime(9999, 12, 14, tzinfo=UTC).date()))
def test_every_day_is_in_one_bucket(day: date) -> None:
    first = bucket_of(day)
    assert (bucket_of(first), first.day in (1, 15), first <= day < next_bucket(first)) == (first, True, True)


def test_the_buckets_of_a_year() -> None:
    found, day = [], datetime(2026, 1, 1, tzinfo=UTC).date()
    while day.year == 2026:
        found.append(day)
        day = next_bucket(day)
    assert [(each.month, each.day) for each in found] == [(month, first) for month in range(1, 13) for first in (1, 15)]


async def test_no_statement_of_the_chat_reads_a_whole_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are millions of ratings, and somebody waits: every row is found by an index."""
    said: set[str] = set()
    execute = SqliteConnection.execute

    def spy(self: SqliteConnection, statement: str, values: Values = (), /) -> Rows:
        said.add(statement.strip())
        return execute(self, statement, values)

    def spy_many(self: SqliteConnection, statement: str, rows: Sequence[Sequence[object]], /) -> None:
        for row in rows:
            spy(self, statement, row)

    store = await SqliteStore.open(tmp_path / "data.sqlite")
    monkeypatch.setattr(SqliteConnection, "execute", spy)
    monkeypatch.setattr(SqliteConnection, "execute_many", spy_many)
    remark = Remark("p", SUBJECT.code, PERIOD, "words", True)
    await store.record(record(Survey(asking(), rating(), remark, obstacle())))
    await store.record(record(Survey(asking(is_answered=True), rating())))
    await store.office.ratings.last("p", SUBJECT.code, PERIOD)
    await store.office.ratings.history("p", SUBJECT.code, PERIOD)
    await store.office.ratings.is_used("p")
    await store.erase("p", NOW)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "data.sqlite")) as connection:
        plans = {
            sql: [step[3] for step in connection.execute(f"explain query plan {sql}", [None] * sql.count("?"))]
            for sql in said
            if sql.split()[0] in ("select", "insert", "update", "delete")
        }
    assert len(plans) > 30
    scans = {
        sql: plan
        for sql, plan in plans.items()
        if any(re.match(r"SCAN (?!found$|CONSTANT ROW)", step) for step in plan)
    }
    assert scans == {}
