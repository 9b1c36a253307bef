"""Many addresses are checked: each host by itself and politely, and what was done stays whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.operations.links.asking import Said, Unanswered
from bot.operations.links.checking import LeftAlone, Round, check_links, checked, manners_of
from bot.operations.links.reach import Reach
from bot.operations.links.wanted import LinkKind, WantedLink
from bot.settings import Settings
from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome
from tests.unit.operations.links.portal import HOST, NOW, OTHER, Portal, portal, says

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
FINE = Said(LinkOutcome.FINE, 200)
GONE = Said(LinkOutcome.GONE, 404)
SILENT = Unanswered("timeout")
ADDRESS = f"http://{HOST}/0"


@pytest.fixture
async def there() -> AsyncIterator[Portal]:
    async with portal() as made:
        yield made


class Shelf:
    """Keeps checks, until it is `full`."""

    def __init__(self, full: int = 1000) -> None:
        self.kept: list[LinkCheck] = []
        self._full = full

    async def keep(self, check: LinkCheck) -> None:
        if len(self.kept) == self._full:
            raise StoreError("the disk is full")
        self.kept.append(check)


def links(host: str, count: int) -> tuple[WantedLink, ...]:
    return tuple(WantedLink(f"http://{host}/{n}", LinkKind.PROCEDURE, (f"1.00000{n}",)) for n in range(count))


def fine(address: str) -> LinkCheck:
    return LinkCheck(address, NOW, LinkOutcome.FINE, "", LinkAnswer(NOW, LinkOutcome.FINE, 200))


async def test_each_is_kept_as_soon_as_it_is_known(there: Portal) -> None:
    shelf, done, seen = Shelf(), Round(), list[LinkCheck]()
    there.pages["/1"] = says(404)
    await check_links(links(HOST, 3), {}, there.manners(), shelf.keep, done, seen.append)
    gone = LinkCheck(
        *(f"http://{HOST}/1", NOW, LinkOutcome.GONE, "", LinkAnswer(NOW, LinkOutcome.GONE, 404), TODAY, TODAY)
    )
    expected = [fine(f"http://{HOST}/0"), gone, fine(f"http://{HOST}/2")]
    assert (shelf.kept, done.checks, seen, done.left_alone) == (expected, expected, expected, {})


async def test_a_host_that_asks_for_it_is_left_alone_and_the_others_are_not(there: Portal) -> None:
    async def busy(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503 if request.host == HOST else 200, headers={"Retry-After": "90"})

    there.pages["/1"] = busy
    shelf, done = Shelf(), Round()
    await check_links((*links(HOST, 5), *links(OTHER, 3)), {}, there.manners(), shelf.keep, done)
    assert done.left_alone == {HOST: LeftAlone("busy", 3, timedelta(seconds=90))}
    assert [path for _, host, path in there.heard if host == HOST] == ["/0", "/1"]
    assert [path for _, host, path in there.heard if host == OTHER] == ["/0", "/1", "/2"]
    busy_one = LinkCheck(f"http://{HOST}/1", NOW, LinkOutcome.COULD_NOT_CHECK, "busy")
    assert [check for check in shelf.kept if check.address.startswith(f"http://{HOST}")] == [
        fine(f"http://{HOST}/0"),
        busy_one,
    ]


async def test_a_host_that_cannot_be_reached_is_not_asked_on(there: Portal) -> None:
    there.names.elsewhere[HOST] = "unknown"
    shelf, done = Shelf(), Round()
    await check_links((*links(HOST, 5), *links(OTHER, 1)), {}, there.manners(), shelf.keep, done)
    assert done.left_alone == {HOST: LeftAlone("silent", 2)}
    assert sorted(check.why for check in shelf.kept) == ["", "dns", "dns", "dns"]


async def test_one_answer_in_between_and_it_is_asked_on(there: Portal) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    there.pages |= {f"/{n}": hang_up for n in (0, 1, 3, 4)}
    done = Round()
    await check_links(links(HOST, 6), {}, there.manners(), Shelf().keep, done)
    outcomes = [check.outcome for check in done.checks]
    silent, found = LinkOutcome.COULD_NOT_CHECK, LinkOutcome.FINE
    assert (outcomes, done.left_alone) == ([silent, silent, found, silent, silent, found], {})


async def test_a_host_is_asked_no_faster_than_is_polite(there: Portal) -> None:
    done, loop = Round(), asyncio.get_running_loop()
    began = loop.time()
    await check_links(links(HOST, 4), {}, there.manners(per_second=20), Shelf().keep, done)
    assert len(done.checks) == 4
    assert loop.time() - began >= 3 / 20 - 0.02


async def test_a_second_look_and_a_redirect_wait_for_their_turn_too(there: Portal) -> None:
    there.pages["/0"] = says(301, Location=f"http://{OTHER}/there")
    there.pages["/there"] = says(404)
    began = asyncio.get_running_loop().time()
    await check_links(links(HOST, 1), {}, there.manners(per_second=10), Shelf().keep, Round())
    assert there.heard == [("HEAD", HOST, "/0"), ("HEAD", OTHER, "/there"), ("GET", OTHER, "/there")]
    assert asyncio.get_running_loop().time() - began >= 1 / 10 - 0.02


async def test_where_it_cannot_be_kept_it_ends_with_that(there: Portal) -> None:
    shelf = Shelf(full=2)
    with pytest.raises(StoreError, match="the disk is full"):
        await check_links(links(HOST, 5), {}, there.manners(), shelf.keep, Round())
    assert len(shelf.kept) == 2


async def test_who_stops_it_loses_nothing(there: Portal) -> None:
    reached, forever = asyncio.Event(), asyncio.Event()

    async def wait(_: web.Request) -> web.StreamResponse:
        reached.set()
        await forever.wait()
        return web.Response()

    there.pages["/2"] = wait
    shelf, done = Shelf(), Round()
    task = asyncio.create_task(check_links(links(HOST, 5), {}, there.manners(), shelf.keep, done))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    forever.set()
    assert shelf.kept == done.checks == [fine(f"http://{HOST}/0"), fine(f"http://{HOST}/1")]


async def test_what_is_known_is_sent_along(there: Portal) -> None:
    known = replace(fine(ADDRESS), answer=LinkAnswer(NOW - DAY, LinkOutcome.FINE, 200, "", '"v1"'))
    there.pages["/0"] = says(304)
    done = Round()
    await check_links(links(HOST, 1), {ADDRESS: known}, there.manners(), Shelf().keep, done)
    assert done.checks == [replace(fine(ADDRESS), answer=LinkAnswer(NOW, LinkOutcome.FINE, 304, "", '"v1"'))]


def days(*said: Said | Unanswered) -> LinkCheck:
    """What is known after one answer a day."""
    check: LinkCheck | None = None
    for number, one in enumerate(said):
        check = checked(ADDRESS, check, one, NOW + number * DAY)
    assert check is not None
    return check


def test_gone_is_sure_on_the_second_day() -> None:
    assert [days(GONE).is_surely_gone, days(GONE, GONE).is_surely_gone] == [False, True]
    twice = checked(ADDRESS, days(GONE), GONE, NOW + timedelta(minutes=5))
    assert not twice.is_surely_gone


def test_no_answer_in_between_changes_nothing() -> None:
    check = days(GONE, SILENT, GONE)
    assert (check.gone_since, check.gone_until, check.is_surely_gone) == (TODAY, TODAY + 2 * DAY, True)
    silent = days(FINE, SILENT)
    assert (silent.outcome, silent.why, silent.answer) == (
        LinkOutcome.COULD_NOT_CHECK,
        "timeout",
        LinkAnswer(NOW, LinkOutcome.FINE, 200),
    )


@pytest.mark.parametrize("back", [FINE, Said(LinkOutcome.MOVED, 200, "x"), Said(LinkOutcome.ODD, 500)])
def test_any_other_answer_and_it_is_gone_no_more(back: Said) -> None:
    check = days(GONE, GONE, back)
    assert (check.gone_since, check.gone_until, check.is_surely_gone) == (None, None, False)
    assert not days(GONE, back, GONE).is_surely_gone


@given(st.lists(st.sampled_from([FINE, GONE, SILENT, Said(LinkOutcome.ODD, 500)]), min_size=1, max_size=8))
def test_it_is_surely_gone_exactly_where_its_last_two_answers_said_so(said: list[Said | Unanswered]) -> None:
    answers = [one for one in said if isinstance(one, Said)]
    assert days(*said).is_surely_gone == (len(answers) > 1 and answers[-2:] == [GONE, GONE])


def test_who_is_asked_can_see_by_whom() -> None:
    settings = Settings(public_url="https://hoidap.example.gov.vn")
    manners = manners_of(settings, (HOST,), lambda: NOW)
    assert (manners.reach, manners.per_second, manners.user_agent) == (
        Reach((HOST,)),
        1.0,
        "MotCua-link-check/1.0 (+https://hoidap.example.gov.vn)",
    )
