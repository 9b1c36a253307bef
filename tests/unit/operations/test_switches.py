"""Switches are seen within seconds; while they cannot be read, everything stays as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.dialogue.guards import OffChannels
from bot.errors import StoreError
from bot.operations.switches import look_at_switches, watch_switches
from bot.store.memory import MemoryStore
from bot.store.memory_inbox import MemoryRegistry
from bot.store.registry import Switch
from tests.log import Log
from tests.unit.store.samples import NOW


def switch(channel: str, *, is_on: bool) -> Switch:
    return Switch(channel, is_on=is_on, reason="", changed_at=NOW)


class FailingRegistry(MemoryRegistry):
    """Cannot be read while `is_broken`."""

    is_broken = False

    async def switches(self) -> tuple[Switch, ...]:
        if self.is_broken:
            raise StoreError("disk full")
        return await super().switches()


async def test_only_what_is_off_is_off() -> None:
    registry, off = MemoryStore().registry, OffChannels(frozenset({"forgotten"}))
    for channel, is_on in (("telegram", False), ("zalo_oa", True)):
        await registry.set_switch(switch(channel, is_on=is_on))
    await look_at_switches(registry, off)
    assert [channel in off for channel in ("telegram", "zalo_oa", "web", "forgotten")] == [True, False, False, False]


async def test_what_cannot_be_read_is_told_to_who_asks() -> None:
    registry = FailingRegistry()
    registry.is_broken = True
    off = OffChannels(frozenset({"web"}))
    with pytest.raises(StoreError):
        await look_at_switches(registry, off)
    assert "web" in off


async def watched(
    monkeypatch: pytest.MonkeyPatch, registry: FailingRegistry, off: OffChannels, *between: Callable[[], object]
) -> list[float]:
    """Watch, and do one thing after each look, until there is nothing left to do; how long was slept."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) > len(between):
            raise asyncio.CancelledError
        between[len(slept) - 1]()

    monkeypatch.setattr("bot.operations.following.asyncio.sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await watch_switches(registry, off)
    return slept


async def test_a_store_that_fails_is_told_once_and_again_after_it_worked(
    monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    registry, off = FailingRegistry(), OffChannels()
    await registry.set_switch(switch("telegram", is_on=False))
    seen: list[bool] = []

    def breaks() -> None:
        seen.append("telegram" in off)
        registry.is_broken = True

    def works() -> None:
        seen.append("telegram" in off)
        registry.is_broken = False

    def nothing() -> None:
        seen.append("telegram" in off)

    assert await watched(monkeypatch, registry, off, breaks, nothing, works, breaks, nothing) == [2.0] * 6
    assert seen == [True] * 5
    assert log.lines() == [{"level": "error", "event": "switches_not_read", "error": "disk full"}] * 2


async def test_a_channel_that_is_switched_back_on_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    registry, off = FailingRegistry(), OffChannels()
    await registry.set_switch(switch("telegram", is_on=False))
    seen: list[bool] = []

    def switch_on() -> None:
        seen.append("telegram" in off)
        registry._switches["telegram"] = switch("telegram", is_on=True)

    await watched(monkeypatch, registry, off, switch_on)
    assert [*seen, "telegram" in off] == [True, False]
