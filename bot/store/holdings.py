"""What is held of whom, told by tables: how much, since when, and what of it has outlived its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.store.interface import Cutoffs


@dataclass(frozen=True, slots=True)
class Held:
    """`oldest`: the day of the oldest row (YYYY-MM-DD); empty without rows, and where they have no day."""

    table: str
    rows: int
    oldest: str


@dataclass(frozen=True, slots=True)
class Due:
    """`rows` of a table whose time is over by a `term` of the register. `takes`: what goes: columns, or ROW."""

    table: str
    term: str
    takes: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Erased:
    """How often people of a channel had their data deleted, or asked what is held of them; the hours in Vietnam
    (YYYY-MM-DDTHH) of the first and the last time. Nothing else is kept of it."""

    channel: str
    times: int
    first: str
    last: str


class Holdings(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def held(self) -> tuple[Held, ...]:
        """Each table that the privacy register names for every engine, in its order."""
        ...

    async def due(self, before: Cutoffs) -> tuple[Due, ...]:
        """What `Store.forget` would take just now, in its order; nothing is changed."""
        ...

    async def erased(self) -> tuple[Erased, ...]:
        """Deletions by channels, in their order."""
        ...

    async def shown(self) -> tuple[Erased, ...]:
        """The same of those who were told what is held of them."""
        ...
