"""The made-up year: whole, counted as real ratings are, the same for a seed, and never mixed with real data."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.errors import StoreError
from bot.operations.demo.filling import Demo, check_free, fill
from bot.operations.demo.province import shared_out, timeline
from bot.ratings.model import Flag
from bot.ratings.periods import report_month
from bot.ratings.scales import SCALES
from bot.settings import SHIPPED_CATALOGUE
from bot.store.figures import Count, Extent
from bot.store.interface import Record
from bot.store.registry import Switch
from bot.store.sql.counting import count_asking, count_event, count_rating
from bot.store.sqlite.demonstration import Holding, holding
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.unit.store.engines import Place
from tests.unit.store.ratings_samples import rollups
from tests.unit.store.samples import event
from tests.unit.store.transactions import AtOnce

CATALOGUE = load_catalogue(SHIPPED_CATALOGUE)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DEMO = Demo(ratings=600, events=2000)
YEAR = Extent(date(2025, 12, 15), date(2026, 11, 21))


def made(path: Path, demo: Demo = DEMO) -> Path:
    fill(path, demo, CATALOGUE, load_texts(), NOW, lambda _: None)
    return path


def read(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("demo") / "data.sqlite")


async def told(path: Path) -> tuple[tuple[Count, ...], bool]:
    store = await SqliteStore.open(path)
    try:
        return await store.office.figures.counts(YEAR), await store.office.figures.is_demonstration()
    finally:
        await store.close()


async def test_it_is_whole_and_says_what_it_is(demo: Path) -> None:
    counts, is_demonstration = await told(demo)
    sums = (sum(sum(c.levels) for c in counts), sum(c.asked for c in counts))
    events = read(demo, "select count(*), min(at), max(at) from events")
    assert (sums, is_demonstration, holding(demo)) == ((600, 1021), True, Holding.DEMONSTRATION)
    assert [(count, str(first)[:7], str(last)[:10]) for count, first, last in events] == [
        (2000, "2025-12", "2026-11-21")
    ]
    assert sum(c.answered for c in counts) >= 600
    assert {count.scale for count in counts} == {"", *SCALES}


def test_every_row_says_that_it_is_made_up(demo: Path) -> None:
    for table in ("ratings", "askings", "obstacles", "events"):
        people = read(demo, f"select distinct substr(person, 1, 4), length(person) from {table}")  # noqa: S608
        assert people == [("demo", 64)]
    words = read(demo, "select comment from ratings where comment is not null union select words from obstacles")
    assert {str(said)[:11] for (said,) in words} == {"(Minh họa) ", ""}


def test_what_was_counted_is_what_counting_as_it_happens_would_give(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "counted.sqlite"
    asyncio.run(empty(path))
    with closing(sqlite3.connect(path)) as connection, connection:
        database = AtOnce(connection)
        for day, *kinds, level in read(
            demo,
            "select day, agency, commune, code, channel, origin, scale, filing, mark, is_helped, level "
            "from ratings where is_last = 1",
        ):
            count_rating(database, str(day), tuple(kinds), int(str(level)), 1)
        for day, *place, answered in read(
            demo, "select day, agency, commune, code, channel, origin, is_answered from askings"
        ):
            count_asking(database, str(day), tuple(map(str, place)), 1, int(str(answered)))
        for at, channel, status in read(demo, "select at, channel, status from events"):
            count_event(database, datetime.fromisoformat(str(at)), str(channel), str(status))
    assert rollups(Place(f"sqlite:///{demo}")) == rollups(Place(f"sqlite:///{path}"))
    counted = "select * from event_counts where status <> 'conversation'"
    assert read(demo, counted) == read(path, counted)
    ((begun,),) = read(demo, "select sum(n) from event_counts where status = 'conversation'")
    assert 0 < int(str(begun)) < 2000


def test_one_rating_of_a_person_counts_and_those_before_it_are_older(demo: Path) -> None:
    changed = read(
        demo,
        "select count(*), sum(first.at < last.at), sum(first.id < last.id) from ratings first join ratings last "
        "using (person, code, period) where first.is_last = 0 and last.is_last = 1",
    )
    ((count, *_),) = read(demo, "select count(*) from ratings where is_last = 0")
    assert (changed, int(str(count)) > 0) == ([(count, count, count)], True)
    assert read(demo, "select 1 from ratings where is_last = 1 group by person, code, period having count(*) > 1") == []


def test_everything_named_is_known_and_within_its_period(demo: Path) -> None:
    rows = read(demo, "select code, service, agency, commune, scale, level, flags, period, day from ratings")
    services = {
        (service.service_code, agency)
        for several in CATALOGUE.services.values()
        for service in several
        for agency in service.agencies
    }
    flags = {flag.value for flag in Flag}
    for code, service, agency, commune, scale, level, flagged, period, day in (map(str, row) for row in rows):
        year, month = map(int, period.split("-"))
        assert code == service.rpartition(".")[0]
        assert (service, agency) in services
        assert commune in ("", *CATALOGUE.communes)
        assert SCALES[scale].has(int(level))
        assert set(flagged.split()) <= flags
        assert report_month(year, month).first <= date.fromisoformat(day) <= report_month(year, month).last


def test_the_same_seed_makes_the_same(demo: Path, tmp_path: Path) -> None:
    asked = "select * from ratings order by id"
    again, other = made(tmp_path / "again.sqlite"), made(tmp_path / "other.sqlite", replace(DEMO, seed=2))
    assert (read(demo, asked) == read(again, asked), read(demo, asked) == read(other, asked)) == (True, False)


def test_the_tables_are_those_of_any_store(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    asyncio.run(empty(path))
    asked = "select name, sql from sqlite_master order by name"
    assert read(demo, asked) == read(path, asked)
    assert sorted(file.name for file in demo.parent.iterdir()) == ["data.sqlite", "data.sqlite-lock"]


@pytest.mark.parametrize("small", [Demo(1, 0, 1), Demo(3, 2, 2), Demo(40, 1, 30, period_start=1)])
async def test_small_ones(tmp_path: Path, small: Demo) -> None:
    path = await asyncio.to_thread(made, tmp_path / "data.sqlite", small)
    ((ratings, events),) = read(
        path, "select (select count(*) from ratings where is_last = 1), (select count(*) from events)"
    )
    assert (ratings, events) == (small.ratings, small.events)


async def empty(path: Path) -> None:
    await (await SqliteStore.open(path)).close()


async def used(path: Path, work: Callable[[SqliteStore], Awaitable[object]]) -> None:
    store = await SqliteStore.open(path)
    await work(store)
    await store.close()


@pytest.mark.parametrize("is_demo_before", [False, True])
async def test_a_store_with_real_data_is_refused_and_left_alone(tmp_path: Path, is_demo_before: bool) -> None:
    path = tmp_path / "data.sqlite"
    if is_demo_before:
        await asyncio.to_thread(made, path, Demo(5, 5))
    await used(path, lambda store: store.record(Record(event())))
    before = path.read_bytes()
    for refused in (check_free, made):
        with pytest.raises(StoreError, match="holds real conversations, events or ratings"):
            await asyncio.to_thread(refused, path)
    assert (path.read_bytes(), holding(path)) == (before, Holding.REAL)


@pytest.mark.parametrize(
    "statement",
    [
        "insert into conversations (person, state, updated_at) values ('p', '{}', '2026')",
        "insert into contacts (person, channel, address, last_seen) values ('p', 'web', 'a', '2026')",
        "insert into events (at, channel, person, status, codes, catalogue_version) values ('', '', '', '', '', '')",
        """insert into ratings (at, day, period, person, code, service, agency, commune, channel, origin, link, address,
        scale, level, filing, is_helped, identity, flags, mark, is_last, catalogue_version)
        values ('', '', '', '', '', '', '', '', '', '', '', '', '', 1, '', 0, '', '', '', 1, '')""",
    ],
)
def test_any_trace_of_people_is_real(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "data.sqlite"
    asyncio.run(empty(path))
    assert holding(path) is Holding.NOTHING
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)
    assert holding(path) is Holding.REAL


async def test_a_demonstration_is_replaced_and_what_staff_set_is_kept(tmp_path: Path) -> None:
    path = await asyncio.to_thread(made, tmp_path / "data.sqlite", Demo(30, 5))
    switch = Switch("web", is_on=False, reason="bảo trì", changed_at=NOW)
    await used(path, lambda store: store.registry.set_switch(switch))
    await asyncio.to_thread(made, path, Demo(7, 9))
    store = await SqliteStore.open(path)
    assert await store.registry.switches() == (switch,)
    await store.close()
    assert read(path, "select count(*) from events") == [(9,)]


def test_what_is_broken_off_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "data.sqlite", Demo(30, 5))
    before = rollups(Place(f"sqlite:///{path}"))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(path, DEMO, CATALOGUE, load_texts(), NOW, stop)
    assert (rollups(Place(f"sqlite:///{path}")), sorted(file.name for file in tmp_path.iterdir())) == (
        before,
        ["data.sqlite", "data.sqlite-lock"],
    )


async def test_a_store_in_use_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    assert await store.conversation("p") is None
    with pytest.raises(StoreError, match="another process has the store open"):
        await asyncio.to_thread(made, path)
    await store.record(Record(event()))
    assert len(await store.recent_events(2)) == 1
    await store.close()


def test_no_file_is_nothing(tmp_path: Path) -> None:
    assert (check_free(tmp_path / "none.sqlite"), list(tmp_path.iterdir())) == (Holding.NOTHING, [])


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    path.write_text("this is no database, but long enough to be looked at " * 50)
    with pytest.raises(StoreError, match="file is not a database"):
        check_free(path)


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 10), min_size=1, max_size=40))
def test_what_is_shared_out_adds_up(total: int, weights: list[float]) -> None:
    found = shared_out(total, np.array(weights))
    assert (int(found.sum()), len(found), int(found.min()) >= 0) == (total, len(weights), True)


@pytest.mark.parametrize(
    ("start", "first"), [(15, date(2025, 12, 15)), (1, date(2025, 12, 1)), (28, date(2025, 11, 28))]
)
def test_a_timeline_is_whole_report_months_up_to_its_last_day(start: int, first: date) -> None:
    line = timeline(date(2026, 11, 21), 12, start, np.random.default_rng(1))
    days = Counter(day for period in line.periods for day in line.within(period).tolist())
    assert (line.days[0], line.days[-1], len(line.periods)) == (first, date(2026, 11, 21), 12)
    assert days == Counter(range(len(line.days)))
