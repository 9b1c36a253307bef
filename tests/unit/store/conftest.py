"""What is said of a store holds on both engines: each test that asks for one runs on each."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.store.postgres.connection import PostgresConnection
from bot.store.postgres.dialect import translated
from bot.store.sql import grouped, lanes
from bot.store.sql.session import Rows, Values
from bot.store.sql.store import SqlStore
from tests.postgres import Server
from tests.unit.store.engines import POSTGRES, SQLITE, Place
from tests.unit.store.spoken import outside


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


_HANDING_ON = frozenset({grouped.__name__, lanes.__name__})


@pytest.fixture(autouse=True)
def only_what_all_engines_understand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each statement that a store gives to PostgreSQL in the tests of this folder is read: see `spoken`."""
    if request.path.parent != Path(__file__).parent:
        return
    execute, execute_many = PostgresConnection.execute, PostgresConnection.execute_many

    def read(statement: str) -> None:
        asked_by = sys._getframe(2)
        while asked_by.f_globals["__name__"] in _HANDING_ON and asked_by.f_back is not None:
            # It only hands on what somebody says: a test, perhaps, that breaks something.
            asked_by = asked_by.f_back
        if asked_by.f_globals["__name__"].startswith(("bot.store.sql.", "bot.store.postgres.connection")):
            assert outside(translated(statement)) == [], statement

    def read_one(connection: PostgresConnection, statement: str, values: Values = (), /) -> Rows:
        read(statement)
        return execute(connection, statement, values)

    def read_many(connection: PostgresConnection, statement: str, rows: Sequence[Sequence[Any]], /) -> None:
        read(statement)
        execute_many(connection, statement, rows)

    monkeypatch.setattr(PostgresConnection, "execute", read_one)
    monkeypatch.setattr(PostgresConnection, "execute_many", read_many)
