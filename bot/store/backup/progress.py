"""How far something long has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """So many of all pieces of a stage are done; a stage ends where another begins."""
        ...


def silent(stage: str, done: int, total: int, /) -> None:
    """For whoever does not want to know."""
