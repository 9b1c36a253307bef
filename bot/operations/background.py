"""Heavy work beside the chats: in a thread, and so that they hardly notice.

One thread at a time runs Python. By default it goes on for 5 ms before another one gets its turn, and the collector
stops all of them: while an index was built, chats at 100 messages a second waited for more than a second, and wait for
some milliseconds so. The work itself takes no longer.

That does for work of some tenths of a second. A thread still takes half of what the chats have: what takes seconds
(reading and indexing a catalogue) goes to a process of its own (`bot.operations.workshop`), and comes here only where
that fails.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

_SECONDS_IN_A_ROW = 0.0001
_P = ParamSpec("_P")
_T = TypeVar("_T")


class _GivingWay:
    """What the interpreter is set to while there is such work. It has these settings once for all threads."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._at_work = 0
        self._usual_seconds = 0.0
        self._collects = False

    @contextmanager
    def during(self) -> Iterator[None]:
        with self._changing:
            self._at_work += 1
            if self._at_work == 1:
                self._usual_seconds, self._collects = sys.getswitchinterval(), gc.isenabled()
                sys.setswitchinterval(_SECONDS_IN_A_ROW)
                # A million objects that all stay: the collector would only walk them again and again.
                gc.disable()
        try:
            yield
        finally:
            with self._changing:
                self._at_work -= 1
                if self._at_work == 0:
                    sys.setswitchinterval(self._usual_seconds)
                    if self._collects:
                        gc.enable()


_giving_way = _GivingWay()


async def in_background(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The result of `work`, made in a thread that gives way to whoever is answered meanwhile."""

    def run() -> _T:
        with _giving_way.during():
            return work(*args, **kwargs)

    return await asyncio.to_thread(run)
