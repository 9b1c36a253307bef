"""All that is held of one person, as they may see it: by the tables of the privacy register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

Value = str | int | None
MOST_ROWS = 5_000
"""Of a table, the newest: a person writes twenty messages a minute at most, a program would go on."""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """`count`: how many rows of a table are the person's; `rows`: the newest of them, by columns."""

    table: str
    count: int
    rows: tuple[Mapping[str, Value], ...]


class OwnData(Protocol):
    async def of(self, person: str) -> tuple[OwnRows, ...]:
        """Of each table that has something of theirs; never a keyed hash. Raises StoreError."""
        ...
