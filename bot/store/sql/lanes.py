"""Threads that own connections: readers side by side, and one writer that commits in groups."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from bot.errors import StoreError
from bot.store.sql.grouped import Grouped
from bot.store.sql.session import Connection, Driver, Read, Result, Write

_LARGEST_GROUP = 64
_TRIES = 8
"""How often a transaction is tried that others have come in the way of."""
_LONGEST_FIRST_PAUSE = 0.001
"""Seconds before the second attempt, at most; before each further one twice as many. Who came in each other's way at
once would do so again: each waits for another while."""


class ReaderThreads:
    """Threads that each own a connection; work handed to them queues up."""

    def __init__(self, driver: Driver, threads: int) -> None:
        self._driver = driver
        self._threads = threads
        self._own = threading.local()
        self._opened: list[Connection] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="store-reader")

    @property
    def threads(self) -> int:
        return self._threads

    async def run(self, work: Read[Result]) -> Result:
        """The result of `work`. Raises StoreError."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._tried, work)
        except RuntimeError as error:
            raise StoreError("the store is closed") from error

    def _tried(self, work: Read[Result]) -> Result:
        tries = _TRIES
        while True:
            try:
                connection, is_new = self._connection()
            except self._driver.faults as error:
                raise self._driver.told(error) from error
            try:
                return work(connection)
            except self._driver.faults as error:
                tries -= 1
                # It was cut while nobody used it, as when the server was restarted; or others wrote, where transactions
                # are serializable. Reading again does no harm.
                is_cut = connection.is_broken and not is_new
                if not tries or not (is_cut or self._driver.is_passing(error)):
                    raise self._driver.told(error) from error

    def _connection(self) -> tuple[Connection, bool]:
        """This thread's own, and whether it was opened just now."""
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is not None and not connection.is_broken:
            return connection, False
        if connection is not None:
            self._opened.remove(connection)
            connection.close()
            self._own.connection = None
        connection = self._own.connection = self._driver.connect()
        self._opened.append(connection)
        return connection, True

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self._opened.clear()


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Any], Any]
    is_alone: bool
    done: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Failed:
    """`is_for_all`: it has nothing to do with what was to be done. `is_locked_out`: others held what it wanted."""

    error: BaseException
    is_for_all: bool = False
    is_locked_out: bool = False


class WriterThread:
    """One thread, one connection. What is waiting when a transaction begins is written and committed with it.

    A commit that reaches the disk takes milliseconds, however much is in it: in groups, many writers share one. Each
    piece of work is all or nothing by itself: where one fails, the group is taken back, and each has a transaction of
    its own.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = threading.Lock()
        """Nothing is handed in behind the end: nobody would ever answer it."""
        self._is_closed = False
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    @property
    def is_serial(self) -> bool:
        return self._driver.is_serial

    async def run(self, work: Write[Result]) -> Result:
        """See `bot.store.sql.session.Writer`."""
        return await self._put(work, is_alone=False)

    async def run_alone(self, work: Callable[[Connection], Result]) -> Result:
        """The same outside of a transaction, for what cannot be in one (pragmas, migrations)."""
        return await self._put(work, is_alone=True)

    async def _put(self, work: Callable[[Any], Result], *, is_alone: bool) -> Result:
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
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
        if self._connection is not None:
            self._connection.close()
            self._connection = None

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
                _tell([alone], [self._tried_alone(alone)])

    def _opened(self) -> Connection:
        if self._connection is not None and self._connection.is_broken:
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._connection = self._driver.connect()
        return self._connection

    def _begun(self, *, is_hurried: bool) -> Connection:
        """A connection in a new transaction."""
        had_one = self._connection is not None
        connection = self._opened()
        try:
            connection.begin(in_batches=True, is_hurried=is_hurried)
        except self._driver.faults:
            if not had_one or not connection.is_broken:
                raise
            # It was cut while nobody used it: nothing has been said to it yet.
            connection = self._opened()
            connection.begin(in_batches=True, is_hurried=is_hurried)
        return connection

    def _tried_alone(self, job: _Job) -> Any:
        try:
            connection = self._opened()
            try:
                return job.work(connection)
            except BaseException as error:
                self._taken_back(connection, error)
                raise
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits for it
            return _Failed(self._told(error))

    def _written(self, group: Sequence[_Job]) -> list[Any]:
        """What became of each piece of work: its result, or how it failed."""
        results, error = self._in_one(group)
        if error is None or len(group) == 1 or error.is_for_all:
            return results
        results = []
        # All have waited once already: each of those that wait in vain would keep the others waiting as long again.
        is_hurried = error.is_locked_out
        for place, job in enumerate(group):
            own, error = self._in_one([job], is_hurried=is_hurried)
            results += own
            if error is not None and error.is_for_all:
                # Nobody behind it gets any further: they are not kept waiting for it.
                return results + own * (len(group) - place - 1)
        return results

    def _in_one(self, group: Sequence[_Job], *, is_hurried: bool = False) -> tuple[list[Any], _Failed | None]:
        """What became of each, in one transaction for all of them; and how it failed, where it did."""
        failed = _Failed(StoreError("never tried"))
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(random.uniform(0, _LONGEST_FIRST_PAUSE * 2**attempt))  # noqa: S311 - nothing secret
            try:
                connection = self._begun(is_hurried=is_hurried)
            except self._driver.faults as fault:
                failed = _Failed(self._told(fault), is_for_all=True)
                break
            try:
                results = self._worked(connection, group)
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits for it
                # Whoever runs alone and finds the server gone in the middle need not be followed by the others.
                is_gone = len(group) == 1 and connection.is_broken
                failed = _Failed(self._told(error), is_gone, self._driver.is_locked_out(error))
                if not self._taken_back(connection, error):
                    break
                continue
            try:
                connection.commit()
            except self._driver.faults as fault:
                # Where the answer was lost, all may be there: doing it again might do it twice.
                failed = _Failed(self._told(fault), connection.is_broken, self._driver.is_locked_out(fault))
                if not self._taken_back(connection, fault):
                    break
            else:
                self._driver.committed(len(group))
                return results, None
        return [failed] * len(group), failed

    @staticmethod
    def _worked(connection: Connection, group: Sequence[_Job]) -> list[Any]:
        transaction = Grouped(connection)
        results = [job.work(transaction) for job in group]
        transaction.write_sums()
        return results

    def _taken_back(self, connection: Connection, error: BaseException) -> bool:
        """Whether the same is worth another attempt."""
        with suppress(*self._driver.faults):
            connection.rollback()
        return self._driver.is_passing(error)

    def _told(self, error: BaseException) -> BaseException:
        return self._driver.told(error) if isinstance(error, self._driver.faults) else error


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
