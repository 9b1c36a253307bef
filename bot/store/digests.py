"""Who of staff is sent the figures before a report is due, and which they have been sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ratings.deadlines import DigestKind
from bot.store.inbox import Update
from bot.store.staff import Act


@dataclass(frozen=True, slots=True)
class Subscription:
    """`since`: when it was asked for, in UTC."""

    login: str
    kind: DigestKind
    since: datetime


class Digests(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Of active accounts, by login and kind."""
        ...

    async def kinds_of(self, login: str) -> frozenset[DigestKind]: ...

    async def subscribe(self, login: str, kinds: Collection[DigestKind], act: Act) -> bool:
        """From now on these and no others; what was asked for before is asked for since then. A line in the log says
        so. False where there is no such account."""
        ...

    async def sent(self, key: str) -> frozenset[str]:
        """The logins of those who have been sent this digest."""
        ...

    async def hand_over(self, login: str, key: str, digest: Update, now: datetime) -> bool:
        """Put the digest into the inbox and note that it is sent, both or neither; False where it was sent before."""
        ...
