"""What staff and citizens are told is the same through the store and through its copy, and goes on from there."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.store import opening
from bot.store.figures import Dimension, Extent
from bot.store.registry import Switch
from tests.unit.store.moving.sides import ENGINES, Address, contents, fill, move
from tests.unit.store.samples import NOW
from tests.unit.store.test_publications import ACT, NEW, OLD, TODAY, publication

_PERSONS = [f"p{number}" for number in range(7)]
_EXTENT = Extent(date(2025, 1, 1), date(2026, 12, 31))


async def answers(address: str) -> list[object]:
    """What is read by the ways by which the assistant and staff read."""
    store = await opening.open_store(address)
    figures, publications = store.office.figures, store.office.publications
    listed = await publications.listed()
    read = [
        await store.recent_events(50),
        await store.recent_helpfulness(50),
        [await store.conversation(person) for person in _PERSONS],
        [await store.inbox.contact(person) for person in _PERSONS],
        await store.inbox.waiting(),
        await store.registry.switches(),
        [await figures.counts(_EXTENT, by) for by in (None, *Dimension)],
        await figures.use(_EXTENT.first, _EXTENT.last),
        await figures.obstacles(_EXTENT),
        await figures.is_demonstration(),
        listed,
        await publications.in_force(TODAY),
        [await publications.contents(one.version) for one in listed],
    ]
    await store.close()
    return read


async def use(address: str) -> None:
    await fill(address, 0, 15)
    store = await opening.open_store(address)
    await store.office.publications.publish(publication(OLD), OLD, 0, ACT)
    await store.office.publications.publish(publication(NEW), NEW, 1, ACT)
    await store.registry.set_switch(Switch("telegram", False, "nghỉ", NOW))
    await store.close()


@pytest.mark.parametrize("one", ENGINES)
@pytest.mark.parametrize("other", ENGINES)
async def test_the_same_is_read_and_written_on(new: Address, one: str, other: str) -> None:
    source, target = new(one), new(other)
    await use(source)
    move(source, target)
    assert await answers(target) == await answers(source)
    for address in (source, target):
        await fill(address, 15, 18)
        store = await opening.open_store(address)
        claimed = await store.inbox.claim("test", "me", NOW, NOW + timedelta(minutes=1), 3)
        assert [task.id for task in claimed] == [1, 2, 3]
        await store.close()
    assert await answers(target) == await answers(source)


def test_a_made_up_year_is_the_same_there_and_back(new: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    source, server, back = new("sqlite"), new("postgres"), new("sqlite")
    monkeypatch.setenv("DATABASE_URL", source)
    assert CliRunner().invoke(main, ["demo-data", "--ratings", "300", "--yes"]).exit_code == 0
    move(source, server)
    move(server, back)
    assert contents(back) == contents(source)
    assert asyncio.run(answers(server)) == asyncio.run(answers(source))
