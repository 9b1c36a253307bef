"""Counting what is logged as an error, under the name that the code gives it."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.operations.hearing import hearing, only_tells
from bot.operations.metrics import Metrics

_OURS = ("bot", "handlers")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_OTHER = "other"
LIBRARY = "library"
"""What libraries log has no name."""
_MOST_NAMES = 200


def event_of(record: logging.LogRecord) -> str:
    """What happened, in snake case; never a word that was put in when it was logged."""
    if record.name.partition(".")[0] not in _OURS:
        return LIBRARY
    # A line of structlog comes as what it is made of, any other as a sentence that begins with its name.
    told = record.msg.get("event", "") if isinstance(record.msg, Mapping) else record.getMessage()
    name = re.split(r"[\s:]", str(told), maxsplit=1)[0]
    return name if _NAME.fullmatch(name) else _OTHER


class CountedErrors(logging.Handler):
    """Counts, and writes nothing."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = metrics
        self._known: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Never raises: a call that is wrong is counted as well."""
        if only_tells(record):
            return
        try:
            name = event_of(record)
        except Exception:  # noqa: BLE001 - whatever its values are
            name = _OTHER
        if name not in self._known:
            # Names stand in the code, and are few; should one ever be made up, the figures do not grow with it.
            name = name if len(self._known) < _MOST_NAMES else _OTHER
            self._known.add(name)
        self._metrics.errors_logged.labels(name).inc()


@asynccontextmanager
async def counting_errors(metrics: Metrics) -> AsyncIterator[None]:
    """While the block runs."""
    with hearing(CountedErrors(metrics)):
        yield
