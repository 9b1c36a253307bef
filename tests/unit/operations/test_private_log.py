"""Nothing private reaches the log, whichever way it comes."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys

import pytest
import structlog

from bot.dialogue.personal_data import masker_of
from bot.operations.log_setup import Lines, LogShape, formatter_of
from bot.operations.private_log import Hiding
from bot.texts import LANGUAGES, load_texts

HIDING = Hiding(masker_of(map(load_texts, LANGUAGES)))
NUMBER = "0912345678"


@pytest.fixture(params=[True, False], ids=["json", "text"])
def written(request: pytest.FixtureRequest, library: logging.Logger) -> io.StringIO:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter_of(LogShape(logging.DEBUG, is_json=request.param), HIDING))
    library.addHandler(handler)
    return stream


@pytest.fixture
def library() -> logging.Logger:
    """As a library has one; it stands alone, so that nobody else reads what is private in it."""
    return logging.Logger("tests.private_log")


@pytest.fixture
def ours(library: logging.Logger) -> Lines:
    logger: Lines = structlog.wrap_logger(library)
    return logger


def test_a_message_and_its_values(written: io.StringIO, library: logging.Logger) -> None:
    library.warning("refused: %s of %d, code %s", "cccd 042193001234", 3, "1.001193")
    assert "refused: cccd [identity] of 3, code 1.001193" in written.getvalue()


def test_values_of_ours_whatever_they_are(written: io.StringIO, ours: Lines) -> None:
    class Told:
        def __str__(self) -> str:
            return f"gọi {NUMBER}"

    ours.warning(
        "refused",
        text=f"gọi {NUMBER}",
        number=421930012345,
        list=[NUMBER, 3],
        map={NUMBER: (NUMBER, None)},
        error=ValueError(f"gọi {NUMBER}"),
        told=Told(),
        task=123,
        code="1.001193",
    )
    line = written.getvalue()
    assert ("2345678" in line, "930012345" in line, "1.001193" in line) == (False, False, True)
    if line.startswith("{"):
        values = json.loads(line)
        assert {name: values[name] for name in values if name not in {"time", "logger"}} == {
            "level": "warning",
            "event": "refused",
            "text": "gọi [phone]",
            "number": "[identity]",
            "list": ["[phone]", 3],
            "map": {"[phone]": ["[phone]", None]},
            "error": "gọi [phone]",
            "told": "gọi [phone]",
            "task": 123,
            "code": "1.001193",
        }


def test_a_value_that_cannot_be_read_is_left_out(written: io.StringIO, ours: Lines) -> None:
    class Broken:
        def __str__(self) -> str:
            raise ValueError(NUMBER)

    turning: list[object] = []
    turning.append(turning)
    ours.error("refused", one=Broken(), two=turning, three=3)
    line = written.getvalue()
    assert NUMBER not in line
    assert "value_left_out: ValueError" in line
    assert "value_left_out: RecursionError" in line


def test_an_exception_and_the_one_behind_it(written: io.StringIO, library: logging.Logger, ours: Lines) -> None:
    try:
        try:
            raise ValueError("cannot read 'gọi 0912 345 678'")
        except ValueError as error:
            raise KeyError("lan@gmail.com") from error
    except KeyError:
        library.exception("job_failed")
        ours.error("job_failed", exc_info=True)
    lines = written.getvalue().replace("\\n", "\n").splitlines()
    assert [line.rstrip('"}') for line in lines if line.startswith(("ValueError:", "KeyError:"))] == [
        "ValueError: cannot read 'gọi [phone]'",
        "KeyError: '[email]'",
    ] * 2


def test_a_wrong_call_is_told_without_its_values(written: io.StringIO, library: logging.Logger) -> None:
    library.warning("%d people", NUMBER)
    line = written.getvalue()
    assert ("log_call_wrong" in line, f"{__file__}:" in line, NUMBER in line) == (True, True, False)


_PROGRAM = """
import logging, sys, threading
from bot.operations.log_setup import LogShape, set_up_log
set_up_log(LogShape(logging.WARNING, is_json={is_json}))
def fail():
    raise ValueError("gọi 0912345678 hay số 12 đường Nguyễn Du")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
class Left:
    def __del__(self):
        fail()
Left()
fail()
"""


@pytest.mark.parametrize("is_json", [True, False], ids=["json", "text"])
def test_what_nobody_catches_in_a_process(is_json: bool) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(is_json=is_json)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.count("ValueError: gọi [phone] hay [address]") == 3
    assert NUMBER not in ended.stderr.replace(f'raise ValueError("gọi {NUMBER}', "")


@pytest.mark.parametrize(
    "said", ["a\n2026 [error] forged", "a\x1b[2Jb", "\x1b]0;title\x07", "a\r\nb", "\u202ea", "a\x9bb"]
)
def test_nothing_that_is_said_begins_a_line_or_moves_a_terminal(
    written: io.StringIO, library: logging.Logger, ours: Lines, said: str
) -> None:
    library.warning("refused: %s", said)
    ours.warning("refused", error=said)
    lines = written.getvalue().removesuffix("\n").split("\n")
    assert len(lines) == 2
    # JSON is for programs: they know what is within quotes.
    is_json = lines[0].startswith("{")
    assert [c for line in lines for c in line if ord(c) < 32 or not (is_json or c.isprintable())] == []
