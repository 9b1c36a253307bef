"""Errors are counted under names that stand in the code: no word of a line becomes a label."""

from __future__ import annotations

import logging

import pytest

from bot.operations.counted_errors import counting_errors, event_of
from bot.operations.metrics import Metrics
from tests.unit.operations.counted import counted


def record(message: object, *values: object, name: str = "bot.store.resilient") -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, message, values, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (record("store_write_failed: %s", "disk full"), "store_write_failed"),
        (record("%s_failed %s: %s", "turn", "1f", "ValueError"), "turn_failed"),
        (record({"event": "send_wait", "channel": "telegram"}), "send_wait"),
        (record("uncaught", name="handlers.find"), "uncaught"),
        (record("Nguyễn Văn An could not be answered"), "other"),
        (record("0912345678 failed"), "other"),
        (record({"what": "no event"}), "other"),
        (record("x" * 61), "other"),
        (record(""), "other"),
        (record("store_write_failed: %s", "as ours", name="asyncio"), "library"),
        (record("store_write_failed: %s", "as ours", name="bottle"), "library"),
    ],
)
def test_the_name_of_what_happened(given: logging.LogRecord, expected: str) -> None:
    assert event_of(given) == expected


async def test_errors_are_counted_while_the_block_runs() -> None:
    metrics, log = Metrics(), logging.getLogger("bot.test")
    async with counting_errors(metrics):
        log.error("one: %s", "a")
        log.critical("one: %s", "b")
        log.warning("two")
        logging.getLogger("aiohttp").error("three")
        # Not as many values as places: the line cannot be made.
        for handler in logging.getLogger().handlers:
            if type(handler).__name__ == "CountedErrors":
                handler.emit(record("four %s %s", "a"))
    log.error("one: too late")
    assert counted(metrics, "mot_cua_errors") == {
        'mot_cua_errors_logged_total{event="one"}': 2,
        'mot_cua_errors_logged_total{event="library"}': 1,
        'mot_cua_errors_logged_total{event="other"}': 1,
    }


async def test_names_that_are_made_up_do_not_grow_the_figures() -> None:
    metrics, log = Metrics(), logging.getLogger("bot.test")
    async with counting_errors(metrics):
        for number in range(1000):
            log.error("made_up_%d", number)
    found = counted(metrics, "mot_cua_errors")
    assert (len(found), found['mot_cua_errors_logged_total{event="other"}']) == (201, 800)


async def test_what_tells_of_errors_is_none_more() -> None:
    metrics = Metrics()
    async with counting_errors(metrics):
        logging.getLogger("bot.operations.errors_told.telling").error("errors_grouped")
    assert b'event="' not in metrics.as_text()
