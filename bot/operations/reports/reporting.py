"""Reports and pictures are made in a process of their own, so that nobody in a chat waits for one.

The process is started when it is first needed. If it dies, the work is tried once more in a new one; what then fails is
told as a ReportError, and nothing but reports is affected.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import pickle
import signal
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from bot.errors import MotCuaError
from bot.operations.reports.model import ReportDocument, ReportFormat
from bot.operations.reports.writing import write_chart, write_document
from bot.ratings.charts.model import Chart, Format

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
SECONDS = 60.0
"""How long one report may take; a monthly one takes a few."""
MOST_PICTURES = 64
"""How many pictures are kept; the same overview is looked at again and again."""
MOST_WAITING = 8
"""So many posters and lists may wait; for one more one has to come back, and no report waits behind it."""
_POLITENESS = 5
"""What the system is told: everybody else first."""


class ReportError(MotCuaError):
    """A report could not be made: what came in between, and that trying again may help."""


class Reporting:
    """One other process, one report at a time. `close` it in the end; nothing is started before it is used."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()
        self._pictures: OrderedDict[bytes, bytes] = OrderedDict()
        self._is_closed = False
        self._waiting = 0

    async def chart_svg(self, chart: Chart, language: str = "vi") -> bytes:
        """Raises ReportError."""
        return await self._picture(chart, Format.SVG, language)

    async def chart_png(self, chart: Chart, language: str = "vi") -> bytes:
        """Raises ReportError."""
        return await self._picture(chart, Format.PNG, language)

    async def document(self, document: ReportDocument, form: ReportFormat) -> bytes:
        """Raises ReportError."""
        return await self._run(write_document, document, form)

    async def made(self, work: Callable[..., bytes], *arguments: object) -> bytes:
        """What `work` makes of its arguments there; both are named or plain data. Raises ReportError."""
        if self._waiting >= MOST_WAITING:
            raise ReportError("more is to be made than can be made in a while; try again later")
        self._waiting += 1
        try:
            return await self._run(work, *arguments)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """Ends the process, whatever it is at."""
        self._is_closed = True
        self._end()

    async def _picture(self, chart: Chart, form: Format, language: str) -> bytes:
        key = hashlib.sha256(pickle.dumps((chart, form, language))).digest()
        kept = self._pictures.get(key)
        if kept is None:
            kept = await self._run(write_chart, chart, form, language)
            self._pictures[key] = kept
            while len(self._pictures) > MOST_PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return kept

    async def _run(self, work: Callable[..., _T], *arguments: object) -> _T:
        async with self._turn:
            try:
                return await self._once(work, *arguments)
            except BrokenProcessPool:
                _log.warning("the process that makes reports has died; once more in a new one")
            try:
                return await self._once(work, *arguments)
            except BrokenProcessPool as error:
                raise ReportError("the process that makes reports has died twice; try again later") from error

    async def _once(self, work: Callable[..., _T], *arguments: object) -> _T:
        """Whatever ends this early (too long, given up) ends the process too: it would go on for nobody."""
        if self._is_closed:
            raise ReportError("no reports are made while the service stops")
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
        is_done = False
        try:
            future = asyncio.wrap_future(self._pool.submit(work, *arguments))
            result = await asyncio.wait_for(future, self._seconds)
            is_done = True
        except TimeoutError as error:
            raise ReportError(f"the report took longer than {self._seconds:g} seconds") from error
        finally:
            if not is_done:
                self._end()
        return result

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # No later Python would be needed to end them, but the pool keeps them to itself until 3.14.
        for process in list((pool._processes or {}).values()):
            with contextlib.suppress(ProcessLookupError, ValueError):
                process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """What the other process does first: Ctrl-C is the service's to handle, and everybody else goes first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_POLITENESS)
