"""The error tree.

MotCuaError
├── SettingsError      a setting is missing or wrong: name, what is wrong, example
├── CatalogueError     a catalogue cannot be served; carries every problem found
├── UnreadableFile     a list that was handed in cannot be read: why, where, and what to do
├── BackupError        a backup cannot be made, read or put back
└── StoreError         the store cannot be opened, read or written
    └── UnusableStore  nor will it be, before somebody has done something about it
        ├── DamagedStore     what it stands on is damaged: nothing is written to it any more
        └── UnfinishedStore  it is a copy, or a backup put back, that was broken off half-way
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class MotCuaError(Exception):
    """Everything this project raises on purpose."""


class SettingsError(MotCuaError):
    pass


class StoreError(MotCuaError):
    pass


class UnusableStore(StoreError):  # noqa: N818  # Named for what the store is, as those below.
    """`mend`: what to do; the message says it too."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}. {mend}")
        self.what = what
        self.mend = mend


class DamagedStore(UnusableStore):
    pass


class UnfinishedStore(UnusableStore):
    pass


class BackupError(MotCuaError):
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

    def __reduce__(self) -> tuple[type[CatalogueError], tuple[tuple[Problem, ...]]]:
        """Raised in another process, it is the same here."""
        return CatalogueError, (self.problems,)


class Unreadable(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    """Too many bytes, rows or pages; or it would unpack to too much."""
    OLD_FORMAT = "old_format"
    """Word 97, Excel 97."""
    PASSWORD = "password"  # noqa: S105  # No password, but the word for it.
    SCAN = "scan"
    """Pages that are pictures."""
    BROKEN = "broken"
    FOREIGN = "foreign"
    """Another kind of file than the four that are read."""
    WEB_PAGE = "web_page"
    """A page of a web site, though its name may end in .xls: so portals hand out their tables."""
    ENCODING = "encoding"
    NO_TABLE = "no_table"
    NO_HEADINGS = "no_headings"


class UnreadableFile(MotCuaError):  # noqa: N818  # Named for what the file is.
    """`file`: its name; `reason`: for whoever says it in other words; the message says what, where, and what to do."""

    def __init__(self, file: str, reason: Unreadable, what: str, advice: str) -> None:
        super().__init__(f"{file}: {what}. {advice}.")
        self.file = file
        self.reason = reason
