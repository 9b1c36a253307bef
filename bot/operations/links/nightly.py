"""Checking a few links each night beside the service, and leading around those that are gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import structlog

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.following import keep_looking
from bot.operations.jobs import Done, unheard
from bot.operations.links.checking import Manners, Round, check_links
from bot.operations.links.wanted import due_links, wanted_links
from bot.operations.replaceable import Replaceable
from bot.ratings.periods import VIETNAM
from bot.store.freshness import LinkChecks

_log = structlog.get_logger(__name__)
_BEGINS, _ENDS = time(1), time(5)
"""In Vietnam: when nobody is kept waiting by it, neither here nor at the portal."""
_A_WEEK = timedelta(days=7)
"""What was answered since then need not be asked for again."""
_LOOK_SECONDS = 600.0
_FOLLOW_SECONDS = 2.0


def is_night(now: datetime) -> bool:
    return _BEGINS <= now.astimezone(VIETNAM).time() < _ENDS


class NightRound:
    """So many addresses each night, by the same rules as on the command line; of several processes one does it.

    What was tried tonight stands in the store, so that whoever takes over goes on with the rest.
    """

    def __init__(
        self, store: LinkChecks, catalogue: Callable[[], Catalogue], manners: Callable[[Catalogue], Manners], count: int
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._manners = manners
        self._count = count
        self._done_on: date | None = None

    async def look(self, now: datetime) -> Round | None:
        """Check, if it is night and this night's are not yet checked. Raises StoreError."""
        tonight = now.astimezone(VIETNAM).date()
        if not is_night(now) or self._done_on == tonight:
            return None
        catalogue, done = self._catalogue(), Round()
        known = {check.address: check for check in await self._store.listed()}
        begins = datetime.combine(tonight, _BEGINS, VIETNAM)
        left = self._count - sum(check.tried_at >= begins for check in known.values())
        due = due_links(wanted_links(catalogue), known, now, older_than=_A_WEEK, limit=left) if left > 0 else ()
        await check_links(due, known, self._manners(catalogue), self._store.keep, done)
        self._done_on = tonight
        _log.info("links_checked", checked=len(done.checks), due=len(due))
        return done

    async def watch(self, clock: Callable[[], datetime], done: Done = unheard) -> None:
        """Until cancelled. `done` hears of nights, and not of looks by day."""
        while True:
            try:
                if await self.look(clock()) is not None:
                    done(True)
            except StoreError as error:
                _log.error("links_not_checked", error=str(error))
                done(False)
            except Exception as error:  # noqa: BLE001 - whatever breaks, the next night it is tried again
                log_fault("links", error)
                done(False)
            await asyncio.sleep(_LOOK_SECONDS)


def without_gone_pages(guide: Guide, gone: frozenset[str]) -> Guide:
    """The same, leading around pages that are gone."""
    return replace(guide, catalogue=replace(guide.catalogue, gone_pages=gone))


async def follow_gone_pages(store: LinkChecks, assistant: Replaceable) -> None:
    """Have the assistant lead around the pages that are gone now. Raises StoreError."""
    gone = await store.surely_gone()
    # Also where another catalogue has been taken over meanwhile, which knows nothing of this.
    if assistant.guide.catalogue.gone_pages != gone:
        assistant.take(without_gone_pages(assistant.guide, gone), assistant.engine)


async def watch_gone_pages(store: LinkChecks, assistant: Replaceable, done: Done = unheard) -> None:
    """Every two seconds, until cancelled. While it cannot be read, everything stays as it was."""
    await keep_looking("gone_pages", lambda: follow_gone_pages(store, assistant), _FOLLOW_SECONDS, done)
