"""What went when somebody's data were deleted, and the notes by which it goes from a restored backup as well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many rows. Deleted: what was `remembered` of the person, `accounts` (ids of a messenger) and `words`.
    No longer theirs: `ratings`, and `uses` (what was asked and answered)."""

    remembered: int = 0
    accounts: int = 0
    words: int = 0
    ratings: int = 0
    uses: int = 0

    def __add__(self, other: Deleted) -> Deleted:
        return Deleted(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    def __bool__(self) -> bool:
        return any(astuple(self))


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a person's data were deleted. `person`: a keyed hash; `at`: in UTC."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Repeated:
    """`unknown`: how many of the deletions given had not been made here. `held`: of how many of these people something
    was there, which is deleted now."""

    unknown: int
    held: int


class Erasures(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def noted(self) -> tuple[Erasure, ...]:
        """The last one of each person, the oldest first."""
        ...

    async def repeat(self, erasures: Iterable[Erasure]) -> Repeated:
        """Delete what is held of these people, and note it. Who is noted with a deletion as late is left alone."""
        ...

    async def would_repeat(self, erasures: Iterable[Erasure]) -> int:
        """How many of them have not been made here; nothing is changed."""
        ...
