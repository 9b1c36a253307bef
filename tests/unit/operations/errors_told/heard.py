"""What the teller writes into the log meanwhile, as events with their values."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

Line = dict[str, object]


class _Kept(logging.Handler):
    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        assert isinstance(record.msg, dict)
        self._lines.append({**record.msg, "level": record.levelname.lower()})


@contextmanager
def hearing(name: str = "bot.operations.errors_told") -> Iterator[list[Line]]:
    """The lines of the loggers below `name`, within the block only."""
    lines: list[Line] = []
    logger, kept = logging.getLogger(name), _Kept(lines)
    logger.addHandler(kept)
    try:
        yield lines
    finally:
        logger.removeHandler(kept)
