"""What is known of an error, and what is told of many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MOST_NAMED = 5
"""How many kinds of errors are named in one telling; of the others it is only told how many they are."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes two errors the same. `event`: the name of the line in the log, or of the library that wrote it.

    `error`: the name of the exception's type; empty where there was none. `place`: file and line of our own code.
    """

    event: str
    error: str
    place: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One error. `message`: the id of the message on whose way it happened; empty where there is none."""

    kind: Kind
    message: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one kind. `count`: how often since `since`; `is_new`: it has not been told before.

    `message`: the id of the newest message on whose way it happened. `sample`: the first line, masked.
    """

    kind: Kind
    count: int
    since: datetime
    is_new: bool
    message: str = ""
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What is told at one time: at most `MOST_NAMED` kinds by name, and how many errors of how many other kinds."""

    named: tuple[Told, ...]
    other_kinds: int = 0
    other_errors: int = 0

    def joined(self, later: Round) -> Round:
        """Both as one, where the first could not be told."""
        all_named = (*self.named, *later.named)
        left = all_named[MOST_NAMED:]
        return Round(
            all_named[:MOST_NAMED],
            self.other_kinds + later.other_kinds + len(left),
            self.other_errors + later.other_errors + sum(told.count for told in left),
        )
