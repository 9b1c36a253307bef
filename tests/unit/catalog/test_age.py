"""How old what is told is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.age import day_of_data, is_old
from bot.catalog.model import Source
from tests.unit.handlers.example import catalogue

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_the_day_is_that_of_the_list_or_of_the_national_record() -> None:
    found = catalogue()
    procedure = found.procedures["1.000001"]
    assert [day_of_data(found, procedure, published=published) for published in (True, False)] == [
        date(2026, 10, 3),
        date(2026, 6, 10),
    ]
    assert found.sources == (Source("services.csv", "", "", date(2026, 10, 3), ""),)


@given(DAYS, st.integers(-1000, 1000), st.integers(30, 900))
def test_data_are_old_once_the_days_have_passed(day: date, age: int, most: int) -> None:
    assert is_old(day, day + timedelta(days=age), most) == (age > most)
