"""The default store: one SQLite file in WAL mode, one writer thread behind a queue, readers beside it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database
from sqlite_utils.db import TransactionError

from bot.errors import StoreError
from bot.store.interface import Event, Helpfulness
from bot.store.migrations import migrations

_BUSY_SECONDS = 5.0
_READERS = 2
_Result = TypeVar("_Result")
_FAULTS = (sqlite3.Error, sqlite3.Warning, TransactionError, OSError, UnicodeError)

_KEEP_STATE = """
    insert into conversations (person, state, updated_at) values (?, ?, ?)
    on conflict (person) do update set state = excluded.state, updated_at = excluded.updated_at
"""
_ADD_EVENT = """
    insert into events (at, channel, person, status, codes, catalogue_version) values (?, ?, ?, ?, ?, ?)
"""
_ADD_OPINION = """
    insert into helpfulness (at, channel, person, opinion, code, catalogue_version) values (?, ?, ?, ?, ?, ?)
"""
_ERASE = (
    "delete from conversations where person = ?",
    "update events set person = '' where person = ?",
    "update helpfulness set person = '' where person = ?",
)
_RECENT_OPINIONS = """
    select at, channel, person, opinion, code, catalogue_version from helpfulness order by id desc limit ?
"""
_RECENT = """
    select at, channel, person, status, codes, catalogue_version from events order by id desc limit ?
"""


class _Lane:
    """Threads that each own a connection to the file; work handed to it queues up."""

    def __init__(self, path: Path, threads: int, name: str) -> None:
        self._path = path
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"store-{name}")

    def _database(self) -> Database:
        database: Database | None = getattr(self._own, "database", None)
        if database is None:
            # Closed from the thread that closes the store, hence not bound to this one.
            connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, check_same_thread=False)
            self._opened.append(connection)
            connection.execute("pragma synchronous = normal")
            # What is deleted is overwritten: not every build of SQLite does so unasked.
            connection.execute("pragma secure_delete = on")
            database = self._own.database = Database(connection, execute_plugins=False)
        return database

    async def run(self, work: Callable[[Database], _Result]) -> _Result:
        """The result of `work` in a thread of this lane. Raises StoreError."""

        def guarded() -> _Result:
            try:
                return work(self._database())
            except _FAULTS as error:
                raise StoreError(f"{type(error).__name__}: {error}") from error

        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, guarded)
        except RuntimeError as error:
            raise StoreError("the store is closed") from error

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self._opened.clear()


class SqliteStore:
    """Made by `SqliteStore.open`; `Store` says what the methods do."""

    def __init__(self, path: Path) -> None:
        self._writer = _Lane(path, 1, "writer")
        self._readers = _Lane(path, _READERS, "reader")

    @classmethod
    async def open(cls, path: Path) -> SqliteStore:
        """Open the file, made with its folder where missing, and bring its tables up to date. Raises StoreError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here, so that only its owner may read it; SQLite gives the files beside it the same rights.
            path.touch(mode=0o600)
        except OSError as error:
            raise StoreError(f"{path} cannot be made: {error.strerror}") from error
        store = cls(path)
        try:
            await store._writer.run(_prepare)
        except StoreError:
            await store.close()
            raise
        return store

    async def conversation(self, person: str) -> str | None:
        def read(database: Database) -> str | None:
            row = database.execute("select state from conversations where person = ?", [person]).fetchone()
            return None if row is None else str(row[0])

        return await self._readers.run(read)

    async def record(self, event: Event, state: str | None, helpfulness: Helpfulness | None = None) -> None:
        at = event.at.isoformat()
        row = [at, event.channel, event.person, event.status, " ".join(event.codes), event.catalogue_version]

        def write(database: Database) -> None:
            with _transaction(database):
                if state is not None:
                    database.execute(_KEEP_STATE, [event.person, state, at])
                database.execute(_ADD_EVENT, row)
                if helpfulness is not None:
                    database.execute(_ADD_OPINION, _opinion_row(helpfulness))

        await self._writer.run(write)

    async def erase(self, person: str) -> None:
        def write(database: Database) -> None:
            with _transaction(database):
                for statement in _ERASE:
                    database.execute(statement, [person])
            # The log beside the file holds what was written before: let go of it too.
            database.execute("pragma wal_checkpoint(truncate)").fetchall()

        await self._writer.run(write)

    async def forget(self, *, states_before: datetime, events_before: datetime) -> int:
        old = (
            ("delete from conversations where updated_at < ?", states_before),
            ("delete from events where at < ?", events_before),
            ("delete from helpfulness where at < ?", events_before),
        )

        def write(database: Database) -> int:
            with _transaction(database):
                return sum(database.execute(statement, [day.isoformat()]).rowcount for statement, day in old)

        return await self._writer.run(write)

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        def read(database: Database) -> tuple[Helpfulness, ...]:
            rows = database.execute(_RECENT_OPINIONS, [limit]).fetchall()
            return tuple(Helpfulness(datetime.fromisoformat(at), *rest) for at, *rest in rows)

        return await self._readers.run(read)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        def read(database: Database) -> tuple[Event, ...]:
            return tuple(_event(row) for row in database.execute(_RECENT, [limit]).fetchall())

        return await self._readers.run(read)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.close()
        self._readers.close()


def _prepare(database: Database) -> None:
    database.enable_wal()
    migrations.apply(database)


@contextmanager
def _transaction(database: Database) -> Iterator[None]:
    """All of it or nothing. The BEGIN waits for the lock at once, so that two processes never both read before they
    write."""
    database.execute("begin immediate")
    try:
        yield
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _opinion_row(said: Helpfulness) -> list[str | None]:
    return [said.at.isoformat(), said.channel, said.person, said.opinion, said.code, said.catalogue_version]


def _event(row: tuple[str, str, str, str, str, str]) -> Event:
    at, channel, person, status, codes, version = row
    return Event(datetime.fromisoformat(at), channel, person, status, tuple(codes.split()), version)
