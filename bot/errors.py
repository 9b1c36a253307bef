"""The error tree.

MotCuaError
├── SettingsError      a setting is missing or wrong: name, what is wrong, example
├── CatalogueError     a catalogue cannot be served; carries every problem found
└── StoreError         the store cannot be opened, read or written
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class MotCuaError(Exception):
    """Everything this project raises on purpose."""


class SettingsError(MotCuaError):
    pass


class StoreError(MotCuaError):
    pass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a data file. `line` and `column` count from 1; 0 where the whole file is meant."""

    path: str
    line: int
    column: int
    what: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}; expected {self.expected}"


class CatalogueError(MotCuaError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem(s) in the catalogue, the first: {self.problems[0]}")
