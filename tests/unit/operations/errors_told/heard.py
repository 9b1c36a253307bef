"""What the teller writes into the log, as events with their values."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.testing import capture_logs

Line = dict[str, object]


class _Kept(logging.Handler):
    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, dict):
            self._lines.append({**record.msg, "log_level": record.levelname.lower()})


@contextmanager
def hearing(name: str = "bot.operations.errors_told") -> Iterator[list[Line]]:
    """The lines of the loggers below `name`, whether or not structlog is set up to write by way of logging."""
    lines: list[Line] = []
    logger, kept = logging.getLogger(name), _Kept(lines)
    logger.addHandler(kept)
    try:
        with capture_logs() as captured:
            yield lines
        lines += map(dict, captured)
    finally:
        logger.removeHandler(kept)
