"""Threads that own connections to one SQLite file: readers side by side, and one writer that commits in groups."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlite_utils import Database
from sqlite_utils.db import TransactionError

from bot.errors import StoreError

_BUSY_SECONDS = 1.0
"""How long another program may keep the file to itself: a platform waits two seconds for its acknowledgement."""
_LARGEST_GROUP = 64
_WORK_BETWEEN_CHECKPOINTS = 64
"""Some thousand pages of the log."""
_Result = TypeVar("_Result")
Work = Callable[[Database], _Result]
_FAULTS = (sqlite3.Error, sqlite3.Warning, TransactionError, OSError, UnicodeError)


def _open(path: Path) -> Database:
    # Closed from the thread that closes the store, hence not bound to the one that opens it.
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
    # An acknowledged message must outlive a power cut: each commit reaches the disk. Commits are few, see `Writer`.
    connection.execute("pragma synchronous = full")
    # What is deleted is overwritten: not every build of SQLite does so unasked.
    connection.execute("pragma secure_delete = on")
    # Nobody's commit has to carry the log over into the file as well, see `Checkpoints`.
    connection.execute("pragma wal_autocheckpoint = 0")
    return Database(connection, execute_plugins=False)


class Readers:
    """Threads that each own a connection; work handed to them queues up."""

    def __init__(self, path: Path, threads: int) -> None:
        self._path = path
        self.threads = threads
        self._own = threading.local()
        self._opened: list[Database] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="store-reader")

    def _database(self) -> Database:
        database: Database | None = getattr(self._own, "database", None)
        if database is None:
            database = self._own.database = _open(self._path)
            self._opened.append(database)
        return database

    async def run(self, work: Work[_Result]) -> _Result:
        """The result of `work`. Raises StoreError."""

        def guarded() -> _Result:
            try:
                return work(self._database())
            except _FAULTS as error:
                raise _told(error) from error

        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, guarded)
        except RuntimeError as error:
            raise StoreError("the store is closed") from error

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        for database in self._opened:
            database.close()
        self._opened.clear()


class Checkpoints:
    """A thread that carries the log beside the file over into the file, while others go on reading and writing.

    SQLite would do so within the commit that makes the log long, and within each one behind it for as long as somebody
    reads: whoever waits for that commit would wait for two more syncs of the disk.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = 0
        self._is_due = threading.Event()
        self._is_closed = False
        self._alone = threading.Lock()
        """SQLite refuses one while another is going on."""
        self._thread = threading.Thread(target=self._serve, name="store-checkpoints", daemon=True)
        self._thread.start()

    def count(self, written: int) -> None:
        """So many pieces of work have been committed. For the writer's thread."""
        self._written += written
        if self._written >= _WORK_BETWEEN_CHECKPOINTS:
            self._written = 0
            self._is_due.set()

    def empty(self, database: Database) -> None:
        """Carry all over and cut the log off; on a connection that is in no transaction."""
        with self._alone:
            database.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> None:
        self._is_closed = True
        self._is_due.set()
        self._thread.join()

    def _serve(self) -> None:
        database: Database | None = None
        while self._is_due.wait() and not self._is_closed:
            self._is_due.clear()
            # What cannot be carried over now is carried over next time.
            with suppress(*_FAULTS), self._alone:
                database = database or _open(self._path)
                database.execute("pragma wal_checkpoint(passive)").fetchall()
        if database is not None:
            database.close()


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    is_alone: bool
    done: asyncio.Future[Any]


class Writer:
    """One thread, one connection. What is waiting when a transaction begins is written and committed with it.

    A commit that reaches the disk takes milliseconds, however much is in it: in groups, many writers share one. Each
    piece of work is all or nothing by itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = threading.Lock()
        """Nothing is handed in behind the end: nobody would ever answer it."""
        self._is_closed = False
        self._database: Database | None = None
        self._checkpoints = Checkpoints(path)
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Work[_Result]) -> _Result:
        """The result of `work`, committed. It must not begin or commit. Raises StoreError."""
        return await self._put(work, is_alone=False)

    async def run_alone(self, work: Work[_Result]) -> _Result:
        """The same outside of a transaction, for what cannot be in one (pragmas, migrations)."""
        return await self._put(work, is_alone=True)

    async def let_go(self) -> None:
        """Empty the log beside the file: it holds what was written before. Raises StoreError."""
        await self.run_alone(self._checkpoints.empty)

    async def _put(self, work: Work[_Result], *, is_alone: bool) -> _Result:
        done: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        with self._closing:
            if self._is_closed:
                raise StoreError("the store is closed")
            self._jobs.put(_Job(work, is_alone, done))
        return await done

    def close(self) -> None:
        """What was handed in before is still written."""
        with self._closing:
            self._is_closed = True
            self._jobs.put(None)
        self._thread.join()
        self._checkpoints.close()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _serve(self) -> None:
        is_open = True
        while is_open:
            group: list[_Job] = []
            alone: _Job | None = None
            job = self._jobs.get()
            while job is not None and not job.is_alone:
                group.append(job)
                if len(group) == _LARGEST_GROUP:
                    break
                try:
                    job = self._jobs.get_nowait()
                except Empty:
                    break
            else:
                alone, is_open = job, job is not None
            if group:
                _tell(group, self._written(group))
            if alone is not None:
                _tell([alone], [self._tried(alone.work)])

    def _tried(self, work: Work[Any]) -> Any:
        try:
            return work(self._opened())
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits for it
            return _Failed(_told(error) if isinstance(error, _FAULTS) else error)

    def _opened(self) -> Database:
        if self._database is None:
            self._database = _open(self._path)
        return self._database

    def _written(self, group: Sequence[_Job]) -> list[Any]:
        """What became of each piece of work: its result, or how it failed."""
        try:
            database = self._opened()
            # Waits for the lock at once, so that two processes never both read before they write.
            database.execute("begin immediate")
        except _FAULTS as error:
            return [_Failed(_told(error))] * len(group)
        try:
            results = [self._saved(database, job.work) for job in group]
            database.conn.commit()
            self._checkpoints.count(len(group))
        except (StoreError, *_FAULTS) as error:
            with suppress(*_FAULTS):
                database.conn.rollback()
            return [_Failed(_told(error))] * len(group)
        return results

    def _saved(self, database: Database, work: Work[Any]) -> Any:
        database.execute("savepoint one")
        result = self._tried(work)
        if isinstance(result, _Failed):
            if not database.conn.in_transaction:
                # A full disk ends the whole transaction, whosever work it was: that is what all are told.
                raise _told(result.error)
            database.execute("rollback to one")
        database.execute("release one")
        return result


_LOCKED = "database is locked"
"""What SQLite says when it has waited in vain."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


def _told(error: BaseException) -> StoreError:
    if isinstance(error, StoreError):
        return error
    hint = "; another process is writing, try again in a minute" if _LOCKED in str(error) else ""
    told = StoreError(f"{type(error).__name__}: {error}{hint}")
    told.__cause__ = error
    return told


def _tell(group: Sequence[_Job], results: Sequence[Any]) -> None:
    """Hand the results to those who wait: one call into their loop for all of them."""

    def hand_over() -> None:
        for job, result in zip(group, results, strict=True):
            if job.done.done():
                continue
            if isinstance(result, _Failed):
                job.done.set_exception(result.error)
            else:
                job.done.set_result(result)

    with suppress(RuntimeError):
        # The loop may be gone with whoever waited.
        group[0].done.get_loop().call_soon_threadsafe(hand_over)
