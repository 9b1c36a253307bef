"""Under which secret keys people are known in a store, and how they are moved from one to the next.

A store never has a key, only its fingerprint. Who is known under an earlier key is moved to the hash under the current
one as soon as their id is at hand: with their next message, or at once where their address is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class UsedKey:
    """`since`: since when people were met under it. `begun_at`: when a process began with it last.

    `finished_at`: since when nobody is looked for under it any more; None: people are.
    """

    fingerprint: str
    since: datetime
    begun_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Addressed:
    """Somebody whose address on a platform is kept. `person`: the keyed hash."""

    person: str = field(repr=False)
    channel: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Left:
    """Who was there before a key, and has not been met under it. `links`: links for one rating that were used."""

    people: int
    links: int


class KeyBook(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def used(self) -> tuple[UsedKey, ...]:
        """The one that was begun with last comes first: it is the key of the store."""
        ...

    async def begin(self, fingerprint: str, at: datetime) -> None:
        """From now on it is the key of the store."""
        ...

    async def finish(self, fingerprint: str, at: datetime) -> None:
        """Nobody is looked for any more under any other key than this one."""
        ...

    async def known(self, people: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these hashes of which something is kept."""
        ...

    async def move(self, person: str, to: str, fingerprint: str, at: datetime) -> bool:
        """All that is kept of `person` is `to`'s, whose hash is under this key; together or nothing.

        False where there was nothing. What both have is told apart as if they had been one: the newer holds.
        """
        ...

    async def addressed(self, behind: str, limit: int) -> tuple[Addressed, ...]:
        """Those whose address is kept, by their hashes, from the one behind `behind` on."""
        ...

    async def left(self, fingerprint: str) -> Left:
        """Who is still to be moved to this key. It counts what is in the large tables: seconds, not milliseconds."""
        ...
