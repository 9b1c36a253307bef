"""Which target holds on a day: as shipped, and of every odd kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bot.catalog.model import SatisfactionTarget
from bot.ratings.targets import Target, history, target_on
from tests.unit.shipped import shipped_catalogue

DAY = date(2026, 10, 14)


def target(
    id_: str = "t", value: float = 0.95, valid_from: str = "2026-01-01", valid_to: str = ""
) -> SatisfactionTarget:
    return SatisfactionTarget(
        id=id_,
        what="satisfaction",
        comparator=">=",
        value=value,
        scope="all",
        object="using online services",
        numerator="",
        denominator="",
        source=f"decision {id_}",
        province="Mẫu",
        valid_from=valid_from,
        valid_to=valid_to,
        note="",
    )


def test_the_target_as_shipped() -> None:
    targets = shipped_catalogue().targets
    assert target_on(targets, DAY) == Target(
        "satisfaction-2025", Fraction(19, 20), "KH 457/KH-UBND 20/8/2025", "2025-08-20"
    )
    assert [old.id for old in history(targets, DAY)] == ["satisfaction-2022", "satisfaction-2022-land"]


def test_before_it_was_set_there_is_none_and_those_of_then_are_not_compared_with() -> None:
    targets = shipped_catalogue().targets
    assert [target_on(targets, day) for day in (date(2022, 6, 1), date(2025, 8, 19))] == [None, None]
    assert [old.id for old in history(targets, date(2022, 6, 1))] == [
        "satisfaction-2025",
        "satisfaction-2022",
        "satisfaction-2022-land",
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(target(), what="dossiers"),
        replace(target(), scope="fields: land"),
        replace(target(), comparator=">"),
    ],
)
def test_another_thing_is_never_compared_with(other: SatisfactionTarget) -> None:
    assert target_on([other], DAY) is None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        ("2026", "", True),
        ("2026-10", "2026-10", True),
        ("2026-10-14", "2026-10-14", True),
        ("2026-10-15", "", False),
        ("2026-11", "", False),
        ("2027", "", False),
        ("2022", "2026", True),
        ("2022", "2025", False),
        ("2022", "2026-09", False),
        ("2022", "2026-10-13", False),
        ("", "", True),
    ],
)
def test_days_of_which_only_a_part_is_known(valid_from: str, valid_to: str, holds: bool) -> None:
    one = target(valid_from=valid_from, valid_to=valid_to)
    assert (target_on([one], DAY) is not None, history([one], DAY)) == (holds, () if holds else (one,))


def test_of_two_the_newer_holds_and_its_share_is_exact() -> None:
    old, new = target("old", value=0.9), target("new", value=0.07, valid_from="2026-10-14")
    assert target_on([new, old], DAY) == Target("new", Fraction(7, 100), "decision new", "2026-10-14")
    assert target_on([new, old], date(2026, 10, 13)) == Target("old", Fraction(9, 10), "decision old", "2026-01-01")
