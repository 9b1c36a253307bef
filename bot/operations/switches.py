"""Channels switched off and on by an operator: seen by every process within seconds, without a restart."""

from __future__ import annotations

import asyncio
import logging

from bot.dialogue.guards import OffChannels
from bot.errors import StoreError
from bot.store.registry import Registry

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 2.0


async def look_at_switches(registry: Registry, off: OffChannels) -> None:
    """Take over how the switches stand now. Raises StoreError."""
    off.replace(frozenset(switch.channel for switch in await registry.switches() if not switch.is_on))


async def watch_switches(registry: Registry, off: OffChannels) -> None:
    """Do so every two seconds, until cancelled. While the store cannot be read, everything stays as it was."""
    was_readable = True
    while True:
        try:
            await look_at_switches(registry, off)
            was_readable = True
        except StoreError as error:
            if was_readable:
                _log.error("switches_not_read: %s", error)
            was_readable = False
        await asyncio.sleep(_LOOK_SECONDS)
