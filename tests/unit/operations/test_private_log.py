"""Nothing private reaches the log, whichever way it comes."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.dialogue.personal_data import masker_of
from bot.operations.private_log import PrivateLog
from bot.texts import LANGUAGES, load_texts

MASKER = masker_of(map(load_texts, LANGUAGES))


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    handler.addFilter(PrivateLog(MASKER))
    logger = logging.getLogger("tests.private_log")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)


def test_a_message_and_its_values(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.warning("refused: %s of %d, code %s", "cccd 042193001234", 3, "1.001193")
    assert written.getvalue() == "WARNING refused: cccd [identity] of 3, code 1.001193\n"


def test_an_exception_and_the_one_behind_it(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    try:
        try:
            raise ValueError("cannot read 'gọi 0912 345 678'")
        except ValueError as error:
            raise KeyError("lan@gmail.com") from error
    except KeyError:
        logger.exception("job_failed")
    lines = written.getvalue().splitlines()
    assert lines[0] == "ERROR job_failed"
    assert [line for line in lines if "Error:" in line] == [
        "ValueError: cannot read 'gọi [phone]'",
        "KeyError: '[email]'",
    ]


def test_a_wrong_call_is_told_without_its_values(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.warning("%d people", "0912345678")
    assert written.getvalue().startswith(f"WARNING log_call_wrong: {__file__}:")
    assert "0912345678" not in written.getvalue()


_PROGRAM = """
import logging, sys, threading
from bot.dialogue.personal_data import masker_of
from bot.operations.private_log import keep_log_private
from bot.texts import LANGUAGES, load_texts
{begin}
keep_log_private(masker_of(map(load_texts, LANGUAGES)))
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


@pytest.mark.parametrize("begin", ["logging.basicConfig()", ""], ids=["set up", "never set up"])
def test_what_nobody_catches_in_a_process(begin: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(begin=begin)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.count("ValueError: gọi [phone] hay [address]\n") == 3
    assert "0912345678" not in ended.stderr.replace('raise ValueError("gọi 0912345678', "")
