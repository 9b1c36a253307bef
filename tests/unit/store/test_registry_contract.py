"""What every registry must do alike: switches that operators set, and a pair of tokens that one process renews."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.memory import MemoryStore
from bot.store.registry import Registry, Switch, Tokens
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NOW, cutoffs

SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=60)
PAIR = Tokens("access one", "refresh one", NOW, NOW + timedelta(hours=25))
NEXT = Tokens("access two", "refresh two", NOW + LEASE, NOW + LEASE + timedelta(hours=25))


@pytest.fixture(params=["sqlite", "memory", "resilient over sqlite"])
async def registry(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Registry]:
    if request.param == "memory":
        yield MemoryStore().registry
        return
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    yield store.registry if request.param == "sqlite" else ResilientStore(store).registry
    await store.close()


async def test_the_last_word_on_a_channel_counts(registry: Registry) -> None:
    assert await registry.switches() == ()
    off = Switch("zalo_oa", is_on=False, reason="Bảo trì đến 17 giờ", changed_at=NOW)
    await registry.set_switch(off)
    await registry.set_switch(Switch("telegram", is_on=True, reason="", changed_at=NOW + SECOND))
    assert await registry.switches() == (Switch("telegram", is_on=True, reason="", changed_at=NOW + SECOND), off)
    on = replace(off, is_on=True, reason="", changed_at=NOW + 2 * SECOND)
    await registry.set_switch(on)
    assert (await registry.switches())[1] == on


async def test_no_pair_is_known_at_first(registry: Registry) -> None:
    assert await registry.tokens("oa") is None
    assert await registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    assert await registry.tokens("oa") is None


async def test_the_holder_of_the_lock_keeps_the_pair(registry: Registry) -> None:
    assert await registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    assert await registry.keep_tokens("oa", PAIR, "one")
    assert await registry.tokens("oa") == PAIR
    assert await registry.tokens("other") is None
    await registry.unlock_tokens("oa", "one")
    assert await registry.tokens("oa") == PAIR
    assert await registry.lock_tokens("oa", "two", NOW, NOW + LEASE)
    assert await registry.keep_tokens("oa", NEXT, "two")
    assert await registry.tokens("oa") == NEXT


async def test_nothing_is_kept_without_the_lock(registry: Registry) -> None:
    assert not await registry.keep_tokens("oa", PAIR, "one")
    await registry.lock_tokens("oa", "two", NOW, NOW + LEASE)
    assert not await registry.keep_tokens("oa", PAIR, "one")
    await registry.unlock_tokens("oa", "two")
    assert not await registry.keep_tokens("oa", PAIR, "two")
    assert await registry.tokens("oa") is None


async def test_the_lock_has_one_holder_until_its_time_is_over(registry: Registry) -> None:
    assert await registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    assert not await registry.lock_tokens("oa", "two", NOW + LEASE, NOW + 2 * LEASE)
    assert await registry.lock_tokens("other", "two", NOW, NOW + LEASE)
    assert await registry.lock_tokens("oa", "two", NOW + LEASE + SECOND, NOW + 2 * LEASE)
    assert not await registry.keep_tokens("oa", PAIR, "one")
    assert await registry.keep_tokens("oa", PAIR, "two")


async def test_the_holder_may_hold_it_longer(registry: Registry) -> None:
    assert await registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    assert await registry.lock_tokens("oa", "one", NOW + SECOND, NOW + 3 * LEASE)
    assert not await registry.lock_tokens("oa", "two", NOW + 2 * LEASE, NOW + 4 * LEASE)


async def test_who_came_too_late_but_alone_may_still_keep_what_was_given(registry: Registry) -> None:
    """The platform has taken the old pair back already: it must not be lost for a slow network."""
    assert await registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    assert await registry.keep_tokens("oa", PAIR, "one")
    assert await registry.tokens("oa") == PAIR


async def test_nobody_unlocks_for_another(registry: Registry) -> None:
    await registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    await registry.unlock_tokens("oa", "two")
    await registry.unlock_tokens("nobody", "two")
    assert not await registry.lock_tokens("oa", "two", NOW, NOW + LEASE)


async def test_of_many_at_once_one_gets_the_lock(registry: Registry) -> None:
    got = await asyncio.gather(*(registry.lock_tokens("oa", f"holder {n}", NOW, NOW + LEASE) for n in range(20)))
    assert sum(got) == 1


def test_tokens_are_not_shown() -> None:
    assert repr(PAIR) == f"Tokens(made_at={NOW!r}, expires_at={PAIR.expires_at!r})"


async def test_switches_and_tokens_outlive_the_process_and_are_never_forgotten(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    switch = Switch("web", is_on=False, reason="", changed_at=NOW)
    await store.registry.set_switch(switch)
    await store.registry.lock_tokens("oa", "one", NOW, NOW + LEASE)
    await store.registry.keep_tokens("oa", PAIR, "one")
    late = NOW + timedelta(days=9999)
    await store.forget(cutoffs(late, late))
    await store.close()
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    assert (await store.registry.switches(), await store.registry.tokens("oa")) == ((switch,), PAIR)
    # Whoever held the lock is gone with its process.
    assert await store.registry.lock_tokens("oa", "two", NOW, NOW + LEASE)
    await store.close()


async def test_a_lock_that_was_made_by_a_clock_far_ahead_does_not_last(registry: Registry) -> None:
    ahead = NOW + timedelta(days=1)
    assert await registry.lock_tokens("oa", "one", ahead, ahead + LEASE)
    assert await registry.lock_tokens("oa", "two", NOW, NOW + LEASE)


async def test_clocks_that_differ_a_little_break_no_lock(registry: Registry) -> None:
    ahead = NOW + 20 * SECOND
    assert await registry.lock_tokens("oa", "one", ahead, ahead + LEASE)
    assert not await registry.lock_tokens("oa", "two", NOW, NOW + LEASE)
