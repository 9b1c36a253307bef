"""Following something that other processes change: looking at it again and again, as long as this process runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.jobs import Done, unheard

_log = structlog.get_logger(__name__)


async def keep_looking(
    what: str, look: Callable[[], Awaitable[None]], every_seconds: float, done: Done = unheard
) -> None:
    """Until cancelled. Whatever breaks, everything stays as it was, and the next look comes: that is told once, and
    again only after it has worked. `what`: its name in the log."""
    was_readable = True
    while True:
        try:
            await look()
            was_readable = True
            done(True)
        except StoreError as error:
            if was_readable:
                _log.error(f"{what}_not_read", error=str(error))
            was_readable = False
            done(False)
        except Exception as error:  # noqa: BLE001 - whatever breaks, what is changed later is still taken over
            if was_readable:
                log_fault(what, error)
            was_readable = False
            done(False)
        await asyncio.sleep(every_seconds)
