"""Whatever happens in whatever order: each person's updates are answered in their order, and none is lost."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.store.inbox import Inbox
from bot.store.memory import MemoryStore
from bot.store.resilient import ResilientStore
from tests.unit.store.samples import NOW, Disk, FailingSqlite, update

PEOPLE = ("a", "b", "c")
OWNERS = ("one", "two")
LEASE = timedelta(seconds=10)

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("accept"), st.sampled_from(PEOPLE), st.integers(0, 12)),
        st.tuples(st.just("claim"), st.sampled_from(OWNERS), st.integers(0, 3)),
        st.tuples(st.just("close"), st.sampled_from(OWNERS), st.integers(0, 9)),
        st.tuples(st.just("put off"), st.sampled_from(OWNERS), st.integers(0, 9)),
        st.tuples(st.just("release"), st.sampled_from(OWNERS), st.just(0)),
        st.tuples(st.just("renew"), st.sampled_from(OWNERS), st.just(0)),
        st.tuples(st.just("wait"), st.just(""), st.integers(1, 15)),
    ),
    max_size=40,
)


@dataclass(slots=True)
class _Kept:
    """What the slow, obvious twin knows of an open update."""

    key: str
    person: str
    ready_at: datetime
    owner: str | None = None
    owned_until: datetime = NOW - timedelta(days=1)


class _Play:
    """Plays steps on an inbox and on a list, and holds the one against the other."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._now = NOW
        self._known: set[str] = set()
        self._open: list[_Kept] = []
        self._ids: dict[str, int] = {}

    async def step(self, what: str, who: str, number: int) -> None:
        if what == "accept":
            await self._accept(f"{who}{number}", who)
        elif what == "claim":
            await self._claim(who, number)
        elif what == "release":
            await self._inbox.release(who)
            for kept in self._of(who):
                kept.owner, kept.owned_until = None, NOW - timedelta(days=1)
        elif what == "renew":
            await self._inbox.renew(who, tuple(self._ids.values()), self._now + LEASE)
            for kept in self._of(who):
                kept.owned_until = self._now + LEASE
        elif what == "wait":
            self._now += timedelta(seconds=number)
        elif mine := self._of(who):
            await self._end(what, mine[number % len(mine)])

    async def _accept(self, key: str, person: str) -> None:
        is_new = key not in self._known
        assert await self._inbox.accept(update(key, person), self._now) is is_new
        self._known.add(key)
        if is_new:
            # Ready whatever the clock says; so it goes before what was put off.
            self._open.append(_Kept(key, person, NOW - timedelta(days=1)))

    async def _claim(self, owner: str, limit: int) -> None:
        firsts: dict[str, _Kept] = {}
        for kept in self._open:
            firsts.setdefault(kept.person, kept)
        free = [kept for kept in firsts.values() if kept.ready_at <= self._now and kept.owned_until < self._now]
        longest = sorted(free, key=lambda kept: kept.ready_at)[:limit]
        free = [kept for kept in self._open if kept in longest]
        for kept in free:
            kept.owner, kept.owned_until = owner, self._now + LEASE
        tasks = await self._inbox.claim("test", owner, self._now, self._now + LEASE, limit)
        assert [task.update.key for task in tasks] == [kept.key for kept in free]
        self._ids |= {task.update.key: task.id for task in tasks}

    async def _end(self, what: str, kept: _Kept) -> None:
        if what == "close":
            await self._inbox.close(self._ids[kept.key], "answered", self._now)
            self._open.remove(kept)
        else:
            kept.ready_at, kept.owner = self._now + timedelta(seconds=5), None
            kept.owned_until = NOW - timedelta(days=1)
            await self._inbox.put_off(self._ids[kept.key], kept.ready_at)

    def _of(self, owner: str) -> list[_Kept]:
        return [kept for kept in self._open if kept.owner == owner]

    async def finish(self) -> None:
        """Answer all that is left: it comes in each person's order, and nothing is missing."""
        left = {person: [kept.key for kept in self._open if kept.person == person] for person in PEOPLE}
        found: dict[str, list[str]] = {person: [] for person in PEOPLE}
        self._now += timedelta(days=1)
        while tasks := await self._inbox.claim("test", "last", self._now, self._now + LEASE, 9):
            for task in tasks:
                found[task.update.person].append(task.update.key)
                await self._inbox.close(task.id, "answered", self._now)
        assert (found, await self._inbox.waiting()) == (left, ())


async def _play(inbox: Inbox, steps: list[tuple[str, str, int]]) -> None:
    play = _Play(inbox)
    for step in steps:
        await play.step(*step)
    await play.finish()


@given(STEPS)
@example(
    [
        ("accept", "a", 0),
        ("claim", "two", 1),
        ("put off", "two", 0),
        ("wait", "", 5),
        ("accept", "b", 0),
        ("claim", "one", 1),
    ]
)
def test_in_memory(steps: list[tuple[str, str, int]]) -> None:
    asyncio.run(_play(MemoryStore().inbox, steps))


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_on_disk(steps: list[tuple[str, str, int]]) -> None:
    async def play() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = await FailingSqlite.open(Path(folder) / "data.sqlite")
            try:
                await _play(ResilientStore(store).inbox, steps)
            finally:
                await store.close()

    asyncio.run(play())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(("accept", "answer", "break", "mend")), st.sampled_from(PEOPLE)), max_size=30)
)
def test_nothing_is_lost_or_answered_twice_while_the_disk_comes_and_goes(steps: list[tuple[str, str]]) -> None:
    async def play() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = FailingSqlite(Path(folder) / "data.sqlite")
            await (await FailingSqlite.open(Path(folder) / "data.sqlite")).close()
            try:
                await _break_and_mend(ResilientStore(store).inbox, store.disk, steps)
            finally:
                await store.close()

    asyncio.run(play())


async def _break_and_mend(inbox: Inbox, disk: Disk, steps: list[tuple[str, str]]) -> None:
    accepted: list[str] = []
    answered: list[str] = []

    async def answer(limit: int) -> bool:
        tasks = await inbox.claim("test", "one", NOW, NOW + LEASE, limit)
        for task in tasks:
            answered.append(task.update.key)
            await inbox.close(task.id, "answered", NOW)
        return bool(tasks)

    for number, (what, person) in enumerate(steps):
        if what == "accept":
            assert await inbox.accept(update(str(number), person), NOW)
            accepted.append(str(number))
        elif what == "answer":
            await answer(2)
        else:
            disk.is_full = what == "break"
    disk.is_full = False
    while await answer(9):
        pass
    assert sorted(answered, key=int) == accepted


@pytest.mark.parametrize("owner", OWNERS)
async def test_an_owner_may_not_claim_its_own_twice(owner: str) -> None:
    inbox = MemoryStore().inbox
    await inbox.accept(update("k"), NOW)
    assert len(await inbox.claim("test", owner, NOW, NOW + LEASE, 9)) == 1
    assert await inbox.claim("test", owner, NOW, NOW + LEASE, 9) == ()
