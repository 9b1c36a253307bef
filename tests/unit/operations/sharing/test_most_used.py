"""Which services a commune's batch has: its own figures first, and never few people's."""

from __future__ import annotations

from datetime import date

import pytest

from bot.operations.sharing.most_used import most_used, usual
from bot.store.figures import Count, Dimension, Extent
from tests.unit.operations.sharing.samples import COMMUNE
from tests.unit.shipped import shipped_catalogue

TODAY = date(2026, 11, 22)
NONE = (0, 0, 0, 0, 0)


class FiguresOfOneCommune:
    """Answers one question; the real ones are tested with the store."""

    def __init__(self, asked: dict[str, int], *, is_made_up: bool = False) -> None:
        self.asked, self.is_made_up, self.extents = asked, is_made_up, list[Extent]()

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
        assert by is Dimension.CODE
        self.extents.append(extent)
        return tuple(Count(code, "", "", "", False, NONE, asked, 0) for code, asked in self.asked.items())

    async def is_demonstration(self) -> bool:
        return self.is_made_up


USUAL = usual(shipped_catalogue())


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({}, ()),
        ({"1.000656": 40, "1.004827": 7, "1.001193": 4}, ("1.000656", "1.004827")),
        ({"9.999999": 50}, ()),
    ],
)
async def test_the_most_needed_of_a_commune(asked: dict[str, int], first: tuple[str, ...]) -> None:
    figures = FiguresOfOneCommune(asked)
    wanted = tuple(dict.fromkeys((*first, *USUAL)))[:12]
    assert await most_used(figures, shipped_catalogue(), COMMUNE, TODAY) == wanted
    assert figures.extents == [Extent(date(2025, 11, 22), TODAY, commune=COMMUNE.agency_code)]


async def test_figures_made_up_to_be_shown_decide_nothing() -> None:
    figures = FiguresOfOneCommune({"1.000656": 40}, is_made_up=True)
    assert await most_used(figures, shipped_catalogue(), COMMUNE, TODAY) == USUAL


async def test_without_a_commune_it_is_the_catalogues_list() -> None:
    figures = FiguresOfOneCommune({"1.000656": 40})
    assert await most_used(figures, shipped_catalogue(), None, TODAY) == USUAL
    assert (len(USUAL), figures.extents) == (12, [])
