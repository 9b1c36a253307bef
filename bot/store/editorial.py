"""What editors say beside the published catalogue, with who said it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.catalog.editorial import Item
from bot.store.staff import Act


@dataclass(frozen=True, slots=True)
class KeptItem:
    """`number`: given by the store, never used again. `reason`: why the editor added it, for colleagues."""

    number: int
    item: Item
    by: str
    at: datetime
    reason: str


class EditorialBook(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def items(self) -> tuple[KeptItem, ...]:
        """Those that were not taken back, in the order in which they were added."""
        ...

    async def version(self) -> int:
        """A number that grows with every change."""
        ...

    async def add(self, item: Item, act: Act) -> int:
        """Keep it with a line in the log; its number."""
        ...

    async def remove(self, number: int, act: Act) -> KeptItem | None:
        """Take it back, with a line in the log; what it was, or None."""
        ...
