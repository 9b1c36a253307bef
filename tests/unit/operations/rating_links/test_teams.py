"""Whose a rating link is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.signed_links import RatingLink
from bot.operations.rating_links.making import Wanted, wanted_by
from bot.operations.rating_links.teams import via_of_link
from bot.ratings.model import Origin
from bot.store.sharing import CommunityTeam, Via
from tests.unit.store.samples import NOW

TEAM = CommunityTeam(7, "Tổ thôn 3", "H99.100", is_active=True, at=NOW)
WANTED = Wanted("1.900001", "", "", Origin.COUNTER, "quay-1", 30)


def link(name: str, origin: Origin = Origin.TEAM) -> RatingLink:
    return RatingLink("1.900001", "H99.100", "H99.100", origin, name, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("name", "number"), [("team_7", 7), ("team_7-0123456789", 7), ("to-7", 0), ("team_7x", 0), ("team_", 0), ("7", 0)]
)
def test_the_name_says_whose_it_is(name: str, number: int) -> None:
    assert via_of_link(link(name)) == Via(number, "H99.100")


def test_a_counter_is_nobodys() -> None:
    assert via_of_link(link("team_7", Origin.COUNTER)) is None


def test_a_link_is_made_for_a_team() -> None:
    assert wanted_by(TEAM, WANTED) == Wanted("1.900001", "", "H99.100", Origin.TEAM, "team_7", 30)
    there = Wanted("1.900001", "", "H99.101", Origin.COUNTER, "quay-1", 30)
    assert wanted_by(TEAM, there).commune == "H99.101"
