"""Who hears of what becomes of the calls of a store, to count it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Call(StrEnum):
    """What a call that failed was for."""

    READ = "read"
    WRITE = "write"


class StoreWatch(Protocol):
    """Neither raises, nor takes longer than counting does."""

    def failed(self, call: Call) -> None:
        """The store could not do it: what was to be kept is in memory only, or not at all."""
        ...

    def rated(self, channel: str) -> None:
        """A rating is kept."""
        ...


class Unwatched:
    """For where nobody counts."""

    def failed(self, call: Call) -> None:
        pass

    def rated(self, channel: str) -> None:
        pass
