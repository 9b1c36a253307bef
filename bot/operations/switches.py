"""Channels switched off and on by an operator: seen by every process within seconds, without a restart."""

from __future__ import annotations

from bot.dialogue.guards import OffChannels
from bot.operations.following import keep_looking
from bot.operations.jobs import Done, unheard
from bot.store.registry import Registry

_LOOK_SECONDS = 2.0


async def look_at_switches(registry: Registry, off: OffChannels) -> None:
    """Take over how the switches stand now. Raises StoreError."""
    off.replace(frozenset(switch.channel for switch in await registry.switches() if not switch.is_on))


async def watch_switches(registry: Registry, off: OffChannels, done: Done = unheard) -> None:
    """Do so every two seconds, until cancelled. While the store cannot be read, everything stays as it was."""
    await keep_looking("switches", lambda: look_at_switches(registry, off), _LOOK_SECONDS, done)
