"""What keeps a catalogue true: what looks old, how often people ask about what, what links answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.freshness import (
    Closing,
    Demand,
    LinkAnswer,
    LinkCheck,
    LinkOutcome,
    StaleCase,
    StaleReport,
    StaleState,
)
from bot.store.interface import Record
from bot.store.sql.counting import bucket_of, count_codes
from bot.store.sql.recount import recount_codes
from bot.store.sql.session import Row, Transaction
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW, cutoffs, event

HAPPENED = "insert into events (at, channel, person, status, codes, catalogue_version) values (?, '', '', '', ?, '')"
COUNTED = "select bucket, code, n from code_use order by bucket, code"
DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)
ONE = StaleReport(NOW, "web", "p", "1.900001", "", "v1")
ACT = Act(NOW + DAY, "lan", "stale_close", "đã gọi Sở")


async def test_one_person_counts_once_a_day_for_a_code(store: SqlStore) -> None:
    stale = store.office.stale
    said = [
        await stale.add(report)
        for report in (
            *(ONE, ONE, replace(ONE, agency="H99.05"), replace(ONE, person="q", agency="H99.05", channel="zalo_oa")),
            *(replace(ONE, person=""), replace(ONE, person=""), replace(ONE, at=NOW + DAY, catalogue_version="v2")),
            replace(ONE, code="1.900002"),
        )
    ]
    assert said == [True, False, False, True, True, True, True, True]
    assert await stale.open() == (
        StaleCase(
            *("1.900001", 5, TODAY, TODAY + DAY, ("H99.05",), ("v1", "v2")),
            {"web": 4, "zalo_oa": 1},
        ),
        StaleCase("1.900002", 1, TODAY, TODAY, (), ("v1",), {"web": 1}),
    )


async def test_what_was_looked_at_is_closed_with_a_line_in_the_log(store: SqlStore) -> None:
    stale = store.office.stale
    await stale.add(ONE)
    assert await stale.close("1.900001", StaleState.FINE, "đúng rồi", ACT)
    assert await stale.open() == ()
    first = StaleCase(
        *("1.900001", 1, TODAY, TODAY, (), ("v1",), {"web": 1}),
        Closing(StaleState.FINE, "lan", NOW + DAY, "đúng rồi"),
    )
    assert await stale.closed(9) == (first,)
    entry = (await store.office.staff.entries(9))[0]
    assert replace(entry, number=0) == Entry(
        ACT, "stale:1.900001", {"state": "stale_open", "count": 1}, {"state": "stale_fine", "note": "đúng rồi"}
    )


async def test_what_is_said_afterwards_is_open_again(store: SqlStore) -> None:
    stale = store.office.stale
    await stale.add(ONE)
    await stale.close("1.900001", StaleState.FINE, "", ACT)
    assert await stale.add(replace(ONE, person="q"))
    assert [(case.count, case.state) for case in await stale.open()] == [(1, StaleState.OPEN)]
    assert await stale.close("1.900001", StaleState.MENDED, "", replace(ACT, at=NOW + 2 * DAY))
    assert [case.state for case in await stale.closed(9)] == [StaleState.MENDED, StaleState.FINE]
    assert [case.state for case in await stale.closed(1)] == [StaleState.MENDED]


async def test_nothing_is_closed_where_nothing_is_open(store: SqlStore) -> None:
    assert not await store.office.stale.close("1.900001", StaleState.FINE, "", ACT)
    assert (await store.office.stale.closed(9), await store.office.staff.entries(9)) == ((), ())


async def test_whose_it_was_goes_with_the_events_and_the_counts_stay(store: SqlStore) -> None:
    await store.office.stale.add(ONE)
    await store.office.stale.add(replace(ONE, person="q", at=NOW + DAY))
    await store.forget(cutoffs(NOW - DAY, NOW + DAY))
    assert await said(store) == [("q", "1.900001", "2026-11-22")]
    await store.erase("q", NOW)
    assert await said(store) == []
    assert [case.count for case in await store.office.stale.open()] == [2]


async def said(store: SqlStore) -> list[Row]:
    return await look(store, "select person, code, day from stale_said")


async def test_answers_about_one_procedure_are_counted_as_they_happen(store: SqlStore) -> None:
    assert await store.office.demands.since(TODAY) == Demand(None, {})
    for number, codes in enumerate((("1.1",), ("1.1",), ("1.2",), ("1.1", "1.2"), ())):
        await store.record(Record(replace(event(number), codes=codes)))
    await store.record(Record(replace(event(), at=NOW - 30 * DAY, codes=("1.3",))))
    demands = store.office.demands
    assert await demands.since(date(2025, 11, 21)) == Demand(date(2026, 10, 15), {"1.1": 2, "1.2": 1, "1.3": 1})
    assert await demands.since(date(2026, 11, 20)) == Demand(date(2026, 11, 15), {"1.1": 2, "1.2": 1})


# Each example begins with what it needs empty.
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
            st.sampled_from(["", "1.1", "1.2", "1.1 1.2"]),
        ),
        max_size=30,
    )
)
async def test_counts_are_those_of_the_events(store: SqlStore, rows: list[tuple[datetime, str]]) -> None:
    def write(database: Transaction) -> None:
        for table in ("events", "code_use"):
            database.execute(f"delete from {table}")  # noqa: S608 - our own names
        for at, codes in rows:
            database.execute(HAPPENED, [at.isoformat(), codes])
            count_codes(database, at, codes.split())

    await store._writer.run(write)
    counted = await look(store, COUNTED)
    await store._writer.run(recount_codes)
    assert await look(store, COUNTED) == counted
    singles = Counter(
        (bucket_of((at + timedelta(hours=7)).date()).isoformat(), codes) for at, codes in rows if len(codes) == 3
    )
    assert counted == [(*key, singles[key]) for key in sorted(singles)]


ANSWER = LinkAnswer(NOW, LinkOutcome.GONE, 404, "", '"abc"', "Sat, 21 Nov 2026 08:00:00 GMT")
GONE = LinkCheck("https://portal.test/b", NOW, LinkOutcome.GONE, "", ANSWER, TODAY, TODAY)
NEVER = LinkCheck("https://portal.test/a", NOW, LinkOutcome.COULD_NOT_CHECK, "dns")


async def test_a_check_takes_the_place_of_the_one_before(store: SqlStore) -> None:
    links = store.office.links
    for check in (GONE, NEVER):
        await links.keep(check)
    assert await links.listed() == (NEVER, GONE)
    again = replace(GONE, outcome=LinkOutcome.COULD_NOT_CHECK, why="timeout", tried_at=NOW + DAY)
    await links.keep(again)
    assert await links.listed() == (NEVER, again)


async def test_only_what_was_gone_on_two_days_is_surely_gone(store: SqlStore) -> None:
    links = store.office.links
    twice = replace(GONE, address="https://portal.test/c", gone_until=TODAY + DAY)
    for check in (GONE, NEVER, twice):
        await links.keep(check)
    assert await links.surely_gone() == {"https://portal.test/c"}
    assert [check.is_surely_gone for check in await links.listed()] == [False, False, True]
