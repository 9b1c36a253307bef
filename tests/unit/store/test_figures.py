"""Figures are what the rows come to: told quickly, and compared with the slow way."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ratings.model import Filing, Flag, Identity, Mark, Origin, Reason, Remark, Subject, Survey
from bot.ratings.periods import calendar_period, report_month
from bot.ratings.satisfaction import satisfaction_of
from bot.ratings.scales import FIVE, THREE
from bot.ratings.summary import groups
from bot.store.figures import (
    Count,
    Dimension,
    Extent,
    Narrowing,
    Obstacles,
    OwnWords,
    RatingPage,
    RatingRow,
    Use,
)
from bot.store.interface import Event, Record
from bot.store.sql.counting import ROLLUPS, bucket_of, next_bucket
from bot.store.sql.extent import Span, buckets, shared_out, span_of
from bot.store.sql.store import SqlStore
from tests.unit.store.engines import Place
from tests.unit.store.looking import change, look
from tests.unit.store.ratings_samples import (
    NOW,
    SUBJECT,
    asking,
    emptied,
    extents,
    obstacle,
    rating,
    record,
    slow_counts,
    surveys,
)

DAY = date(2026, 11, 20)
ONE_DAY = timedelta(days=1)
_SHARED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
ALL = Extent(date(2026, 1, 1), date(2026, 12, 31))


async def keep(store: SqlStore, *said: Survey) -> None:
    for survey in said:
        person = survey.rating.person if survey.rating else survey.asking.person if survey.asking else "p"
        await store.record(record(survey, person))


def counted(*levels: int, mark: str = "flagged", key: str = "", **others: object) -> Count:
    """Online ratings of the first levels; nobody in these tests has talked before, so they are flagged."""
    n1, n2, n3 = levels
    return replace(Count(key, "three", "online", mark, False, (n1, n2, n3, 0, 0), 0, 0), **others)  # type: ignore[arg-type]


async def test_nothing_is_no_count(store: SqlStore) -> None:
    figures = store.office.figures
    assert (await figures.counts(ALL), await figures.counts(ALL, Dimension.CODE)) == ((), ())
    assert await figures.trend([ALL, ALL]) == ((), ())
    assert await figures.rows(ALL) == RatingPage((), 0)
    assert await figures.obstacles(ALL) == Obstacles((), ())
    assert (await figures.use(DAY, DAY), await figures.is_demonstration()) == ((), False)


async def test_ratings_and_askings_are_told_apart(store: SqlStore) -> None:
    await keep(store, Survey(asking("p")), Survey(asking("q", is_answered=True), rating("q", 1)))
    assert await store.office.figures.counts(ALL, Dimension.AGENCY) == (
        Count("H27.01", "", "", "", False, (0, 0, 0, 0, 0), 2, 1),
        counted(1, 0, 0, key="H27.01"),
    )


async def test_a_breakdown_is_sorted_by_its_key(store: SqlStore) -> None:
    other = replace(SUBJECT, code="0.000009")
    await keep(store, Survey(rating=rating("p", 1)), Survey(rating=rating("q", 2, subject=other)))
    assert await store.office.figures.counts(ALL, Dimension.CODE) == (
        counted(0, 1, 0, key="0.000009"),
        counted(1, 0, 0, key="1.000001"),
    )


async def test_what_is_counted_can_be_asked_for_alone(store: SqlStore) -> None:
    await keep(
        store,
        Survey(asking("p")),
        Survey(rating=rating("p", 3)),
        Survey(rating=rating("q", 1, is_helped=True)),
        Survey(rating=rating("r", 5, scale="five")),
        Survey(rating=rating("s", 1, filing=Filing.COUNTER)),
        Survey(rating=rating("t", 1, flags=(Flag.STAFF,))),
    )
    figures = store.office.figures
    assert await figures.counted(ALL, Dimension.AGENCY, "three") == {"H27.01": (1, 0, 1, 0, 0)}
    assert await figures.counted(ALL, Dimension.AGENCY, "five") == {"H27.01": (0, 0, 0, 0, 1)}


async def test_a_trend_is_the_counts_of_each(store: SqlStore) -> None:
    await keep(store, Survey(rating=rating("p", 3)))
    months = [Extent(period.first, period.last) for period in (report_month(2026, n) for n in (11, 12))]
    assert await store.office.figures.trend(months) == ((), (counted(0, 0, 1),))


async def test_a_place_that_is_not_known_can_be_asked_for(store: SqlStore) -> None:
    await keep(store, Survey(rating=rating("p", 3, subject=Subject("1.000001"))), Survey(rating=rating("q", 1)))
    assert await store.office.figures.counts(replace(ALL, agency="")) == (counted(0, 0, 1),)


async def test_a_reader_of_no_agency_sees_nothing(store: SqlStore) -> None:
    await keep(store, Survey(rating=rating()))
    nobody = replace(ALL, agencies=frozenset())
    assert (await store.office.figures.counts(nobody), await store.office.figures.rows(nobody)) == (
        (),
        RatingPage((), 0),
    )


async def test_the_rows_behind_a_number_say_nothing_of_whose_they_are(store: SqlStore) -> None:
    given_ = rating("p", 1, is_helped=True, flags=(Flag.TEST,), link="a link", address="an address")
    await keep(store, Survey(rating=given_), Survey(remark=Remark("p", "1.000001", "2026-12", "words", True)))
    row = RatingRow(
        1,
        NOW,
        DAY,
        SUBJECT,
        "web",
        Origin.CARD,
        "three",
        1,
        Filing.ONLINE,
        True,
        Identity.ACCOUNT,
        (Flag.NO_CONVERSATION, Flag.TEST),
        Mark.ASIDE,
        "words",
        True,
        "v1",
    )
    assert await store.office.figures.rows(ALL) == RatingPage((row,), 1)


async def test_rows_are_given_the_newest_first_and_page_by_page(store: SqlStore) -> None:
    days = [datetime(2026, 11, day, 8, tzinfo=UTC) for day in (20, 22, 21)]
    await keep(store, *(Survey(rating=rating(f"p{n}", at=at)) for n, at in enumerate(days)))
    figures = store.office.figures
    pages = [await figures.rows(ALL, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [([row.day.day for row in page.rows], page.total) for page in pages] == [([22, 21], 3), ([20], 3), ([], 3)]


async def test_rows_of_one_day_are_given_the_newest_first(store: SqlStore) -> None:
    await keep(store, *(Survey(rating=rating(f"p{n}", n % 3 + 1)) for n in range(6)))
    assert [row.id for row in (await store.office.figures.rows(ALL)).rows] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("only", "ids"),
    [
        (Narrowing(highest=1), [1]),
        (Narrowing(lowest=2), [5, 4, 3, 2]),
        (Narrowing(lowest=2, highest=2), [4, 2]),
        (Narrowing(lowest=3, highest=2), []),
        (Narrowing(lowest=-3, highest=0), []),
        (Narrowing(filing=Filing.COUNTER), [2]),
        (Narrowing(mark=Mark.ASIDE), [3]),
        (Narrowing(mark=Mark.FLAGGED, is_helped=False), [5, 2, 1]),
        (Narrowing(is_helped=True), [4]),
        (Narrowing(scale="five"), [5]),
        (Narrowing(scale="three", filing=Filing.ONLINE, lowest=2), [4, 3]),
        (Narrowing(is_aside=False, lowest=2), [5, 4, 2]),
        (Narrowing(is_aside=True), [3]),
    ],
)
async def test_rows_are_narrowed(store: SqlStore, only: Narrowing, ids: list[int]) -> None:
    await keep(
        store,
        Survey(rating=rating("p1", 1)),
        Survey(rating=rating("p2", 2, filing=Filing.COUNTER)),
        Survey(rating=rating("p3", 3, flags=(Flag.STAFF,))),
        Survey(rating=rating("p4", 2, is_helped=True)),
        Survey(rating=rating("p5", 5, scale="five")),
    )
    page = await store.office.figures.rows(ALL, only)
    assert ([row.id for row in page.rows], page.total) == (ids, len(ids))


async def test_obstacles_are_counted_with_the_words_behind_them(store: SqlStore) -> None:
    await keep(
        store,
        Survey(obstacle=obstacle("p", Reason.HARD)),
        Survey(obstacle=obstacle("q", Reason.OTHER, "máy chậm")),
        Survey(obstacle=obstacle("r", Reason.HARD, "khó", channel="zalo_oa")),
    )
    about = replace(SUBJECT, service="")
    hard = OwnWords(DAY, about, "zalo_oa", Reason.HARD, "khó")
    slow = OwnWords(DAY, about, "web", Reason.OTHER, "máy chậm")
    figures = store.office.figures
    assert await figures.obstacles(ALL) == Obstacles(((Reason.HARD, 2), (Reason.OTHER, 1)), (hard, slow))
    assert await figures.obstacles(ALL, limit=1) == Obstacles(((Reason.HARD, 2), (Reason.OTHER, 1)), (hard,))
    assert await figures.obstacles(replace(ALL, channel="web", origin="card")) == Obstacles(
        ((Reason.HARD, 1), (Reason.OTHER, 1)), (slow,)
    )
    assert await figures.obstacles(replace(ALL, agency="H27.02")) == Obstacles((), ())


async def test_use_is_told_by_channel_status_and_hour(store: SqlStore) -> None:
    def at(day: int, hour: int, status: str, *, is_first: bool = False) -> Record:
        moment = datetime(2026, 11, day, hour, tzinfo=UTC)
        return Record(Event(moment, "web", "p", status, (), "v1", is_first))

    # In Vietnam it is seven hours later: the last one is on the 22nd there.
    for each in (at(20, 8, "answered", is_first=True), at(21, 8, "answered"), at(21, 9, "rated"), at(21, 17, "rated")):
        await store.record(each)
    figures = store.office.figures
    assert await figures.use(DAY, date(2026, 11, 21)) == (
        Use("web", "answered", None, 2),
        Use("web", "conversation", None, 1),
        Use("web", "rated", None, 1),
    )
    assert await figures.use(date(2026, 11, 21), date(2026, 11, 22), by_hour=True) == (
        Use("web", "answered", 15, 1),
        Use("web", "rated", 0, 1),
        Use("web", "rated", 16, 1),
    )


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        # A report month, a calendar month, a bucket.
        (date(2026, 9, 15), date(2026, 10, 14), Span((date(2026, 9, 15), date(2026, 10, 1)))),
        (date(2026, 2, 1), date(2026, 2, 28), Span((date(2026, 2, 1), date(2026, 2, 15)))),
        (date(2026, 2, 1), date(2026, 2, 14), Span((date(2026, 2, 1), date(2026, 2, 1)))),
        # Few days within, or few without.
        (date(2026, 2, 3), date(2026, 2, 5), Span(None, more=((date(2026, 2, 3), date(2026, 2, 5)),))),
        (
            date(2026, 2, 3),
            date(2026, 2, 13),
            Span(
                (date(2026, 2, 1), date(2026, 2, 1)),
                less=((date(2026, 2, 1), date(2026, 2, 2)), (date(2026, 2, 14), date(2026, 2, 14))),
            ),
        ),
        (
            date(2026, 2, 2),
            date(2026, 2, 27),
            Span(
                (date(2026, 2, 1), date(2026, 2, 15)),
                less=((date(2026, 2, 1), date(2026, 2, 1)), (date(2026, 2, 28), date(2026, 2, 28))),
            ),
        ),
        (
            date(2025, 12, 31),
            date(2026, 1, 16),
            Span(
                (date(2026, 1, 1), date(2026, 1, 1)),
                more=((date(2025, 12, 31), date(2025, 12, 31)), (date(2026, 1, 15), date(2026, 1, 16))),
            ),
        ),
        (
            date(2026, 1, 13),
            date(2026, 1, 16),
            Span(None, more=((date(2026, 1, 13), date(2026, 1, 14)), (date(2026, 1, 15), date(2026, 1, 16)))),
        ),
        (date(2026, 2, 2), date(2026, 2, 1), Span(None)),
        (date.min, date.min, Span(None)),
        (date.min, date(1, 1, 14), Span((date.min, date.min), less=((date.min, date.min),))),
        (date(9999, 12, 1), date.max, Span(None, more=((date(9999, 12, 1), date.max),))),
    ],
)
def test_a_period_is_whole_buckets_more_or_less_some_days(first: date, last: date, span: Span) -> None:
    assert span_of(first, last) == span


@given(st.dates(min_value=date(1, 1, 2), max_value=date(2100, 12, 31)), st.integers(0, 800))
def test_every_day_of_a_period_is_counted_once(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = span_of(first, last)
    days: Counter[date] = Counter()
    if span.buckets is not None:
        days.update(each(span.buckets[0], next_bucket(span.buckets[1]) - timedelta(days=1)))
    for end in span.more:
        days.update(each(*end))
    for end in span.less:
        days.subtract(each(*end))
    assert +days == Counter(each(first, last))
    assert min(days.values()) >= 0
    assert sum(len(list(each(*end))) for end in (*span.more, *span.less)) <= 16


@given(st.dates(max_value=date(2100, 12, 31)), st.integers(0, 60), st.integers(1, 4))
def test_buckets_are_shared_out_without_a_gap(first: date, count: int, shares: int) -> None:
    begins = last = bucket_of(first)
    for _ in range(count):
        last = next_bucket(last)
    parts = shared_out(begins, last, shares)
    assert len(parts) == (shares if count + 1 >= 3 * shares else 1)
    assert (parts[0][0], parts[-1][1]) == (begins, last)
    for (_, ends), (follows, _) in pairwise(parts):
        assert next_bucket(ends) == follows


def each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@given(st.dates(max_value=date(2100, 12, 31)), st.integers(0, 400))
def test_buckets_are_named_one_by_one_unless_there_are_too_many(first: date, count: int) -> None:
    begins = last = bucket_of(first)
    for _ in range(count):
        last = next_bucket(last)
    found = buckets(begins, last)
    assert (found.values[0], found.values[-1]) == (begins.isoformat(), last.isoformat())
    assert len(found.values) == (count + 1 if count < 240 else 2)


@settings(max_examples=40, deadline=None, suppress_health_check=_SHARED)
@given(st.lists(surveys(), max_size=25), st.lists(extents(), min_size=1, max_size=6))
def test_figures_equal_a_slow_recomputation_from_the_rows(
    place: Place, said: list[Survey], asked: list[Extent]
) -> None:
    async def check() -> None:
        store = await place.open()
        emptied(place)
        await keep(store, *said)
        figures = store.office.figures
        # Long ones are shared out among the readers.
        longer = [replace(each, first=each.first - 60 * ONE_DAY, last=each.last + 90 * ONE_DAY) for each in asked]
        for extent in (*asked, *longer[:2]):
            for by in (None, *Dimension):
                found = await figures.counts(extent, by)
                assert found == slow_counts(place, extent, by)
            whole = await figures.counts(extent)
            assert (await figures.trend([extent]))[0] == whole
            for by in Dimension:
                assert as_whole(await figures.counts(extent, by)) == as_whole(whole)
                for scale in (THREE, FIVE):
                    judged = groups(await figures.counts(extent, by), scale, None)
                    counted = await figures.counted(extent, by, scale.id)
                    assert {key: satisfaction_of(scale, levels) for key, levels in counted.items()} == {
                        group.key: group.counted for group in judged if group.counted.count
                    }
                    assert list(counted) == sorted(counted)
            page = await figures.rows(extent, limit=100)
            assert (len(page.rows), page.total) == (sum(sum(count.levels) for count in whole),) * 2
        await store.close()

    asyncio.run(check())


def as_whole(counts: tuple[Count, ...]) -> dict[tuple[object, ...], tuple[int, ...]]:
    """The parts put together again: the sums of each kind."""
    sums: dict[tuple[object, ...], tuple[int, ...]] = {}
    for count in counts:
        kind = (count.scale, count.filing, count.mark, count.is_helped)
        parts = (*count.levels, count.asked, count.answered)
        sums[kind] = tuple(map(sum, zip(sums.get(kind, (0,) * 7), parts, strict=True)))
    return sums


@settings(max_examples=25, deadline=None, suppress_health_check=_SHARED)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=8))
def test_changing_the_level_never_changes_how_many_there_are(place: Place, levels: list[int]) -> None:
    async def check() -> None:
        store = await place.open()
        emptied(place)
        for level in levels:
            await keep(store, Survey(rating=rating("p", level)))
            for by in (None, *Dimension):
                (count,) = await store.office.figures.counts(ALL, by)
                assert count.levels == tuple(int(n == level) for n in range(1, 6))
        await store.close()

    asyncio.run(check())


async def test_every_roll_up_is_read_and_comes_to_the_same(store: SqlStore) -> None:
    await keep(store, *(Survey(rating=rating(f"p{n}", n % 3 + 1)) for n in range(10)))
    statements = [f"select sum(n1), sum(n2), sum(n3) from {rollup.table}" for rollup in ROLLUPS]  # noqa: S608
    assert [await look(store, statement) for statement in statements] == [[(4, 3, 3)]] * len(ROLLUPS)


async def test_whole_periods_are_read_from_what_was_counted(store: SqlStore) -> None:
    """Not from the rows: they could be gone."""
    await keep(store, Survey(asking("p", is_answered=True), rating("p")))
    for table in ("ratings", "askings"):
        await change(store, f"delete from {table}")  # noqa: S608 - our own names
    year = calendar_period("2026")
    for by in (None, *Dimension):
        counts = await store.office.figures.counts(Extent(year.first, year.last), by)
        assert [(sum(count.levels), count.asked, count.answered) for count in counts] == [(0, 1, 1), (1, 0, 0)]
