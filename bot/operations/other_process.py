"""A process beside this one for heavy work, so that nobody in a chat waits for it. One piece of work at a time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from bot.errors import MotCuaError
from bot.operations.log_setup import LogShape, set_up_log, shape_in_use

_T = TypeVar("_T")
_POLITENESS = 5
"""What the system is told: everybody else first."""


class ProcessClosed(MotCuaError):  # noqa: N818  # Nothing went wrong: this process stops.
    """No more work is taken."""


class OtherProcess:
    """Started when it is first needed; `close` it in the end.

    It is spawned, not forked: there are threads here, and a fork would have their locks for ever.
    """

    def __init__(self, seconds: float, idle_seconds: float | None = None) -> None:
        """`seconds`: how long one piece of work may take. `idle_seconds`: ended after so long without any."""
        self.seconds = seconds
        self._idle_seconds = idle_seconds
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None
        self._is_closed = False

    async def run(self, work: Callable[..., _T], *arguments: object) -> _T:
        """What `work` makes of its arguments there; both are named or plain data.

        Raises what the work raises, TimeoutError where it takes too long, BrokenProcessPool where the process dies,
        ProcessClosed once it is closed.
        Whatever ends this early ends the process too: it would go on for nobody.
        """
        async with self._turn:
            if self._is_closed:
                raise ProcessClosed("nothing is made while the service stops")
            if self._ending is not None:
                self._ending.cancel()
            if self._pool is None:
                spawning, shape = get_context("spawn"), shape_in_use()
                self._pool = ProcessPoolExecutor(1, mp_context=spawning, initializer=_begin, initargs=(shape,))
            is_done = False
            try:
                # Starting it takes a moment.
                future = await asyncio.to_thread(_submitted, self._pool, work, arguments)
                result = await asyncio.wait_for(asyncio.wrap_future(future), self.seconds)
                is_done = True
            finally:
                if not is_done:
                    self._end()
            if self._idle_seconds is not None:
                self._ending = asyncio.get_running_loop().call_later(self._idle_seconds, self._end)
        return result

    async def close(self) -> None:
        """Ends the process, whatever it is at."""
        self._is_closed = True
        if self._ending is not None:
            self._ending.cancel()
        self._end()

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # No later Python would be needed to end them, but the pool keeps them to itself until 3.14.
        for process in list((pool._processes or {}).values()):
            with contextlib.suppress(ProcessLookupError, ValueError):
                process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[..., _T], arguments: tuple[object, ...]) -> Future[_T]:
    return pool.submit(work, *arguments)


def _begin(shape: LogShape) -> None:
    """What the other process does first: its log is written as the service's is, Ctrl-C is the service's to handle, and
    everybody else goes first."""
    set_up_log(shape)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_POLITENESS)
