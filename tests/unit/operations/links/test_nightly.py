"""A few links each night beside the service, and cards that lead around pages that are gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.catalog.guide import Guide
from bot.catalog.lookup import portal_link
from bot.catalog.model import Catalogue
from bot.dialogue.turn import Searches
from bot.operations.links.checking import Manners
from bot.operations.links.nightly import NightRound, follow_gone_pages, is_night
from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome
from bot.store.sqlite.store import SqliteStore
from tests.unit.handlers.example import TableEngine, catalogue
from tests.unit.operations.links.portal import HOST, Portal, portal, says

MIDNIGHT = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
"""Two o'clock in Vietnam."""
DAY = timedelta(days=1)
BIRTH = "1.000001"


@pytest.fixture
async def there() -> AsyncIterator[Portal]:
    async with portal() as made:
        yield made


def on_this_machine() -> Catalogue:
    found = catalogue()
    home = f"http://{HOST}"
    province = replace(
        found.province, portal_home=home, identity_help=f"{home}/id", portal_procedure=f"{home}/p/{{portal_id}}"
    )
    return replace(found, province=province, services={})


class Clock:
    """The time, set by hand."""

    def __init__(self) -> None:
        self.at = MIDNIGHT

    def __call__(self) -> datetime:
        return self.at


def night(store: SqliteStore, there: Portal, clock: Clock, count: int) -> NightRound:
    def manners(_: Catalogue) -> Manners:
        return there.manners(clock=clock)

    return NightRound(store.office.links, on_this_machine, manners, count)


@pytest.mark.parametrize(
    ("hour", "expected"), [(17, False), (18, True), (21, True), (22, False), (3, False), (12, False)]
)
def test_night_is_from_one_to_five_in_vietnam(hour: int, expected: bool) -> None:
    assert is_night(datetime(2026, 11, 21, hour, tzinfo=UTC)) is expected


async def test_so_many_a_night_until_all_have_been_asked_for(store: SqliteStore, there: Portal) -> None:
    clock = Clock()
    rounds = night(store, there, clock, 2)
    paths = []
    for passed in (timedelta(0), timedelta(hours=1), DAY, 2 * DAY, 8 * DAY):
        clock.at = MIDNIGHT + passed
        there.heard.clear()
        done = await rounds.look(clock.at)
        paths.append((done is not None, [path for *_, path in there.heard]))
    assert paths == [
        (True, ["/", "/id"]),
        (False, []),
        (True, ["/p/aaaa"]),
        (True, []),
        (True, ["/", "/id"]),
    ]


async def test_who_takes_over_in_the_middle_of_the_night_goes_on_with_the_rest(
    store: SqliteStore, there: Portal
) -> None:
    clock, found = Clock(), []
    # The first got as far as the first address.
    for count in (1, 2, 2):
        there.heard.clear()
        done = await night(store, there, clock, count).look(clock.at)
        assert done is not None
        found.append((len(done.checks), [path for *_, path in there.heard]))
        clock.at += timedelta(minutes=10)
    assert found == [(1, ["/"]), (1, ["/id"]), (0, [])]


async def test_by_day_nothing_is_asked_for(store: SqliteStore, there: Portal) -> None:
    clock = Clock()
    clock.at = MIDNIGHT + timedelta(hours=8)
    assert await night(store, there, clock, 9).look(clock.at) is None
    assert there.heard == []


async def test_nights_are_told_and_looks_by_day_are_not(
    store: SqliteStore, there: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, done = Clock(), list[bool]()
    hours = iter([2, 3, 24, 24 + 8])

    async def sleep(_: float) -> None:
        passed = next(hours, None)
        if passed is None:
            raise asyncio.CancelledError
        clock.at = MIDNIGHT + timedelta(hours=passed)

    monkeypatch.setattr("bot.operations.links.nightly.asyncio", SimpleNamespace(sleep=sleep))
    with pytest.raises(asyncio.CancelledError):
        await night(store, there, clock, 9).watch(clock, done.append)
    assert done == [True, True]


class Stage:
    """An assistant as the watch sees it."""

    def __init__(self) -> None:
        self.guide = Guide.of(on_this_machine())
        self.engine: Searches = TableEngine()
        self.taken = 0

    def take(self, guide: Guide, engine: Searches) -> None:
        self.guide, self.engine, self.taken = guide, engine, self.taken + 1

    @property
    def link(self) -> str:
        return portal_link(self.guide.catalogue, self.guide.catalogue.procedures[BIRTH])


async def test_a_card_leads_to_the_search_from_the_second_day_on_and_back_again(
    store: SqliteStore, there: Portal
) -> None:
    clock, stage, links = Clock(), Stage(), []
    rounds = night(store, there, clock, 9)
    for passed, status in ((0, 404), (8, 404), (16, 500), (24, 200)):
        clock.at = MIDNIGHT + passed * DAY
        there.pages["/p/aaaa"] = says(status)
        await rounds.look(clock.at)
        await follow_gone_pages(store.office.links, stage)
        links.append(stage.link)
    page, search = f"http://{HOST}/p/aaaa", f"https://portal.test/s?keyword={BIRTH}"
    assert (links, stage.taken) == ([page, search, page, page], 2)


async def test_nothing_is_taken_over_where_nothing_has_changed(store: SqliteStore) -> None:
    stage = Stage()
    await follow_gone_pages(store.office.links, stage)
    assert stage.taken == 0


async def test_another_catalogue_is_told_again(store: SqliteStore) -> None:
    stage, address = Stage(), f"http://{HOST}/p/aaaa"
    gone = LinkAnswer(MIDNIGHT, LinkOutcome.GONE, 404)
    await store.office.links.keep(
        LinkCheck(address, MIDNIGHT, LinkOutcome.GONE, "", gone, date(2026, 11, 1), date(2026, 11, 2))
    )
    await follow_gone_pages(store.office.links, stage)
    stage.guide = Guide.of(on_this_machine())
    await follow_gone_pages(store.office.links, stage)
    assert stage.guide.catalogue.gone_pages == {address}
