"""The ear at the log: what is heard, on every thread, and that it breaks nothing."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from bot.dialogue.personal_data import masker_of
from bot.operations.errors_told.grouping import GATHER_SECONDS
from bot.operations.errors_told.model import Kind
from bot.operations.errors_told.noticing import ErrorsNoticed, noticing
from bot.texts import LANGUAGES, load_texts
from tests.unit.operations.channel_double import Clock

MASKER = masker_of(map(load_texts, LANGUAGES))


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def noticed(ticks: Ticks) -> ErrorsNoticed:
    return ErrorsNoticed(MASKER, Clock(), ticks)


def error(words: str, name: str = "bot.app.service", level: int = logging.ERROR) -> None:
    logging.getLogger(name).log(level, words)


async def test_errors_are_heard_and_nothing_below() -> None:
    ticks = Ticks()
    async with noticing(noticed(ticks)) as handler:
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
            error(f"at_{level}", level=level)
    error("after_the_end")
    ticks.now = GATHER_SECONDS
    due = handler.due()
    assert due is not None
    assert [one.kind.event for one in due.named] == ["at_40", "at_50"]
    assert handler.due() is None


async def test_what_is_private_is_not_in_the_sample() -> None:
    async with noticing(noticed(Ticks())) as handler:
        error("job_failed: gọi 0912 345 678")
    due = handler.rest()
    assert due is not None
    assert [one.sample for one in due.named] == ["job_failed: gọi [phone]"]


async def test_its_own_lines_are_none_of_the_errors() -> None:
    async with noticing(noticed(Ticks())) as handler:
        error("errors_grouped", "bot.operations.errors_told.telling")
    assert handler.rest() is None


async def test_threads_are_counted_together() -> None:
    async with noticing(noticed(Ticks())) as handler:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: error("job_failed"), range(400)))
    due = handler.rest()
    assert due is not None
    assert [(one.kind.event, one.count) for one in due.named] == [("job_failed", 400)]


def test_a_line_that_cannot_be_read_breaks_nothing() -> None:
    class Unreadable:
        def __str__(self) -> str:
            raise RuntimeError("no")

    handler = noticed(Ticks())
    values = {"event": "job_failed", "value": Unreadable()}
    handler.handle(logging.LogRecord("bot.app.service", logging.ERROR, __file__, 1, values, None, None))
    due = handler.rest()
    assert due is not None
    assert [one.kind for one in due.named] == [Kind("line_not_understood", "", "")]
