"""Two stores of one database that write at the same moment, in an order that is always the same."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import TypeVar

from bot.store.postgres.connection import PostgresConnection
from bot.store.sql.lanes import WriterThread
from bot.store.sql.session import Transaction
from bot.store.sql.store import SqlStore

_DEADLINE = 20
_WAITS = """
    select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()
"""
One = TypeVar("One")
Other = TypeVar("Other")


class _Gate:
    """Work that keeps a writer busy until it is opened."""

    def __init__(self) -> None:
        self._entered = threading.Event()
        self._opened = threading.Event()

    def __call__(self, _: Transaction) -> None:
        self._entered.set()
        self._opened.wait(_DEADLINE)

    async def entered(self) -> None:
        assert await asyncio.to_thread(self._entered.wait, _DEADLINE)

    def open(self) -> None:
        self._opened.set()


async def meet(
    address: str,
    stores: tuple[SqlStore, SqlStore],
    first: Callable[[SqlStore], Awaitable[One]],
    second: Callable[[SqlStore], Awaitable[Other]],
) -> tuple[One, Other]:
    """What came of both: `second` begins when `first` has written and not committed.

    `first` commits when `second` has ended, or waits for it.
    """
    one, other = stores
    busy, before_commit = _Gate(), _Gate()
    writer = one._writer
    assert isinstance(writer, WriterThread)
    keeping = asyncio.create_task(writer.run_alone(lambda _: busy(writer)))  # type: ignore[arg-type]
    await busy.entered()
    # Both in one transaction: what `first` writes, and the gate behind it.
    beginning = asyncio.ensure_future(first(one))
    await _until(lambda: writer._jobs.qsize() > 0)
    pausing = asyncio.create_task(writer.run(before_commit))
    await _until(lambda: writer._jobs.qsize() > 1)
    busy.open()
    await keeping
    await before_commit.entered()
    coming = asyncio.ensure_future(second(other))
    with closing(PostgresConnection(address)) as looking:
        await _until(lambda: coming.done() or looking.execute(_WAITS).fetchone()[0] > 0)
    before_commit.open()
    await pausing
    return await beginning, await coming


async def _until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(_DEADLINE):
        while not happened():
            await asyncio.sleep(0.005)
