"""What is read of a line of the log: names, and nothing that anybody wrote."""

from __future__ import annotations

import inspect
import logging
import sys
from pathlib import Path
from types import TracebackType

import pytest

from bot.errors import StoreError
from bot.operations.errors_told.model import Fault, Kind
from bot.operations.errors_told.reading import fault_of, line_of
from bot.store.opening import is_known

ROOT = Path(__file__).resolve().parents[4]
OWN = str(ROOT / "bot" / "app" / "service.py")
LIBRARY = "/usr/lib/python3/site-packages/aiohttp/web_protocol.py"
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def record(
    msg: object, *args: object, name: str = "bot.app.service", path: str = OWN, exc_info: ExcInfo | None = None
) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, path, 12, msg, args, exc_info)


def raised(error: Exception) -> ExcInfo:
    try:
        raise error
    except Exception:  # noqa: BLE001
        kind, value, trace = sys.exc_info()
        assert kind is not None
        assert value is not None
        return kind, value, trace


def raised_in_own_code() -> tuple[ExcInfo, int]:
    try:
        is_known(None)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001
        kind, value, trace = sys.exc_info()
        assert kind is not None
        assert value is not None
        assert trace is not None
        assert trace.tb_next is not None
        return (kind, value, trace), trace.tb_next.tb_lineno
    raise AssertionError("it has to break")


HERE = "bot/app/service.py:12"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (record({"event": "job_failed", "job": "digests", "error": "KeyError"}), ("job_failed", "KeyError", HERE)),
        (
            record({"event": "job_failed", "error": "OperationalError: no such table"}),
            ("job_failed", "OperationalError", HERE),
        ),
        (record({"event": "job_failed", "error": "Zalo: no answer"}), ("job_failed", "", HERE)),
        (record({"event": "job_failed", "exc_info": raised(StoreError("away"))}), ("job_failed", "StoreError", HERE)),
        (record({"event": "job_failed", "exc_info": StoreError("away")}), ("job_failed", "StoreError", HERE)),
        (record({"event": "uncaught"}), ("uncaught", "", HERE)),
        (record("store_write_failed: %s", "away"), ("store_write_failed", "", HERE)),
        (record("uncaught"), ("uncaught", "", HERE)),
        (record("job_failed: %s", "x", exc_info=raised(ValueError("x"))), ("job_failed", "ValueError", HERE)),
        (record("Nguyễn Văn A hỏi"), ("bot.app.service", "", HERE)),
        (record("%d people", "0912345678"), ("log_call_wrong", "", HERE)),
        (
            record("Error handling request", name="aiohttp.server", path=LIBRARY),
            ("aiohttp.server", "", "aiohttp/web_protocol.py:12"),
        ),
    ],
)
def test_the_kind(told: logging.LogRecord, fault: tuple[str, str, str]) -> None:
    assert fault_of(told) == Fault(Kind(*fault))


def test_the_place_is_the_innermost_of_our_own_lines() -> None:
    caught, line = raised_in_own_code()
    wanted = Fault(Kind("job_failed", "AttributeError", f"bot/store/opening.py:{line}"))
    assert fault_of(record({"event": "job_failed", "exc_info": caught})) == wanted
    assert fault_of(record("job_failed", exc_info=caught)) == wanted


def test_without_a_trace_it_is_the_line_of_the_module_that_logs_and_no_helper_s() -> None:
    frame = inspect.currentframe()
    assert frame is not None
    line = frame.f_lineno + 1
    place = fault_of(record({"event": "job_failed"}, name=__name__, path="/a/helper.py")).kind.place
    assert place == f"errors_told/test_reading.py:{line}"


def test_a_trace_that_is_text_already_is_read_as_well() -> None:
    caught, line = raised_in_own_code()
    written = logging.Formatter().formatException(caught)
    wanted = Fault(Kind("job_failed", "AttributeError", f"bot/store/opening.py:{line}"))
    assert fault_of(record({"event": "job_failed", "exception": written})) == wanted
    flat = record("job_failed")
    flat.exc_text = written
    assert fault_of(flat) == wanted


def test_an_exception_that_is_being_handled() -> None:
    try:
        raise StoreError("away")
    except StoreError:
        assert fault_of(record({"event": "job_failed", "exc_info": True})).kind.error == "StoreError"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (7, "7"),
        ("a1b2", "a1b2"),
        ("khai sinh cho con", ""),
        ("Nguyễn", ""),
        ("x" * 41, ""),
        (None, ""),
        (True, ""),
    ],
)
def test_the_id_of_the_message(value: object, message: str) -> None:
    assert fault_of(record({"event": "task_failed", "task": value})).message == message


def test_the_line() -> None:
    values = {"event": "job_failed", "job": "digests", "_record": 1, "exc_info": True, "level": "error"}
    assert line_of(record(values)) == "job_failed job=digests"
    assert line_of(record("job_failed: %s\n%s", "a", "b")) == "job_failed: a b"
    assert line_of(record("x" * 1000)) == "x" * 300
