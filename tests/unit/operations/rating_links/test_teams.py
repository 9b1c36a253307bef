"""Whose a rating link is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.dialogue.signed_links import RatingLink, Signer
from bot.operations.rating_links.making import Wanted, make_link, wanted_by
from bot.operations.rating_links.teams import via_of_link
from bot.ratings.model import Origin
from bot.store.sharing import CommunityTeam, Via
from tests.unit.store.samples import NOW

CATALOGUE = load_catalogue(Path(__file__).parents[3] / "fixtures" / "second_province")
TEAM = CommunityTeam(7, "Tổ thôn 3", "H99.100", is_active=True, at=NOW)
WANTED = Wanted("1.900001", "", "", Origin.COUNTER, "quay-1", 30)


def link(name: str, origin: Origin = Origin.TEAM, team: int = 0) -> RatingLink:
    return RatingLink("1.900001", "H99.100", "H99.100", origin, name, date(2026, 12, 31), team=team)


@pytest.mark.parametrize("name", ["team_7", "team_7-0123456789", "to-7", "7"])
def test_no_name_that_is_typed_makes_a_link_a_teams(name: str) -> None:
    assert via_of_link(link(name)) == Via(0, "H99.100")
    made = make_link(CATALOGUE, replace(WANTED, origin=Origin.TEAM, name=name), NOW)
    assert isinstance(made, RatingLink)
    assert via_of_link(made) == Via(0, "")


def test_a_link_that_is_made_for_a_team_says_so() -> None:
    made = make_link(CATALOGUE, wanted_by(TEAM, WANTED), NOW)
    assert isinstance(made, RatingLink)
    signer = Signer(b"k" * 32)
    assert signer.rating_link(signer.rating_path(made).rpartition("/")[2]) == made
    assert via_of_link(made) == Via(7, "H99.100")


def test_a_counter_is_nobodys() -> None:
    assert via_of_link(link("team_7", Origin.COUNTER, 7)) is None


def test_a_link_is_made_for_a_team() -> None:
    assert wanted_by(TEAM, WANTED) == Wanted("1.900001", "", "H99.100", Origin.TEAM, "team_7", 30, team=7)
    there = Wanted("1.900001", "", "H99.101", Origin.COUNTER, "quay-1", 30)
    assert wanted_by(TEAM, there).commune == "H99.101"
