"""Where the stores of tests are kept, on either engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from bot.store.opening import file_of, open_store
from bot.store.postgres.connection import PostgresConnection
from bot.store.sql.store import SqlStore
from bot.store.sqlite.connection import SqliteConnection

SQLITE, POSTGRES = "sqlite", "postgres"


@dataclass(frozen=True, slots=True)
class Place:
    """A database of either engine. `address`: as in DATABASE_URL."""

    address: str

    @property
    def engine(self) -> str:
        return POSTGRES if file_of(self.address) is None else SQLITE

    async def open(self) -> SqlStore:
        """A store on it; any number may be open at once."""
        return cast(SqlStore, await open_store(self.address))

    def connect(self) -> SqliteConnection | PostgresConnection:
        """A connection beside the stores; to be closed."""
        file = file_of(self.address)
        return PostgresConnection(self.address) if file is None else SqliteConnection(file)
