"""How far something long has come, told on standard error while somebody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from bot.store.backup.progress import Progress, silent


class _Bars:
    """One bar after the other, each for a stage."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._stage = ""
        self._bar: Any = None
        self._done = 0
        self._begun = 0.0

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.end()
            self._stage, self._done, self._begun = stage, 0, time.monotonic()
            self._bar = click.progressbar(
                length=max(total, 1), label=stage, item_show_func=lambda rate: rate, file=sys.stderr
            )
            self._bar.__enter__()
        seconds = time.monotonic() - self._begun
        self._bar.update(done - self._done, f"{done / seconds:,.0f} {self._unit}/s" if seconds and self._unit else None)
        self._done = done

    def end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


@contextmanager
def shown_progress(unit: str = "") -> Iterator[Progress]:
    """Nothing is shown where standard error is no terminal. `unit`: of what so many a second are told."""
    if not sys.stderr.isatty():
        yield silent
        return
    bars = _Bars(unit)
    try:
        yield bars.tell
    finally:
        bars.end()
