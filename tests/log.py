"""What was logged, as events with their values."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Log:
    """The fixture `log`. Levels are set with pytest's `caplog`, by default what is worth a look is caught."""

    caplog: pytest.LogCaptureFixture

    def lines(self, logger: str = "") -> list[dict[str, object]]:
        """Each as its values, with its name under `event` and its level under `level`; those of loggers below `logger`.

        What a library says is an event under its words.
        """
        return [_line(record) for record in self.caplog.records if record.name.startswith(logger)]

    def events(self, logger: str = "") -> list[object]:
        """Their names alone."""
        return [line["event"] for line in self.lines(logger)]

    @property
    def text(self) -> str:
        """Everything, to look for what must not be there."""
        return self.caplog.text


def lines_of(said: str) -> list[dict[str, Any]]:
    """What a process has logged as JSON; other lines that it has printed are passed over."""
    return [json.loads(line) for line in said.splitlines() if line.startswith('{"time": ')]


def told_once(said: str) -> str:
    """The same without the lines that sum up errors, which name each once more."""
    return "\n".join(line for line in said.splitlines() if '"event": "errors_grouped"' not in line)


def _line(record: logging.LogRecord) -> dict[str, object]:
    # Of ours the values are the message.
    said: object = record.msg
    values = said if isinstance(said, dict) else {"event": record.getMessage()}
    return {"level": record.levelname.lower(), **values}
