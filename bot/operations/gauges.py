"""What does not change with messages, looked at every 15 seconds and never when somebody asks for the figures."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path

from bot.catalog.model import Catalogue
from bot.dialogue.guards import OffChannels
from bot.operations.following import keep_looking
from bot.operations.jobs import Job
from bot.operations.members import Members
from bot.operations.metrics import Metrics
from bot.operations.publishing.watch import CatalogueWatch
from bot.operations.readiness import Condition, Readiness
from bot.ratings.periods import VIETNAM, day_of
from bot.store.registry import Registry

LOOK_SECONDS = 15.0
_LAG_EVERY_SECONDS = 0.5
_SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class Account:
    """A platform's tokens: under which name they are kept, and how long the one that renews lives, in seconds."""

    channel: str
    name: str
    refresh_seconds: float


@dataclass(frozen=True, slots=True)
class Sources:
    """What is looked at. `catalogue`: the one of the moment; `folder`: of the SQLite file, None on a server.

    `channels`: those that are connected.
    """

    catalogue: Callable[[], Catalogue]
    catalogues: CatalogueWatch
    members: Members
    readiness: Readiness
    registry: Registry
    off: OffChannels
    channels: Collection[str]
    accounts: tuple[Account, ...]
    folder: Path | None
    clock: Callable[[], datetime]


class Gauges:
    """Takes into the figures how things stand."""

    def __init__(self, metrics: Metrics, sources: Sources) -> None:
        self._metrics = metrics
        self._sources = sources
        self._shown: tuple[str, int] | None = None

    async def look(self) -> None:
        """What this process knows, then the disk, then the store. Raises StoreError, OSError."""
        self.look_within()
        if (folder := self._sources.folder) is not None:
            found = await asyncio.to_thread(shutil.disk_usage, folder)
            self._metrics.disk_free.labels(_SQLITE).set(found.free)
            self._metrics.disk_size.labels(_SQLITE).set(found.total)
        for account in self._sources.accounts:
            await self._look_at_tokens(account)

    def look_within(self) -> None:
        """What this process knows; takes no time."""
        metrics, sources = self._metrics, self._sources
        metrics.store_up.set(sources.members.is_heard)
        metrics.leader.set(sources.members.leads)
        metrics.processes.set(sources.members.count)
        metrics.ready.set(sources.readiness.standing().condition is not Condition.UNREADY)
        for channel in sources.channels:
            metrics.channel_on.labels(channel).set(channel not in sources.off)
        self._look_at_catalogue()

    async def watch(self) -> None:
        """Until cancelled."""
        await keep_looking("gauges", self.look, LOOK_SECONDS, self._metrics.done(Job.GAUGES))

    def _look_at_catalogue(self) -> None:
        metrics, now = self._metrics, self._sources.clock()
        catalogue, publication = self._sources.catalogue(), self._sources.catalogues.publication
        number = 0 if publication is None else publication.number
        if self._shown != (catalogue.version, number):
            self._shown = catalogue.version, number
            metrics.catalogue.info({"version": catalogue.version, "publication": str(number)})
            metrics.catalogue_taken.set(now.timestamp())
        metrics.catalogue_procedures.set(len(catalogue.procedures))
        metrics.catalogue_age.set((day_of(now) - catalogue.as_of).days)
        metrics.catalogue_data.set(datetime.combine(catalogue.as_of, time_of_day(), VIETNAM).timestamp())
        metrics.catalogue_published.set(0 if publication is None else publication.at.timestamp())
        metrics.catalogue_wrong.set(self._sources.catalogues.trouble is not None)

    async def _look_at_tokens(self, account: Account) -> None:
        """Raises StoreError. A pair that only the settings have does not say how old it is."""
        tokens = await self._sources.registry.tokens(account.name)
        if tokens is None:
            return
        made = tokens.made_at.timestamp()
        for token, ends in (("access", tokens.expires_at.timestamp()), ("refresh", made + account.refresh_seconds)):
            self._metrics.token_made.labels(account.channel, token).set(made)
            self._metrics.token_ends.labels(account.channel, token).set(ends)


async def watch_lag(
    metrics: Metrics,
    ticks: Callable[[], float] = time.perf_counter,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """How late the event loop is, twice a second, until cancelled: what blocks it keeps everybody waiting."""
    while True:
        due = ticks() + _LAG_EVERY_SECONDS
        await pause(_LAG_EVERY_SECONDS)
        metrics.loop_lag.observe(max(ticks() - due, 0.0))
