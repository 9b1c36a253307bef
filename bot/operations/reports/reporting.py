"""Reports and pictures are made in a process of their own, so that nobody in a chat waits for one.

The process is started when it is first needed. If it dies, the work is tried once more in a new one; what then fails is
told as a ReportError, and nothing but reports is affected.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

import structlog

from bot.errors import MotCuaError
from bot.operations.other_process import OtherProcess, ProcessClosed
from bot.operations.reports.model import ReportDocument, ReportFormat
from bot.operations.reports.writing import write_chart, write_document
from bot.ratings.charts.model import Chart, Format

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")
SECONDS = 60.0
"""How long one report may take; a monthly one takes a few."""
MOST_PICTURES = 64
"""How many pictures are kept; the same overview is looked at again and again."""
MOST_WAITING = 8
"""So many posters and lists may wait; for one more one has to come back, and no report waits behind it."""


class ReportError(MotCuaError):
    """A report could not be made: what came in between, and that trying again may help."""


class Reporting:
    """One other process, one report at a time. `close` it in the end; nothing is started before it is used."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._process = OtherProcess(seconds)
        self._pictures: OrderedDict[bytes, bytes] = OrderedDict()
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
        await self._process.close()

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
        try:
            return await self._once(work, *arguments)
        except BrokenProcessPool:
            _log.warning("report_process_died", hint="once more in a new one")
        try:
            return await self._once(work, *arguments)
        except BrokenProcessPool as error:
            raise ReportError("the process that makes reports has died twice; try again later") from error

    async def _once(self, work: Callable[..., _T], *arguments: object) -> _T:
        try:
            return await self._process.run(work, *arguments)
        except ProcessClosed as error:
            raise ReportError("no reports are made while the service stops") from error
        except TimeoutError as error:
            raise ReportError(f"the report took longer than {self._process.seconds:g} seconds") from error
