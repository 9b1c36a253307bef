"""The ear at the log: every line from ERROR up is noted in its group, on whichever thread it is written."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

from bot.dialogue.personal_data import Masker
from bot.operations.errors_told.grouping import Group, Groups
from bot.operations.errors_told.model import Fault, Kind, Round
from bot.operations.errors_told.reading import fault_of, line_of
from bot.operations.hearing import hearing, only_tells

_UNREADABLE = Fault(Kind("line_not_understood", "", ""))


class ErrorsNoticed(logging.Handler):
    """`clock`: the time, for people to read; `ticks`: seconds that only grow. Never raises, never waits."""

    def __init__(
        self, masker: Masker, clock: Callable[[], datetime], ticks: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(logging.ERROR)
        self._masker = masker
        self._clock = clock
        self._ticks = ticks
        self._groups = Groups()

    def emit(self, record: logging.LogRecord) -> None:
        """Under the handler's own lock, as `logging` calls it."""
        if only_tells(record):
            return
        try:
            fault = fault_of(record)
            sample = "" if self._groups.knows(fault.kind) else self._masker.hide(line_of(record))
            self._groups.note(fault, self._clock(), self._ticks(), sample)
        except Exception:  # noqa: BLE001 - the line itself stands in the log; nothing may break by being told of
            self._groups.note(_UNREADABLE, self._clock(), self._ticks())

    def due(self) -> Round | None:
        """What is to be told now, see `Groups.due`."""
        with self._held():
            return self._groups.due(self._ticks())

    def rest(self) -> Round | None:
        with self._held():
            return self._groups.rest(self._ticks())

    def newest(self) -> tuple[Group, ...]:
        with self._held():
            return self._groups.newest()

    @contextmanager
    def _held(self) -> Iterator[None]:
        self.acquire()
        try:
            yield
        finally:
            self.release()


@asynccontextmanager
async def noticing(handler: ErrorsNoticed) -> AsyncIterator[ErrorsNoticed]:
    """Within the block every error of this process is noted."""
    with hearing(handler):
        yield handler
