"""A store that any number of processes share: each with a writer and readers of its own."""

from __future__ import annotations

import asyncio
from typing import Self, cast

from bot.store.moving.identity import check_whole
from bot.store.postgres import steps
from bot.store.postgres.connection import PostgresConnection, PostgresDriver
from bot.store.sql.lanes import ReaderThreads, WriterThread
from bot.store.sql.session import Connection
from bot.store.sql.store import Lanes, SqlStore

_READERS = 2
_QUICK_SECONDS = 8
"""What a statement may take that somebody waits for in a chat; what staff read may take longer."""


class PostgresStore(SqlStore):
    """Made by `PostgresStore.open`; `bot.store.interface.Store` says what the methods do."""

    def __init__(self, address: str) -> None:
        quick, slow = PostgresDriver(address, _QUICK_SECONDS), PostgresDriver(address)
        self._thread = WriterThread(quick)
        self._threads = (ReaderThreads(quick, _READERS), ReaderThreads(slow, _READERS))
        super().__init__(Lanes(*self._threads, self._thread))

    @classmethod
    async def open(cls, address: str) -> Self:
        """Reach the server and bring the tables up to date. `address`: `postgresql://…`. Raises StoreError."""
        store = cls(address)
        try:
            await store._thread.run_alone(_prepare)
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._thread.close()
        for readers in self._threads:
            readers.close()


def _prepare(connection: Connection) -> None:
    steps.apply(cast(PostgresConnection, connection))
    check_whole(connection)
