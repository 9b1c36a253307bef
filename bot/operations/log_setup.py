"""How the log is written: one line for each event, as JSON or for people, the same way for our lines and libraries'.

`structured` makes our own lines go to Python's logging, with their values beside them; `set_up_log` says in which
form, from which level on, and that nothing private is in them. A line that the level leaves out costs next to nothing.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

import structlog
from structlog.contextvars import merge_contextvars
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, format_exc_info
from structlog.stdlib import ExtraAdder, LoggerFactory, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.dialogue.message_code import NAME
from bot.dialogue.personal_data import masker_of
from bot.operations.private_log import Hiding, log_what_nobody_catches
from bot.settings import Settings
from bot.texts import LANGUAGES, load_texts

_OF_LIBRARIES = ("error", "place")
"""What a record that is not ours may carry beside its words."""

_FRAMES = 3
"""How far above `Lines` the line stands that a record is of, in logging's way to count."""


@dataclass(frozen=True, slots=True)
class LogShape:
    """`level`: lines below it are left out, one of logging's numbers. `is_json`: else in a form for people."""

    level: int
    is_json: bool


class Lines(structlog.BoundLoggerBase):
    """A logger of ours: a name in snake_case, and named values. What its level leaves out is not even put together."""

    _logger: logging.Logger

    def debug(self, event: str, **values: object) -> None:
        self._tell(logging.DEBUG, event, values)

    def info(self, event: str, **values: object) -> None:
        self._tell(logging.INFO, event, values)

    def warning(self, event: str, **values: object) -> None:
        self._tell(logging.WARNING, event, values)

    def error(self, event: str, **values: object) -> None:
        self._tell(logging.ERROR, event, values)

    def critical(self, event: str, **values: object) -> None:
        self._tell(logging.CRITICAL, event, values)

    def log(self, level: int, event: str, **values: object) -> None:
        """`level`: one of logging's numbers."""
        self._tell(level, event, values)

    def _tell(self, level: int, event: str, values: dict[str, object]) -> None:
        if self._logger.isEnabledFor(level):
            self._proxy_to_logger(logging.getLevelName(level).lower(), event, **values)


def structured() -> None:
    """For this process: our lines go to Python's logging. Before anything is logged; a second time does no harm."""
    if structlog.get_config()["wrapper_class"] is Lines:
        return
    structlog.configure(
        processors=[merge_contextvars, _for_logging],
        wrapper_class=Lines,
        logger_factory=LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _for_logging(logger: logging.Logger, name: str, line: EventDict) -> tuple[tuple[EventDict], dict[str, object]]:
    arguments, named = ProcessorFormatter.wrap_for_formatter(logger, name, line)
    return arguments, {**named, "stacklevel": _FRAMES}


def shape_of(settings: Settings) -> LogShape:
    """As the settings say. Left to itself it is for people on a terminal, and for programs everywhere else."""
    is_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    return LogShape(logging.getLevelNamesMapping()[settings.log_level], is_json)


def shape_at_first() -> LogShape:
    """Until the settings are known, and where they are not needed: what is worth a look."""
    return LogShape(logging.WARNING, is_json=not sys.stderr.isatty())


def shape_in_use() -> LogShape:
    """How this process writes."""
    known = (one.shape for one in logging.getLogger().handlers if isinstance(one, _ToStandardError))
    return next(known, shape_at_first())


def set_up_log(shape: LogShape) -> None:
    """For this process, from now on: what is logged, and what nobody catches, goes to standard error without anything
    private."""
    structured()
    root = logging.getLogger()
    for known in tuple(root.handlers):
        if isinstance(known, _ToStandardError):
            root.removeHandler(known)
    root.addHandler(_ToStandardError(shape, formatter_of(shape, Hiding(masker_of(map(load_texts, LANGUAGES))))))
    root.setLevel(shape.level)
    log_what_nobody_catches()


def formatter_of(shape: LogShape, hiding: Processor) -> logging.Formatter:
    """What makes a line of a record, ours or a library's. `hiding` is the last that sees its values."""
    last = () if shape.is_json else (_on_one_line,)
    return _Formatter((_headed, format_exc_info, hiding, *last, _renderer(shape)))


_TRACES = frozenset({"exception", "stack"})


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Wherever standard error leads at that moment. What cannot be written is not told: that would show it as it is."""

    def __init__(self, shape: LogShape, formatter: logging.Formatter) -> None:
        super().__init__(sys.stderr)
        self.shape = shape
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing."""


class _Formatter(ProcessorFormatter):
    """Never raises: logging would print the words and the values of a wrong call as they are."""

    def __init__(self, processors: Sequence[Processor]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=(merge_contextvars, ExtraAdder(_OF_LIBRARIES)))

    def format(self, record: logging.LogRecord) -> str:
        try:
            return super().format(record)
        except Exception:  # noqa: BLE001 - whatever is wrong with it
            kept = {key: vars(record)[key] for key in ("name", "levelno", "levelname", "created")}
            place = f"{record.pathname}:{record.lineno}"
            return super().format(logging.makeLogRecord({**kept, "msg": "log_call_wrong", "place": place}))


def _headed(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """What every line begins with."""
    record: logging.LogRecord = line.pop("_record")
    line.pop("_from_structlog")
    time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head = {"time": time, "level": record.levelname.lower(), "logger": record.name, "event": line.pop("event")}
    return {**head, **({NAME: line.pop(NAME)} if NAME in line else {}), **line}


def _on_one_line(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """What is said begins no line of its own, and moves nothing on a terminal. Traces keep their lines."""
    return {name: _plain(value, name in _TRACES) if isinstance(value, str) else value for name, value in line.items()}


def _plain(text: str, has_lines: bool) -> str:
    kept = "\n" if has_lines else ""
    return "".join(c if c.isprintable() or c in kept else c.encode("unicode_escape").decode() for c in text)


def _renderer(shape: LogShape) -> Processor:
    if shape.is_json:
        return JSONRenderer(ensure_ascii=False)
    is_terminal = sys.stderr.isatty()
    return ConsoleRenderer(
        timestamp_key="time",
        pad_event_to=0,
        pad_level=False,
        sort_keys=False,
        colors=is_terminal,
        exception_formatter=plain_traceback,
    )
