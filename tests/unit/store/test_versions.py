"""Two versions of the program side by side: the tables are one step ahead of one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.store.interface import Record
from bot.store.planning import plan_of
from bot.store.postgres import steps
from bot.store.sql.store import SqlStore
from bot.store.sqlite import migrations
from tests.unit.store.ahead.next_version import AHEAD, NEXT, bring_ahead, next_part
from tests.unit.store.engines import Place
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW, event, opinion, update


@contextmanager
def as_the_next_version(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Code that knows the step as well."""
    with monkeypatch.context() as patch:
        known = (*steps.all_steps(), NEXT)
        patch.setattr(steps, "all_steps", lambda: known)
        patch.setattr(migrations.apply, "__defaults__", ((*migrations.PARTS, next_part),))
        yield


async def use(store: SqlStore, name: str) -> None:
    """A little of everything that is written in a conversation."""
    await store.inbox.accept(update(name, name), NOW)
    (task,) = await store.inbox.claim("test", name, NOW, NOW.replace(minute=1), 1)
    await store.record(Record(event(person=name), f"state of {name}", opinion(person=name)))
    await store.inbox.close(task.id, "answered", NOW)
    assert await store.conversation(name) == f"state of {name}"


def test_the_made_up_step_keeps_to_the_rule() -> None:
    (step,) = migrations.all_steps((*migrations.PARTS, next_part))[-1:]
    assert (NEXT.is_safe, step.is_safe, len(step.changes)) == (True, True, len(AHEAD))


async def test_a_version_behind_its_tables_opens_them_and_works(place: Place) -> None:
    bring_ahead(place)
    store = await place.open()
    try:
        await use(store, "a")
        assert len((await plan_of(place.address)).newer) == 1
        assert (
            await look(store, "select language from conversations"),
            await look(store, "select mood from events"),
        ) == (
            [("vi",)],
            [(None,)],
        )
    finally:
        await store.close()


async def test_the_next_version_begins_while_this_one_is_writing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    old = await place.open()
    written = 0
    is_done = asyncio.Event()

    async def write() -> None:
        nonlocal written
        while not is_done.is_set() or written < 5:
            await use(old, f"old {written}")
            written += 1

    writing = asyncio.create_task(write())
    while not written:
        await asyncio.sleep(0)
    with as_the_next_version(place, monkeypatch):
        new = await asyncio.wait_for(place.open(), 30)
    await use(new, "new")
    is_done.set()
    await asyncio.wait_for(writing, 30)
    assert await look(new, "select count(*), count(mood) from events") == [(written + 1, 0)]
    assert await look(old, "select count(*) from wishes") == [(0,)]
    await use(old, "behind")
    await new.close()
    await old.close()
