"""What is said of a store holds on both engines: each test that asks for one runs on each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.store.sql.store import SqlStore
from tests.postgres import Server
from tests.unit.store.engines import POSTGRES, SQLITE, Place


@pytest.fixture(params=[SQLITE, POSTGRES])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def new_place(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Makes an empty database; for those that need more than one of them."""
    if engine == SQLITE:
        numbers = iter(range(1_000_000))
        yield lambda: Place(f"sqlite:///{tmp_path}/data-{next(numbers)}.sqlite")
        return
    server: Server = request.getfixturevalue("postgres_server")
    made: list[str] = []

    def make() -> Place:
        made.append(server.new_database(has_tables=True))
        return Place(made[-1])

    yield make
    for address in made:
        server.drop(address)


@pytest.fixture
def place(engine: str, request: pytest.FixtureRequest) -> Place:
    """Where `store` is kept."""
    if engine == POSTGRES:
        return Place(request.getfixturevalue("postgres_address"))
    return Place(f"sqlite:///{request.getfixturevalue('store_file')}")


@pytest.fixture
async def store(place: Place) -> AsyncIterator[SqlStore]:
    opened = await place.open()
    yield opened
    await opened.close()
