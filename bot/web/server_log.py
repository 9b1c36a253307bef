"""The log of the HTTP server underneath: what went wrong, never the request, which may hold a citizen's words."""

from __future__ import annotations

import logging


def wordless_logger() -> logging.Logger:
    """A logger that writes the kind of a fault only: no message, no trace, no address of who asked."""
    logger = logging.getLogger(__name__)
    if not any(isinstance(known, _Wordless) for known in logger.filters):
        logger.addFilter(_Wordless())
    return logger


class _Wordless(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
        record.msg, record.args = "http_request_unreadable", ()
        # What is beside the words of a record is what it carries into the log.
        vars(record)["error"] = "" if kind is None else kind.__name__
        record.exc_info = record.exc_text = record.stack_info = None
        return True
