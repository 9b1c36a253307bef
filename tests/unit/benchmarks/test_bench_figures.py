"""What the measurement of figures does while it measures."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from bot.catalog.load import load_catalogue
from bot.settings import SHIPPED_CATALOGUE
from bot.store.figures import Extent
from tests.benchmarks.bench_figures import months_before, said, verdict

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def test_every_third_rating_is_a_changed_mind() -> None:
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    chance = random.Random()  # noqa: S311 - nothing secret
    surveys = [said(number, NOW, chance, catalogue).survey for number in range(6)]
    ratings = [survey.rating for survey in surveys if survey is not None and survey.rating is not None]
    keys = [(rating.person, rating.subject) for rating in ratings]
    assert [keys.index(key) for key in keys] == [0, 1, 1, 3, 4, 4]
    assert [rating.level for rating in ratings] == [1, 2, 3, 1, 2, 3]


def test_the_months_are_whole_and_in_order() -> None:
    assert months_before(date(2026, 1, 20), 2) == (
        Extent(date(2025, 12, 15), date(2026, 1, 14)),
        Extent(date(2026, 1, 15), date(2026, 2, 14)),
    )


def test_a_floor_holds_up_to_itself() -> None:
    assert [verdict(found, 5.0) for found in (5.0, 5.1)] == ["holds", "BELOW THE FLOOR"]
