"""How lines are written: JSON or text, from which level on, and what they cost when they are not."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys

import pytest
import structlog

from bot.dialogue.message_code import following
from bot.dialogue.personal_data import masker_of
from bot.operations.log_setup import Lines, LogShape, formatter_of, shape_of
from bot.operations.private_log import Hiding
from bot.settings import Settings
from bot.texts import LANGUAGES, load_texts

HIDING = Hiding(masker_of(map(load_texts, LANGUAGES)))


class Unread:
    """Nobody may ask what it is."""

    def __str__(self) -> str:
        raise AssertionError("a line that is left out was put together")


def written(is_json: bool) -> tuple[Lines, io.StringIO, logging.Logger]:
    stream, library = io.StringIO(), logging.Logger("tests.log_setup", logging.INFO)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter_of(LogShape(logging.INFO, is_json=is_json), HIDING))
    library.addHandler(handler)
    logger: Lines = structlog.wrap_logger(library)
    return logger, stream, library


def test_a_line_of_json_begins_alike_whoever_writes_it() -> None:
    ours, stream, library = written(is_json=True)
    with following("bcdfghjk"):
        ours.error("send_failed", channel="zalo_oa", error="không gửi được", part=2)
        library.warning("it took %d s", 3)
    one, two = (json.loads(line) for line in stream.getvalue().splitlines())
    assert list(one) == ["time", "level", "logger", "event", "message", "channel", "error", "part"]
    assert {**one, "time": ""} == {
        "time": "",
        "level": "error",
        "logger": "tests.log_setup",
        "event": "send_failed",
        "message": "bcdfghjk",
        "channel": "zalo_oa",
        "error": "không gửi được",
        "part": 2,
    }
    assert {**two, "time": ""} == {
        "time": "",
        "level": "warning",
        "logger": "tests.log_setup",
        "event": "it took 3 s",
        "message": "bcdfghjk",
    }
    assert one["time"].endswith("Z")


def test_a_line_of_text_has_the_same() -> None:
    ours, stream, _ = written(is_json=False)
    ours.error("send_failed", channel="zalo_oa", error="không gửi được", part=2)
    time, rest = stream.getvalue().split(" ", 1)
    assert time.endswith("Z")
    assert rest == "[error] send_failed [tests.log_setup] channel=zalo_oa error='không gửi được' part=2\n"


def test_what_the_level_leaves_out_is_not_put_together() -> None:
    ours, stream, _ = written(is_json=True)
    ours.debug("step", value=Unread())
    ours.log(logging.DEBUG, "step", value=Unread())
    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", ["debug", "info", "warning", "error", "critical"])
def test_each_level_has_its_name_and_its_place(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logger: Lines = structlog.get_logger("tests.log_setup.places")
    getattr(logger, name)("one")
    logger.log(logging.getLevelNamesMapping()[name.upper()], "two")
    assert [(record.levelname.lower(), record.pathname) for record in caplog.records] == [(name, __file__)] * 2


@pytest.mark.parametrize(("given", "is_terminal", "is_json"), [
    ("auto", True, False),
    ("auto", False, True),
    ("json", True, True),
    ("text", False, False),
])  # fmt: skip
def test_the_form_is_as_set_and_else_as_it_suits(
    monkeypatch: pytest.MonkeyPatch, given: str, *, is_terminal: bool, is_json: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal, raising=False)
    monkeypatch.setenv("LOG_FORMAT", given.upper())
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    assert shape_of(Settings()) == LogShape(logging.WARNING, is_json=is_json)


def test_what_cannot_be_written_is_not_told_as_it_is() -> None:
    program = """
import logging, os, structlog
from bot.operations.log_setup import LogShape, set_up_log
set_up_log(LogShape(logging.INFO, is_json=True))
os.dup2(os.open("/dev/full", os.O_WRONLY), 2)
structlog.get_logger("x").error("told", error="0912345678")
print("went on")
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.stdout, ended.stderr) == ("went on\n", "")
