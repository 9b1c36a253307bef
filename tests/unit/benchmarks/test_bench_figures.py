"""What the measurement of figures does while it measures."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.operations.demo.filling import Demo
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import SHIPPED_CATALOGUE
from tests.benchmarks.bench_figures import last_day, make
from tests.benchmarks.figure_ratings import said
from tests.benchmarks.floors import Floor, Time

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def test_every_third_rating_is_a_changed_mind() -> None:
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    chance = random.Random()  # noqa: S311 - nothing secret
    surveys = [said(number, NOW, chance, catalogue).survey for number in range(6)]
    ratings = [survey.rating for survey in surveys if survey is not None and survey.rating is not None]
    keys = [(rating.person, rating.subject) for rating in ratings]
    assert [keys.index(key) for key in keys] == [0, 1, 1, 3, 4, 4]
    assert [rating.level for rating in ratings] == [1, 2, 3, 1, 2, 3]


def test_the_year_ends_where_it_was_made_up_to(tmp_path: Path) -> None:
    path = tmp_path / "year.sqlite"
    make(path, Demo(20, 20), load_catalogue(SHIPPED_CATALOGUE))
    with closing(sqlite3.connect(path)) as connection:
        (newest,) = connection.execute("select max(day) from ratings").fetchone()
        assert last_day(path) == day_of(now()) - timedelta(days=1) >= date.fromisoformat(newest)
        connection.execute("delete from demonstration")
        connection.commit()
    with pytest.raises(SystemExit, match="no made-up year"):
        last_day(path)


def test_a_floor_holds_up_to_itself_and_is_told_with_the_worst() -> None:
    floor = Floor("a page", 5)
    assert (floor.is_met, str(floor)) == (
        False,
        "  NOT MEASURED  " + "a page".ljust(46) + "at most 5 ms, worst 0.0 ms  []",
    )
    floor.add("quick", Time(5, 4))
    floor.add("quicker", Time(4, 9))
    assert (floor.is_met, floor.of) == (True, "quick")
    floor.add("slow", Time(5.1, 2))
    assert str(floor) == "  MISSED        " + "a page".ljust(46) + "at most 5 ms, worst 5.1 ms (processor 2 ms)  [slow]"
    assert [floor.is_met, str(floor.worst), str(Time(3))] == [False, "5/2", "3"]
