"""Deleting what is older than people were told that it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.dialogue.keeping import Keeping
from bot.dialogue.sharing import KEPT_FOR
from bot.operations.jobs import Done, unheard
from bot.settings import Settings
from bot.store.holdings import Due
from bot.store.interface import Cutoffs, Store

_log = structlog.get_logger(__name__)
_EVERY = timedelta(hours=24)
_LET_GO_EVERY = timedelta(minutes=1)
TOLD_FOR = timedelta(minutes=10)
"""How long after it was answered a message is known when it comes again."""


def keeping_of(settings: Settings) -> Keeping:
    """How long is kept what."""
    return Keeping(
        settings.choices_valid_hours,
        settings.keep_events_days,
        settings.keep_profiles_days,
        settings.keep_unfound_days,
        settings.keep_raters_months,
        settings.keep_erasures_days,
        settings.keep_backups_days,
    )


def cutoffs_of(keeping: Keeping, now: datetime) -> Cutoffs:
    """Before when nothing is kept."""
    return Cutoffs(
        states=now - keeping.profiles,
        events=now - keeping.events,
        contacts=now - keeping.contacts,
        keys=now - keeping.keys,
        unfound=now - keeping.unfound,
        raters=now - keeping.raters,
        brought=now - KEPT_FOR,
        erasures=now - keeping.erasures,
    )


async def forget_old(store: Store, keeping: Keeping, now: datetime) -> int:
    """Delete what has outlived its time; how many rows went. Raises StoreError."""
    return await store.forget(cutoffs_of(keeping, now))


async def due_now(store: Store, keeping: Keeping, now: datetime) -> tuple[Due, ...]:
    """What `forget_old` would delete; nothing is changed. Raises StoreError."""
    return await store.office.holdings.due(cutoffs_of(keeping, now))


async def forget_daily(store: Store, keeping: Keeping, clock: Callable[[], datetime], done: Done = unheard) -> None:
    """Do so now and once a day, until cancelled. What cannot be deleted today is tried again tomorrow."""
    while True:
        try:
            gone = await forget_old(store, keeping, clock())
        except Exception as error:  # noqa: BLE001 - must not end the daily round
            _log.error("retention_failed", error=type(error).__name__)
            done(False)
        else:
            done(True)
            if gone:
                _log.info("retention_done", rows=gone)
        await asyncio.sleep(_EVERY.total_seconds())


async def forget_told(store: Store, clock: Callable[[], datetime]) -> None:
    """Answers to messages that do not come again any more. Raises StoreError."""
    await store.forget_told(clock() - TOLD_FOR)


async def let_go_often(store: Store) -> None:
    """Once a minute, until cancelled: what was answered is taken out of the database's log too."""
    while True:
        await asyncio.sleep(_LET_GO_EVERY.total_seconds())
        await store.let_go()
