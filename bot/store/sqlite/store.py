"""The default store: one SQLite file in WAL mode, one writer behind a queue, readers beside it."""

from __future__ import annotations

import asyncio
import sqlite3
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
_SECONDS_TO_EXAMINE = 1.0
"""How long whoever opens the file first looks through it: some hundred megabytes. `doctor` looks through all."""


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
            is_first = store._sole_use.take()
            if not is_first:
                await asyncio.to_thread(store._sole_use.share)
            await asyncio.to_thread(store._examine, is_first=is_first)
            await store._file_writer.run_alone(_prepare)
            await asyncio.to_thread(store._driver.damage.hold_log)
            if is_first:
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

    def _examine(self, *, is_first: bool) -> None:
        """Raises StoreError."""
        if not is_first:
            self._driver.damage.believe_mark()
            return
        try:
            self._driver.damage.examine(_SECONDS_TO_EXAMINE)
        except sqlite3.Error as error:
            raise self._driver.told(error) from error

    def _close(self) -> None:
        damage = self._driver.damage
        if not damage.is_known:
            damage.let_go_of_log()
        self._file_writer.close()
        for readers in self._threads:
            readers.close()
        self._driver.close()
        damage.let_go_of_log()
        self._sole_use.free()


def _prepare(connection: Connection) -> None:
    database = cast(SqliteConnection, connection).database
    database.enable_wal()
    migrations.apply(database)
    check_whole(connection)


def _free_all(database: Transaction) -> None:
    for statement in (*FREE_ALL, *FREE_LEASES):
        database.execute(statement)
