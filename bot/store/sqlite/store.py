"""The default store: one SQLite file in WAL mode, one writer behind a queue, readers beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Self, cast

from bot.errors import StoreError
from bot.store.moving.identity import check_whole
from bot.store.sql.inbox import FREE_ALL
from bot.store.sql.lanes import ReaderThreads, WriterThread
from bot.store.sql.processes import FREE_ALL as FREE_LEASES
from bot.store.sql.session import Connection, Transaction
from bot.store.sql.store import Lanes, SqlStore
from bot.store.sqlite import migrations
from bot.store.sqlite.connection import SqliteConnection, SqliteDriver
from bot.store.sqlite.sole_use import SoleUse

_READERS = 2


class SqliteStore(SqlStore):
    """Made by `SqliteStore.open`; `bot.store.interface.Store` says what the methods do."""

    def __init__(self, path: Path) -> None:
        self._driver = SqliteDriver(path)
        self._sole_use = SoleUse(path)
        self._file_writer = WriterThread(self._driver)
        self._threads = (ReaderThreads(self._driver, _READERS), ReaderThreads(self._driver, _READERS))
        super().__init__(Lanes(*self._threads, self._file_writer))

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file, made with its folder where missing, and bring its tables up to date. Raises StoreError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here, so that only its owner may read it; SQLite gives the files beside it the same rights.
            path.touch(mode=0o600)
        except OSError as error:
            what = "written" if path.exists() else "made"
            raise StoreError(f"{path} cannot be {what}: {error.strerror}") from error
        store = cls(path)
        try:
            await store._file_writer.run_alone(_prepare)
            if store._sole_use.take():
                # Whoever had claimed something is gone: nobody has to wait for a lease to run out.
                await store._file_writer.run(_free_all)
            await asyncio.to_thread(store._sole_use.share)
        except StoreError:
            await store.close()
            raise
        return store

    async def let_go(self) -> None:
        await self._file_writer.run_alone(self._driver.empty_log)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._file_writer.close()
        for readers in self._threads:
            readers.close()
        self._driver.close()
        self._sole_use.free()


def _prepare(connection: Connection) -> None:
    database = cast(SqliteConnection, connection).database
    database.enable_wal()
    migrations.apply(database)
    check_whole(connection)


def _free_all(database: Transaction) -> None:
    for statement in (*FREE_ALL, *FREE_LEASES):
        database.execute(statement)
