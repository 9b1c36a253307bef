"""Collecting problems, so that a reader can go on after the first one and report them all."""

from __future__ import annotations

from typing import Protocol

from bot.errors import Problem

SHOWN_LENGTH = 60


def quote(text: str) -> str:
    """The words of a cell as a problem shows them: on one line, escaped where they would confuse, cut where long."""
    shown = text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
    escaped = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)
    return f'"{escaped}"'


class Entry(Protocol):
    """One entry of a file: it reports what is wrong with one of its values, at that value's place."""

    def problem(self, key: str, what: str, expected: str, /) -> None: ...


class Report:
    """Problems in the order they were found. `problems()` sorts them by file and place, each once."""

    def __init__(self) -> None:
        self._problems: set[Problem] = set()

    def add(self, path: str, line: int, column: int, what: str, expected: str) -> None:
        self._problems.add(Problem(path, line, column, what, expected))

    def problems(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._problems))
