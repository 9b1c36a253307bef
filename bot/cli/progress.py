"""How far something long has come, told on standard error while somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from bot.store.backup.progress import Progress, silent


class _Bars:
    """One bar after the other, each for a stage."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None
        self._done = 0

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.end()
            self._stage, self._done = stage, 0
            self._bar = click.progressbar(length=max(total, 1), label=stage, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._done)
        self._done = done

    def end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Nothing is shown where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    bars = _Bars()
    try:
        yield bars.tell
    finally:
        bars.end()
