"""Questions to a loaded catalogue."""

from __future__ import annotations

import pytest

from bot.catalog.lookup import (
    agencies_of,
    level_at,
    levels,
    levels_at,
    portal_link,
    predecessors,
    single_level,
    successor,
)
from bot.catalog.model import Catalogue, OnlineLevel
from tests.unit.catalog.conftest import Tiny

FULL, PARTIAL, UNKNOWN = OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.UNKNOWN


@pytest.mark.parametrize(
    ("code", "agency", "all_of_them", "one"),
    [
        ("1.900001", "H99.100", (FULL,), FULL),
        ("1.900002", "H99", (FULL,), FULL),
        ("1.900002", "H99.100", (PARTIAL, FULL), PARTIAL),
        ("1.900002", "H99.101", (PARTIAL,), PARTIAL),
        ("1.900002", "H99.05", (), UNKNOWN),
        ("1.900005", "H99.100", (), UNKNOWN),
        ("9.999999", "H99.100", (), UNKNOWN),
    ],
)
def test_level_at_an_agency(
    second: Catalogue, code: str, agency: str, all_of_them: tuple[OnlineLevel, ...], one: OnlineLevel
) -> None:
    assert (levels_at(second, code, agency), level_at(second, code, agency)) == (all_of_them, one)


def test_levels_with_their_agencies(second: Catalogue) -> None:
    assert list(levels(second, "1.900002").items()) == [(FULL, ("H99", "H99.100")), (PARTIAL, ("H99.100", "H99.101"))]
    assert levels(second, "1.900005") == {}


@pytest.mark.parametrize(
    ("code", "level"), [("1.900001", FULL), ("1.900003", PARTIAL), ("1.900002", None), ("1.900005", UNKNOWN)]
)
def test_single_level(second: Catalogue, code: str, level: OnlineLevel | None) -> None:
    assert single_level(second, code) is level


def test_agencies_of(second: Catalogue) -> None:
    assert [agency.code for agency in agencies_of(second, "1.900002")] == ["H99", "H99.100", "H99.101"]
    assert agencies_of(second, "1.900005") == ()


def test_successor_follows_the_whole_way(tiny: Tiny) -> None:
    tiny.change("procedures.csv", "2026-06-10,,yes", "2026-06-10,1.900004,")

    catalogue = tiny.load()

    assert {code: successor(catalogue, code) for code in [*catalogue.procedures, "9.999999"]} == {
        "1.900001": "1.900001",
        "1.900002": "1.900002",
        "1.900003": "1.900005",
        "1.900004": "1.900005",
        "1.900005": "1.900005",
        "9.999999": None,
    }
    assert predecessors(catalogue, "1.900005") == ("1.900003", "1.900004")


def test_portal_link(second: Catalogue) -> None:
    with_page, without = second.procedures["1.900001"], second.procedures["1.900002"]

    assert portal_link(second, with_page) == ("https://portal.example.vn/thu-tuc/00000000-0000-4000-8000-000000000001")
    assert portal_link(second, without) == "https://portal.example.vn/tim?ma=1.900002"
