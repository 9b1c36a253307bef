"""What is said of a server holds as it runs, and where transactions are serializable, as CockroachDB has them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.postgres import Server


@pytest.fixture(params=["read committed", "serializable"])
def postgres_address(request: pytest.FixtureRequest, postgres_server: Server) -> Iterator[str]:
    """Of a database with all tables and nothing in them; each test runs once at each level."""
    address = postgres_server.new_database(has_tables=True)
    with psycopg.connect(address, autocommit=True) as connection:
        own = sql.Identifier(connection.info.dbname)
        level = sql.Literal(request.param)
        connection.execute(sql.SQL("alter database {} set default_transaction_isolation = {}").format(own, level))
    yield address
    postgres_server.drop(address)
