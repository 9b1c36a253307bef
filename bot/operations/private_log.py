"""The log holds nothing that says who a person is: not in messages, not in exceptions, not in what nobody caught."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Mapping
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.dialogue.personal_data import Masker

_log = structlog.get_logger(__name__)
_OURS = frozenset({"time", "level", "logger"})
"""What a line begins with; nobody's words are in it."""
_NAME = re.compile("[a-z_]{1,40}")
"""Most values: one word of our own, in which there is nothing to look for."""
_SHORT = 10**8
"""A number below it is nobody's."""


class Hiding:
    """Puts the kind of what is private in its place, in every value, as the last thing before a line is made of them.

    Never raises. What is neither a text nor a number is made a text first, so that nothing escapes.
    """

    def __init__(self, masker: Masker) -> None:
        self._masker = masker

    def __call__(self, _logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
        return {key: value if key in _OURS else self._hidden(value) for key, value in line.items()}

    def _hidden(self, value: object) -> object:
        try:
            return self._without(value)
        except Exception as error:  # noqa: BLE001 - a value that cannot be read is not written as it is
            return f"value_left_out: {type(error).__name__}"

    def _without(self, value: object) -> object:
        match value:
            case None | bool():
                return value
            case str():
                return value if _NAME.fullmatch(value) else self._text(value)
            case int() | float() if abs(value) < _SHORT:
                return value
            case int() | float():
                return value if self._text(str(value)) == str(value) else self._text(str(value))
            case Mapping():
                return {self._text(str(key)): self._without(one) for key, one in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._without(one) for one in value]
            case _:
                return self._text(str(value))

    def _text(self, text: str) -> str:
        # A line of a trace may be long; what is private in it is not.
        return "\n".join(self._masker.hide(line) for line in text.split("\n"))


def log_what_nobody_catches() -> None:
    """For this process: it is logged rather than printed."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


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
