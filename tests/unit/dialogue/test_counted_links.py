"""Links to the portal that are counted: only pages of procedures that the reply speaks of, and only with an address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.counted_links import CountedLinks
from bot.dialogue.messages import Link, Reply, Status
from bot.dialogue.signed_links import PORTAL_PATH, PortalLink, Signer
from bot.dialogue.turn import Outcome
from bot.store.sharing import Via
from tests.unit.handlers.example import SITE, turn

SIGNER = Signer(b"k" * 32)
LAN = "0123456789abcdef" * 4
BIRTH_PAGE = Link("Mở trang", "https://portal.test/p/aaaa")
MARRIAGE_PAGE = Link("Mở trang", "https://portal.test/s?keyword=1.000006")
ACCOUNT = Link("VNeID", "https://id.test")
HOME = Link("Mở Cổng", "https://portal.test")


def counted(outcome: Outcome, person: str = LAN, site: str = SITE) -> list[PortalLink | None]:
    """What each link of the reply counts; None: it is not counted."""
    reply = CountedLinks(SIGNER, site).in_reply(turn(), outcome, person)
    assert replace(reply, links=tuple(replace(link, through="") for link in reply.links)) == outcome.reply
    prefix = f"{SITE}{PORTAL_PATH}/"
    assert all(link.address == (link.through or link.url) for link in reply.links)
    assert all(link.through.startswith(prefix) for link in reply.links if link.through)
    return [SIGNER.portal_link(link.through.removeprefix(prefix)) if link.through else None for link in reply.links]


def of(*links: Link, codes: tuple[str, ...] = ("1.000001",)) -> Reply:
    return Reply(Status.ANSWERED, "lời", (), links, codes)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome(of(BIRTH_PAGE, ACCOUNT)), [PortalLink("1.000001", "", LAN[:12]), None]),
        (Outcome(of(BIRTH_PAGE), agency="H99.101"), [PortalLink("1.000001", "H99.101", LAN[:12])]),
        # The page of the procedure that the conversation is about, below an answer that names none.
        (Outcome(of(BIRTH_PAGE, codes=()), procedure="1.000001"), [PortalLink("1.000001", "", LAN[:12])]),
        # Not the portal's own page, not a page that nothing was said of, not an unknown code.
        (Outcome(of(HOME)), [None]),
        (Outcome(of(MARRIAGE_PAGE)), [None]),
        (Outcome(of(BIRTH_PAGE, codes=("9.999999",))), [None]),
        (Outcome(of()), []),
        (
            Outcome(of(MARRIAGE_PAGE, BIRTH_PAGE, codes=("1.000001", "1.000006"))),
            [PortalLink("1.000006", "", LAN[:12]), PortalLink("1.000001", "", LAN[:12])],
        ),
    ],
)
def test_which_links_are_counted(outcome: Outcome, expected: list[PortalLink | None]) -> None:
    assert counted(outcome) == expected


def test_nobody_may_have_opened_it() -> None:
    assert counted(Outcome(of(BIRTH_PAGE)), person="") == [PortalLink("1.000001")]


def test_without_an_address_of_our_own_nothing_is_counted() -> None:
    assert counted(Outcome(of(BIRTH_PAGE)), site="") == [None]


def test_by_whose_link_the_person_came_goes_with_the_link() -> None:
    via = Via(3, "H99.101")
    reply = CountedLinks(SIGNER, SITE).in_reply(turn(), Outcome(of(BIRTH_PAGE)), LAN, via)
    said = reply.links[0].through.removeprefix(f"{SITE}{PORTAL_PATH}/")
    assert SIGNER.portal_link(said) == PortalLink("1.000001", "", LAN[:12], via)
