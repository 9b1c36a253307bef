"""What the store tells of single ratings. They are written by `Store.record`, together with the conversation."""

from __future__ import annotations

from typing import Protocol

from bot.ratings.model import Rating


class Ratings(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def last(self, person: str, code: str, period: str) -> Rating | None:
        """The rating that counts, if there is one."""
        ...

    async def history(self, person: str, code: str, period: str) -> tuple[Rating, ...]:
        """All of them, the oldest first."""
        ...

    async def is_used(self, person: str) -> bool:
        """Whether this person has rated anything: a link that was made for one rating has been used."""
        ...
