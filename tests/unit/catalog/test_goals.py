"""Targets and decisions: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    (
        "targets.csv",
        "satisfaction-other",
        "satisfaction-mau",
        ["targets.csv:3:1: target satisfaction-mau stands twice; expected each id once"],
    ),
    (
        "targets.csv",
        "satisfaction-mau",
        "Hài lòng",
        ['targets.csv:2:1: id is "Hài lòng"; expected small ASCII letters, digits and dashes'],
    ),
    ("targets.csv", ">=,0.80", "≥,0.80", ['targets.csv:2:31: comparator is "≥"; expected one of >=, >, <=, <']),
    ("targets.csv", "0.80", "80", ['targets.csv:2:34: value is "80"; expected a share from 0 to 1, such as 0.95']),
    ("targets.csv", "0.80", "80 %", ['targets.csv:2:34: value is "80 %"; expected a share from 0 to 1, such as 0.95']),
    ("targets.csv", "0.80", "nan", ['targets.csv:2:34: value is "nan"; expected a share from 0 to 1, such as 0.95']),
    (
        "targets.csv",
        "2026-01-01",
        "1/1/2026",
        ['targets.csv:2:135: valid_from is "1/1/2026"; expected a date such as 2026-10-03, 2026-10 or 2026'],
    ),
    (
        "targets.csv",
        "2026,2026-06",
        "2026-07,2026-06",
        ["targets.csv:3:102: valid until 2026-06, before it begins; expected a day after 2026-07"],
    ),
    (
        "targets.csv",
        "2026,2026-06",
        "2026-W10-1,2026-06",
        [
            ('targets.csv:3:94: valid_from is "2026-W10-1"; expected a date such as 2026-10-03, 2026-10 or 2026'),
            "targets.csv:3:105: valid until 2026-06, before it begins; expected a day after 2026-W10-1",
        ],
    ),
    ("targets.csv", "KH 1/KH-UBND", "", ["targets.csv:2:118: source is empty; expected something in it"]),
    ("decisions.csv", "1/KH-UBND", "", ["decisions.csv:2:1: number is empty; expected something in it"]),
    (
        "decisions.csv",
        "2026-01-01",
        "2026-13",
        ['decisions.csv:2:11: date is "2026-13"; expected a date such as 2026-10-03, 2026-10 or 2026'],
    ),
    (
        "decisions.csv",
        "in force,\n",
        "in force,\n1/KH-UBND,2026,UBND,Plan,ended,\n",
        ["decisions.csv:3:1: decision 1/KH-UBND stands twice; expected each number once"],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems
