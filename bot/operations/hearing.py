"""Hearing the errors that this process logs, for as long as something runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_TELLING = "bot.operations.errors_told"


def only_tells(record: logging.LogRecord) -> bool:
    """Whether the line tells of errors and is none itself: heard again, telling would never end."""
    return record.name.startswith(_TELLING)


@contextmanager
def hearing(handler: logging.Handler) -> Iterator[None]:
    """Within the block the handler gets every line of this process that its level lets in."""
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
