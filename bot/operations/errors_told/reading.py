"""What a line of the log says of an error: names that stand in the code, and nothing that anybody wrote."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType, TracebackType

from bot.operations.errors_told.model import Fault, Kind

_ROOT = Path(__file__).resolve().parents[3]
_OWN = tuple(f"{_ROOT / name}/" for name in ("bot", "handlers"))
_EVENT = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+", re.ASCII)
_TYPE = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*", re.ASCII)
_TYPES_END = ("Error", "Exception")
_NUMBER = re.compile(r"[A-Za-z0-9:_-]{1,40}", re.ASCII)
_FRAME = re.compile(r'^ *File "([^"\n]+)", line (\d+)', re.MULTILINE)
_MOST_CHARS = 300
_UNTOLD = frozenset({"event", "exc_info", "exception", "stack_info", "stack", "level", "logger", "timestamp"})


def fault_of(record: logging.LogRecord) -> Fault:
    """Of a line of ours (an event with named values) or of a library's. Never raises for what a line may hold."""
    values = _values(record)
    return Fault(Kind(_event(record, values), _error(record, values), _place(record, values)), _message(values))


def line_of(record: logging.LogRecord) -> str:
    """The line in one piece, not masked, at most so long."""
    values = _values(record)
    if not values:
        text = _text(record)
    else:
        told = (f"{name}={value}" for name, value in values.items() if name not in _UNTOLD and name[:1] != "_")
        text = " ".join((str(values.get("event", "")), *told))
    return " ".join(text.split())[:_MOST_CHARS]


def _values(record: logging.LogRecord) -> Mapping[str, object]:
    return record.msg if isinstance(record.msg, Mapping) else {}


def _text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a wrong call's words and values are not told
        return "log_call_wrong"


def _event(record: logging.LogRecord, values: Mapping[str, object]) -> str:
    """The name of the event; of a library, which has none, the library's."""
    words = str(values.get("event", "")) if values else _text(record)
    first = words.partition(" ")[0].rstrip(":")
    is_ours = record.name.partition(".")[0] in {"bot", "handlers"}
    return first if _EVENT.fullmatch(first) or (is_ours and first.isascii() and first.isidentifier()) else record.name


def _error(record: logging.LogRecord, values: Mapping[str, object]) -> str:
    caught = _caught(record, values)
    if caught is not None:
        return type(caught).__name__
    trace = _written(record, values).rstrip().rpartition("\n")[2]
    return next((name for text in (trace, str(values.get("error", ""))) if (name := _type_named(text))), "")


def _type_named(text: str) -> str:
    """The exception's type, where the text is its name, or begins with it."""
    first, colon, _ = text.partition(":")
    if not _TYPE.fullmatch(first) or (colon and not first.endswith(_TYPES_END)):
        return ""
    return first.rpartition(".")[2]


def _caught(record: logging.LogRecord, values: Mapping[str, object]) -> BaseException | None:
    """The exception itself, where the line still has it."""
    for held in (record.exc_info, values.get("exc_info")):
        if isinstance(held, BaseException):
            return held
        if isinstance(held, tuple) and len(held) == 3 and isinstance(held[1], BaseException):
            return held[1]
        if held is True:
            return sys.exc_info()[1]
    return None


def _written(record: logging.LogRecord, values: Mapping[str, object]) -> str:
    """The trace as text, where that is what is left of it."""
    told = values.get("exception")
    return told if isinstance(told, str) else record.exc_text or ""


def _place(record: logging.LogRecord, values: Mapping[str, object]) -> str:
    """Where it broke: the innermost of our own lines; where there is no trace, the line that told of it."""
    caught = _caught(record, values)
    frames = _frames(caught.__traceback__) if caught is not None else _FRAME.findall(_written(record, values))
    own = [(file, line) for file, line in frames if file.startswith(_OWN)]
    file, line = own[-1] if own else _logged_at(record)
    return f"{_short(file)}:{line}"


def _logged_at(record: logging.LogRecord) -> tuple[str, str]:
    """The line of the module whose logger it is: what the record itself says may be a helper in between."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__name__") == record.name:
            return frame.f_code.co_filename, str(frame.f_lineno)
        frame = frame.f_back
    return record.pathname, str(record.lineno)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, str]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, str(trace.tb_lineno)
        trace = trace.tb_next


def _short(file: str) -> str:
    if file.startswith(_OWN):
        return Path(file).relative_to(_ROOT).as_posix()
    return "/".join(Path(file).parts[-2:])


def _message(values: Mapping[str, object]) -> str:
    """The id that goes along with a message through the log: made here, so that it says nothing of anybody."""
    for name in ("message", "task", "request"):
        told = values.get(name)
        if isinstance(told, int | str) and not isinstance(told, bool) and _NUMBER.fullmatch(str(told)):
            return str(told)
    return ""
