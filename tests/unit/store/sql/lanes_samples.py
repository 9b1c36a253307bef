"""Works that wait for a writer at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from bot.store.sql.lanes import WriterThread
from bot.store.sql.session import Database, Transaction

Result = TypeVar("Result")


class Gate:
    """Work that keeps the writer busy until it is opened, so that what follows waits together."""

    def __init__(self) -> None:
        self._entered = threading.Event()
        self._opened = threading.Event()

    def __call__(self, _: Database) -> None:
        self._entered.set()
        assert self._opened.wait(10)

    async def entered(self) -> None:
        await asyncio.to_thread(self._entered.wait, 10)

    def open(self) -> None:
        self._opened.set()


async def together(writer: WriterThread, *works: Callable[[Transaction], Result]) -> list[Result | BaseException]:
    """The results of works that wait at once, in their order."""
    gate = Gate()
    first = asyncio.create_task(writer.run_alone(gate))
    await gate.entered()
    waiting = asyncio.gather(*(writer.run(work) for work in works), return_exceptions=True)
    # One turn of the loop each: all of them are handed in before the gate opens.
    while writer._jobs.qsize() < len(works):
        await asyncio.sleep(0)
    gate.open()
    await first
    return await waiting
