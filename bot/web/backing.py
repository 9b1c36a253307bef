"""What the web has behind it besides the assistant: the store, and the key to its own addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.dialogue.guards import RateLimit
from bot.dialogue.rules import Rules
from bot.dialogue.signed_links import Signer
from bot.operations.aliases import TaughtWords
from bot.operations.members import Members
from bot.operations.publishing.watch import CatalogueWatch
from bot.operations.reports.reporting import Reporting
from bot.operations.staff.passwords import Passwords
from bot.operations.times import now
from bot.store.interface import Store
from bot.store.people import People


@dataclass(frozen=True, slots=True)
class Backing:
    """`catalogues`: what keeps the assistant on the catalogue that holds; `taught`: the words laid over it; `members`:
    this process among the others. None where nothing does.
    """

    store: Store
    signer: Signer
    rules: Rules
    clock: Callable[[], datetime] = now
    passwords: Passwords = field(default_factory=Passwords)
    reporting: Reporting = field(default_factory=Reporting)
    catalogues: CatalogueWatch | None = None
    taught: TaughtWords | None = None
    members: Members | None = None

    @property
    def people(self) -> People:
        return self.rules.people(self.store, self.clock)

    def limit(self, per_minute: int) -> RateLimit:
        """So many a minute, an equal part of it in each process."""
        limit = RateLimit(per_minute)
        if self.members is not None:
            limit.share(self.members.count)
            self.members.followers.append(limit.share)
        return limit


BACKING = web.AppKey("backing", Backing)
