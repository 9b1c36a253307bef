"""Both engines have the same tables: what differs is named here, with why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.store.planning import log_is_guarded
from bot.store.postgres.connection import PostgresConnection
from bot.store.sql.store import SqlStore
from tests.unit.store.engines import Place
from tests.unit.store.looking import change
from tests.unit.store.schemas import Table, of_postgres, of_sqlite

ONLY_SQLITE_TABLES: frozenset[str] = frozenset()
ONLY_POSTGRES_TABLES = {
    "held_names": "SQLite lets one write at a time: nobody has to hold a name",
}
ONLY_SQLITE_INDEXES = {
    ("conversations", "conversations_brought"): "of an expression on JSON, which the engines write differently",
}
ONLY_POSTGRES_INDEXES: dict[tuple[str, str], str] = {}


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqlStore]:
    opened = await Place(f"sqlite:///{tmp_path}/data.sqlite").open()
    yield opened
    await opened.close()


@pytest.fixture
async def postgres(postgres_address: str) -> AsyncIterator[SqlStore]:
    opened = await Place(postgres_address).open()
    yield opened
    await opened.close()


def without(tables: dict[str, Table], own: set[str], indexes: set[tuple[str, str]]) -> dict[str, Table]:
    return {
        name: replace(table, indexes={i: of for i, of in table.indexes.items() if (name, i) not in indexes})
        for name, table in tables.items()
        if name not in own
    }


async def test_both_engines_have_the_same_tables(sqlite: SqlStore, postgres: SqlStore) -> None:
    of_file, of_server = await of_sqlite(sqlite), await of_postgres(postgres)
    assert len(of_file) > 40
    assert without(of_file, set(ONLY_SQLITE_TABLES), set(ONLY_SQLITE_INDEXES)) == without(
        of_server, set(ONLY_POSTGRES_TABLES), set(ONLY_POSTGRES_INDEXES)
    )


async def test_what_is_named_as_other_is_there(sqlite: SqlStore, postgres: SqlStore) -> None:
    """So that the list of exceptions does not outlive them."""
    of_file, of_server = await of_sqlite(sqlite), await of_postgres(postgres)
    assert of_file.keys() - of_server.keys() >= ONLY_SQLITE_TABLES
    assert ONLY_POSTGRES_TABLES.keys() <= of_server.keys() - of_file.keys()
    assert [one for one in ONLY_SQLITE_INDEXES if one[1] not in of_file[one[0]].indexes] == []
    assert [one for one in ONLY_POSTGRES_INDEXES if one[1] not in of_server[one[0]].indexes] == []


async def test_who_guards_the_log_is_seen(store: SqlStore, place: Place) -> None:
    assert await log_is_guarded(place.address)
    for name in ("staff_log_no_delete", "staff_log_no_change"):
        await change(store, f"drop trigger if exists {name} /*! on staff_log */")
    assert not await log_is_guarded(place.address)


async def test_an_account_without_the_right_guards_it_too(postgres_address: str) -> None:
    with closing(PostgresConnection(postgres_address)) as connection:
        name = f"only_adds_{uuid4().hex}"
        connection.execute("drop trigger staff_log_no_change on staff_log")
        connection.execute(f"create role {name} login")
        connection.execute(f"grant select, insert on staff_log to {name}")
        parts = conninfo_to_dict(postgres_address)
        own = "postgresql:///?" + urlencode({**parts, "user": name})
        assert (await log_is_guarded(postgres_address), await log_is_guarded(own)) == (False, True)
        connection.execute(f"drop owned by {name}")
        connection.execute(f"drop role {name}")
