"""Agencies and communes: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    (
        "agencies.csv",
        "H99.05,Sở",
        "H99 05,Sở",
        [
            'agencies.csv:3:1: code is "H99 05"; expected an agency code such as H99.05',
            'services.csv:5:50: agency "H99.05" is not known; expected a code of agencies.csv',
        ],
    ),
    (
        "agencies.csv",
        "H99.101,Ủy",
        "H99.100,Ủy",
        [
            "agencies.csv:5:1: agency H99.100 stands already at agencies.csv:4; expected each agency once",
            "communes.csv:3:1: H99.101 is no agency of kind commune; expected a code of agencies.csv",
            (
                "services.csv:2:40: range H99.100-H99.101 runs over H99.101, which is not known; expected every "
                "code of it in agencies.csv"
            ),
            'services.csv:4:59: agency "H99.101" is not known; expected a code of agencies.csv',
        ],
    ),
    ("agencies.csv", "Công an cấp xã", "", ["agencies.csv:6:22: name is empty; expected something in it"]),
    (
        "agencies.csv",
        "H99,department",
        "H98,department",
        ["agencies.csv:3:37: agency H98 is not known; expected a code of this file"],
    ),
    (
        "agencies.csv",
        "tỉnh Mẫu,,peoples",
        "tỉnh Mẫu,H99.05,peoples",
        [
            "agencies.csv:2:30: agency H99 is its own parent, in the end; expected parents without a circle",
            ("agencies.csv:3:37: agency H99.05 is its own parent, in the end; expected parents without a circle"),
        ],
    ),
    (
        "agencies.csv",
        "tỉnh Mẫu,,",
        "tỉnh Mẫu,H99,",
        ["agencies.csv:2:30: agency H99 is its own parent, in the end; expected parents without a circle"],
    ),
    (
        "agencies.csv",
        ",police,",
        ",army,",
        [
            (
                'agencies.csv:6:38: kind is "army"; expected one of peoples_committee, department, commune, '
                "branch, military, insurance, bank, police, tax, service_centre, other"
            )
        ],
    ),
    (
        "agencies.csv",
        ",đất đai,Sở Tài nguyên và Môi trường",
        ",đất đai,Sở Một; ; Sở Một",
        [
            'agencies.csv:3:60: "Sở Một" stands twice in the list; expected each entry once',
            "agencies.csv:3:60: an empty entry in \"Sở Một; ; Sở Một\"; expected entries separated by '; '",
        ],
    ),
    (
        "agencies.csv",
        "H99,commune",
        "H99,other",
        ["communes.csv:2:1: H99.100 is no agency of kind commune; expected a code of agencies.csv"],
    ),
    (
        "agencies.csv",
        "local.police-commune,Công an cấp xã,,police",
        "local.police-commune,Công an cấp xã,,commune",
        [
            (
                "agencies.csv:6:1: commune local.police-commune is not in communes.csv; expected a row there, or "
                "another kind"
            )
        ],
    ),
    (
        "communes.csv",
        "H99.101,",
        "H99.100,",
        [
            "agencies.csv:5:1: commune H99.101 is not in communes.csv; expected a row there, or another kind",
            "communes.csv:3:1: H99.100 stands already at communes.csv:2; expected each commune once",
        ],
    ),
    (
        "communes.csv",
        "99002",
        "99001",
        [
            "communes.csv:3:9: 99001 stands already at communes.csv:2; expected each commune once",
            ('communes_before_2025.csv:4:21: commune "99002" is not known; expected a statistics code of communes.csv'),
            ('communes_before_2025.csv:5:22: commune "99002" is not known; expected a statistics code of communes.csv'),
        ],
    ),
    (
        "communes.csv",
        "99001",
        "9901",
        [
            'communes.csv:2:9: statistics code "9901"; expected five digits',
            ('communes_before_2025.csv:2:31: commune "99001" is not known; expected a statistics code of communes.csv'),
            ('communes_before_2025.csv:3:22: commune "99001" is not known; expected a statistics code of communes.csv'),
        ],
    ),
    ("communes.csv", "Bình Mẫu", "", ["communes.csv:2:15: name is empty; expected something in it"]),
    ("communes.csv", ",ward,", ",town,", ['communes.csv:2:24: kind is "town"; expected one of commune, ward']),
    (
        "communes_before_2025.csv",
        "99001,yes",
        "99003,yes",
        [('communes_before_2025.csv:2:31: commune "99003" is not known; expected a statistics code of communes.csv')],
    ),
    (
        "communes_before_2025.csv",
        "99001,yes",
        "99001,1",
        ['communes_before_2025.csv:2:37: whole is "1"; expected one of empty, yes'],
    ),
    (
        "communes_before_2025.csv",
        "99001,\n",
        "99001,yes\n",
        ['communes_before_2025.csv:3:28: "Xã Tây Mẫu" went to 2 communes; expected empty: it was split'],
    ),
    (
        "communes_before_2025.csv",
        "Xã Tây Mẫu,Huyện Mẫu,99002",
        "Xã Tây Mẫu,Huyện Mẫu,99001",
        [
            (
                "communes_before_2025.csv:5:1: the same unit stands at communes_before_2025.csv:3; expected each "
                "part of a unit once"
            )
        ],
    ),
    (
        "communes_before_2025.csv",
        "Thành phố Mẫu",
        "",
        ["communes_before_2025.csv:2:17: old_district is empty; expected something in it"],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems
