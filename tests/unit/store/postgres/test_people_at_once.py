"""One person, deleted or moved to another key by two processes at the same moment: what is counted stays right."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import product

import pytest

from bot.ratings.model import Survey
from bot.store.sql.store import SqlStore
from tests.unit.store.engines import Place
from tests.unit.store.postgres.meeting import meet
from tests.unit.store.ratings_samples import rating, record, recounted, rollups
from tests.unit.store.samples import NOW

Change = Callable[[SqlStore], Awaitable[object]]


@pytest.fixture
async def stores(postgres_address: str) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    place = Place(postgres_address)
    one, other = await place.open(), await place.open()
    for person, level in (("new", 1), ("old", 3)):
        await one.record(record(Survey(rating=rating(person, level)), person))
    yield one, other
    await one.close()
    await other.close()


def moved(store: SqlStore) -> Awaitable[object]:
    """From the key before, under which they rated the same service later."""
    return store.office.keys.move("old", "new", "k2", NOW)


def erased(store: SqlStore) -> Awaitable[object]:
    return store.erase("new", NOW)


def rated(store: SqlStore) -> Awaitable[object]:
    return store.record(record(Survey(rating=rating("new", 2)), "new"))


@pytest.mark.parametrize(("first", "second"), list(product((moved, erased, rated), repeat=2)))
async def test_what_is_counted_stays_right(
    postgres_address: str, stores: tuple[SqlStore, SqlStore], first: Change, second: Change
) -> None:
    await meet(postgres_address, stores, first, second)
    place = Place(postgres_address)
    assert rollups(place) == recounted(place)
