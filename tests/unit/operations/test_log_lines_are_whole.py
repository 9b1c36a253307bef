"""Of what stands in a value no second line of the log can be made, and every line says its time in UTC."""

from __future__ import annotations

import json
import logging

import pytest

from bot.operations.log_setup import LogShape, formatter_of

FORGED = "x\n2026-11-22T00:00:00.000Z info all is well\r\u2028"


def line(value: str, *, is_json: bool) -> str:
    record = logging.makeLogRecord(
        {"name": "bot.web", "levelno": 30, "levelname": "WARNING", "created": 1.5, "msg": "it_happened", "place": value}
    )
    return formatter_of(LogShape(logging.INFO, is_json=is_json), lambda _logger, _name, event: event).format(record)


def test_as_json() -> None:
    said = line(FORGED, is_json=True)
    assert "\n" not in said
    assert json.loads(said) == {
        "time": "1970-01-01T00:00:01.500Z",
        "level": "warning",
        "logger": "bot.web",
        "event": "it_happened",
        "place": FORGED,
    }


@pytest.mark.parametrize("value", [FORGED, "x\r\ny"])
def test_for_people(value: str) -> None:
    said = line(value, is_json=False)
    assert ("\n" in said, "\r" in said, said.startswith("1970-01-01T00:00:01.500Z")) == (False, False, True)
