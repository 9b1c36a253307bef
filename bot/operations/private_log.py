"""The log holds nothing that says who a person is: not in messages, not in exceptions, not in what nobody caught."""

from __future__ import annotations

import logging
import sys
import threading
from traceback import format_exception
from types import TracebackType

from bot.dialogue.personal_data import Masker

_log = logging.getLogger(__name__)


class PrivateLog(logging.Filter):
    """Puts the kind of what is private in its place, as the last thing before a line is written. Never raises."""

    def __init__(self, masker: Masker) -> None:
        super().__init__()
        self._masker = masker

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True. What the record holds besides its words is made words first, so that nothing escapes."""
        record.msg, record.args = self._hidden(_message(record)), ()
        if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
            record.exc_text = "".join(format_exception(*record.exc_info)).rstrip("\n")
        record.exc_info = None
        record.exc_text = self._hidden(record.exc_text) if record.exc_text else None
        record.stack_info = self._hidden(record.stack_info) if record.stack_info else None
        return True

    def _hidden(self, text: str) -> str:
        try:
            # A line of a trace may be long; what is private in it is not.
            return "\n".join(self._masker.hide(line) for line in text.split("\n"))
        except Exception as error:  # noqa: BLE001 - a line that cannot be read is not written as it is
            return f"line_left_out: {type(error).__name__}"


def keep_log_private(masker: Masker) -> None:
    """For this process: every handler of the root, and what nobody catches is logged rather than printed."""
    for handler in (*logging.getLogger().handlers, logging.lastResort):
        if handler is not None and not any(isinstance(known, PrivateLog) for known in handler.filters):
            handler.addFilter(PrivateLog(masker))
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - logging would print the words and values of a wrong call as they are
        return f"log_call_wrong: {record.pathname}:{record.lineno}"


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("uncaught", exc_info=(kind, error, trace))


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _log.critical("uncaught_in_thread", exc_info=(told.exc_type, told.exc_value, told.exc_traceback))


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    if told.exc_value is not None:
        _log.error("uncaught_while_cleaning_up", exc_info=(told.exc_type, told.exc_value, told.exc_traceback))
