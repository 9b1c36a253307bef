"""Who comes by a team's link: counted once, for a week, in the transaction of the turn; forgotten with the person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.dialogue.messages import Incoming, Status
from bot.dialogue.rules import Rules
from bot.dialogue.signed_links import PORTAL_PATH, PortalLink, ShareLink, Signer
from bot.store.sharing import Count, Reach, Via
from bot.store.staff import Act
from tests.unit.dialogue.test_router_rating import BIRTH, KEY, LAN, NOW, WAY, Disk, House
from tests.unit.handlers.example import catalogue

SIGNER = Signer(KEY)
PLACE = catalogue().communes["H99.101"].statistics_code
LINK = SIGNER.share_id(ShareLink(BIRTH.replace(".", ""), 1, PLACE))
OTHER = SIGNER.share_id(ShareLink("1000006", 0, PLACE))
EVER = (date(2026, 1, 1), date(2027, 12, 31))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    path = tmp_path / "bot.db"
    store = await Disk.open(path)
    await store.office.sharing.add_team("Tổ công nghệ số cộng đồng thôn 3", "H99.101", Act(NOW, "lan", "team_add"))
    yield House(path, store, Rules(KEY, site="https://site.test", counted_site="https://site.test"))
    await store.close()


async def sums(house: House) -> tuple[Reach, ...]:
    return await house.store.office.sharing.reach(*EVER)


def team(**counts: int) -> Reach:
    return Reach(1, "H99.101", {Count(what): n for what, n in counts.items()})


async def test_a_link_counts_once_in_a_conversation(house: House) -> None:
    assert await house.tap(f"s:{LINK}", f"s:{LINK}") == [Status.ANSWERED, Status.ANSWERED]
    assert (await house.say(f"#{LINK}")).status is Status.ANSWERED
    assert (await house.say(LINK)).status is Status.ANSWERED
    assert await sums(house) == (team(conversation=1),)
    house.at += timedelta(minutes=31)
    await house.say(f"#{LINK}")
    assert await sums(house) == (team(conversation=2),)


async def test_a_link_of_another_takes_its_place_and_begins_no_conversation(house: House) -> None:
    await house.tap(f"s:{LINK}", f"s:{OTHER}", f"s:{LINK}", f"s:{OTHER}")
    assert await sums(house) == (team(conversation=1),)
    assert house.rows("select target, what, n from share_counts") == [(f"tt:{BIRTH}", "conversation", 1)]
    await house.tap(*WAY)
    assert await sums(house) == (Reach(0, "H99.101", {Count.RATING: 1}), team(conversation=1))


async def test_a_program_begins_no_conversation_for_anybody(house: House) -> None:
    reply = await house.hear(Incoming("web", "lan", choice=f"s:{LINK}", is_program=True))
    assert (reply.status, reply.codes) == (Status.ANSWERED, (BIRTH,))
    await house.tap(*WAY)
    assert await sums(house) == ()


@pytest.mark.parametrize("address", ["", "network"])
async def test_a_browser_that_forgets_its_cookie_raises_it_so_far_only(house: House, address: str) -> None:
    for number in range(65):
        reply = await house.hear(Incoming("web", f"new-{number}", choice=f"s:{LINK}", address=address))
        assert reply.status is Status.ANSWERED
    assert await sums(house) == (team(conversation=60),)


async def test_a_telegram_start_carries_it(house: House) -> None:
    reply = await house.hear(Incoming("telegram", "lan", choice=f"s:{LINK}", task=None))
    assert (reply.status, reply.codes) == (Status.ANSWERED, (BIRTH,))
    assert await sums(house) == (team(conversation=1),)


async def test_a_forged_link_opens_the_card_for_nobody(house: House) -> None:
    assert await house.tap(f"s:{LINK[:-6]}AAAAAA") == [Status.ANSWERED]
    assert await sums(house) == ()


async def test_ratings_of_the_week_after_are_the_teams(house: House) -> None:
    await house.tap(f"s:{LINK}")
    house.at += timedelta(days=7)
    await house.tap(*WAY)
    assert await sums(house) == (team(conversation=1, rating=1),)
    house.at += timedelta(minutes=1)
    await house.tap(WAY[-1].replace(":2", ":3"))
    assert await sums(house) == (team(conversation=1, rating=1),)


async def test_help_is_counted_apart(house: House) -> None:
    await house.tap(f"s:{LINK}", *WAY[1:-1], f"{WAY[-1]}+")
    assert await sums(house) == (team(conversation=1, helped_rating=1),)


async def test_after_a_week_they_are_nobodys(house: House) -> None:
    await house.tap(f"s:{LINK}")
    house.at += timedelta(days=7, seconds=1)
    await house.tap(*WAY)
    assert await sums(house) == (team(conversation=1),)


async def test_links_to_the_portal_say_by_whose_link_the_person_came(house: House) -> None:
    reply = await house.hear(Incoming("test", "lan", choice=f"s:{LINK}"))
    page = next(link.through for link in reply.links if link.through)
    said = SIGNER.portal_link(page.removeprefix(f"https://site.test{PORTAL_PATH}/"))
    assert said == PortalLink(BIRTH, "", LAN[:12], Via(1, "H99.101"))


async def test_what_cannot_be_kept_is_not_counted_and_answered_all_the_same(house: House) -> None:
    house.store.is_full = True
    assert await house.tap(f"s:{LINK}") == [Status.ANSWERED]
    house.store.is_full = False
    assert await sums(house) == ()


async def test_it_is_forgotten_with_the_person(house: House) -> None:
    await house.tap(f"s:{LINK}", "me:erased")
    assert house.rows("select count(*) from conversations") == [(0,)]
    await house.tap(*WAY)
    assert await sums(house) == (team(conversation=1),)
