from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.load import version_of
from bot.errors import StoreError
from bot.store.publications import NotPublished, Publication, PublicationKind, Publications
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.store.engines import Place
from tests.unit.store.looking import change, look
from tests.unit.store.samples import NOW

DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)
ACT = Act(NOW, "chi.lan", "catalog_publish", "danh mục quý IV")
OLD = {"a.csv": b"x\n1\n", "b/c.csv": b"y\n2\n"}
NEW = {**OLD, "a.csv": b"x\n3\n"}


def publication(contents: dict[str, bytes], since: date = TODAY) -> Publication:
    return Publication(
        number=0,
        version=version_of(contents),
        kind=PublicationKind.PUBLISHED,
        since=since,
        decision="12/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        by="chi.lan",
        at=NOW,
        reason="danh mục quý IV",
    )


FIRST, SECOND = publication(OLD), publication(NEW)


@pytest.fixture
def publications(store: SqlStore) -> Publications:
    return store.office.publications


async def count(store: SqlStore, table: str) -> int:
    [(found,)] = await look(store, f"select count(*) from {table}")  # noqa: S608 - our own names
    return int(found)


async def test_before_the_first_there_is_none(publications: Publications) -> None:
    assert await publications.listed() == ()
    assert await publications.in_force(TODAY) is None
    assert await publications.contents(FIRST.version) is None


async def test_what_is_published_is_kept_whole(publications: Publications) -> None:
    one = await publications.publish(FIRST, OLD, 0, ACT)
    two = await publications.publish(SECOND, NEW, 1, ACT)
    assert (one, two) == (replace(FIRST, number=1), replace(SECOND, number=2))
    assert await publications.listed() == (two, one)
    assert await publications.in_force(TODAY) == two
    assert [await publications.contents(one.version) for one in (FIRST, SECOND)] == [OLD, NEW]


async def test_a_file_is_kept_once(store: SqlStore, publications: Publications) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    assert await count(store, "publication_blobs") == 2
    await publications.publish(SECOND, NEW, 1, ACT)
    assert await count(store, "publication_blobs") == 3
    await publications.publish(FIRST, OLD, 2, ACT)
    assert (await count(store, "publication_blobs"), await count(store, "publication_files")) == (3, 4)


async def test_each_has_its_line_in_the_log(store: SqlStore, publications: Publications) -> None:
    later = replace(ACT, action="catalog_withdraw")
    await publications.publish(FIRST, OLD, 0, ACT)
    await publications.publish(replace(SECOND, since=TODAY + DAY, decision="", decided_on=None), NEW, 1, ACT)
    await publications.withdraw(2, later)
    told = {"version": FIRST.version, "since": "2026-11-21", "decision": "12/QĐ-UBND", "decided_on": "2026-11-20"}
    assert [replace(entry, number=0) for entry in await store.office.staff.entries(9)] == [
        Entry(later, "publication:2", {"version": SECOND.version}, {}),
        Entry(
            ACT,
            "publication:2",
            {"number": 1, "version": FIRST.version},
            {"version": SECOND.version, "since": "2026-11-22"},
        ),
        Entry(ACT, "publication:1", {}, told),
    ]


async def test_on_what_is_no_longer_in_force_nothing_is_published(store: SqlStore, publications: Publications) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    for after in (0, 2):
        assert await publications.publish(SECOND, NEW, after, ACT) is NotPublished.CHANGED
    assert await publications.contents(SECOND.version) is None
    assert len(await store.office.staff.entries(9)) == len(await publications.listed()) == 1


async def test_of_two_at_once_one_is_published(publications: Publications) -> None:
    made = await asyncio.gather(*(publications.publish(FIRST, OLD, 0, ACT) for _ in range(2)))
    assert sorted(map(str, made)) == sorted([str(NotPublished.CHANGED), str(replace(FIRST, number=1))])


async def test_one_waits_for_its_day_and_no_other_beside_it(publications: Publications) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    waiting = await publications.publish(replace(SECOND, since=TODAY + DAY), NEW, 1, ACT)
    assert isinstance(waiting, Publication)
    assert await publications.publish(FIRST, OLD, 1, ACT) is NotPublished.WAITING
    in_force = [await publications.in_force(TODAY + days * DAY) for days in (0, 1, 2)]
    assert [one and one.number for one in in_force] == [1, 2, 2]
    later = replace(ACT, at=NOW + DAY)
    assert await publications.publish(FIRST, OLD, 1, later) is NotPublished.CHANGED
    assert await publications.publish(FIRST, OLD, 2, later) == replace(FIRST, number=3)


async def test_the_day_begins_in_vietnam(publications: Publications) -> None:
    await publications.publish(replace(FIRST, since=TODAY + DAY), OLD, 0, ACT)
    midnight = NOW.replace(hour=17)
    assert await publications.publish(SECOND, NEW, 0, replace(ACT, at=midnight - timedelta(seconds=1))) is (
        NotPublished.WAITING
    )
    assert await publications.publish(SECOND, NEW, 1, replace(ACT, at=midnight)) == replace(SECOND, number=2)


async def test_what_waits_is_withdrawn_once_and_nothing_else_is(publications: Publications) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    await publications.publish(replace(SECOND, since=TODAY + DAY), NEW, 1, ACT)
    assert [await publications.withdraw(number, ACT) for number in (1, 2, 2, 3)] == [False, True, False, False]
    assert [one.withdrawn for one in await publications.listed()] == [True, False]
    in_force = await publications.in_force(TODAY + 2 * DAY)
    assert in_force == replace(FIRST, number=1)
    assert await publications.publish(SECOND, NEW, 1, ACT) == replace(SECOND, number=3)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("update publication_blobs set deflated = ?", (b"broken",)),
        (
            "delete from publication_blobs where sha256 in (select sha256 from publication_files where path = 'a.csv')",
            (),
        ),
        ("delete from publication_files where path = 'a.csv'", ()),
        ("update publication_files set path = 'z.csv' where path = 'a.csv'", ()),
    ],
)
async def test_files_that_are_not_what_was_published_are_told(
    store: SqlStore, publications: Publications, statement: str, values: tuple[bytes, ...]
) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    await change(store, statement, values)
    with pytest.raises(StoreError):
        await publications.contents(FIRST.version)
    assert await publications.in_force(TODAY) == replace(FIRST, number=1)


async def test_a_broken_file_is_mended_by_who_publishes_it_again(store: SqlStore, publications: Publications) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    await change(store, "update publication_blobs set deflated = ?", [b"broken"])
    await publications.publish(FIRST, OLD, 1, ACT)
    assert await publications.contents(FIRST.version) == OLD


async def test_where_the_disk_fails_in_the_middle_the_old_one_stands_whole(
    store: SqlStore, publications: Publications
) -> None:
    await publications.publish(FIRST, OLD, 0, ACT)
    await change(store, "alter table staff_log rename to put_aside")
    with pytest.raises(StoreError, match="staff_log"):
        await publications.publish(SECOND, NEW, 1, ACT)
    assert await publications.listed() == (replace(FIRST, number=1),)
    assert (await count(store, "publication_files"), await count(store, "publication_blobs")) == (2, 2)


FILES = st.dictionaries(
    st.text("ab/ệ.", min_size=1, max_size=8), st.binary(max_size=40) | st.sampled_from([b"", b"x" * 999]), min_size=1
)


@given(st.lists(FILES, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_files_come_back_byte_for_byte(new_place: Callable[[], Place], all_files: list[dict[str, bytes]]) -> None:
    async def run() -> None:
        store = await new_place().open()
        try:
            kept = store.office.publications
            for number, files in enumerate(all_files):
                assert isinstance(await kept.publish(publication(files), files, number, ACT), Publication)
            assert [await kept.contents(version_of(files)) for files in all_files] == all_files
        finally:
            await store.close()

    asyncio.run(run())
