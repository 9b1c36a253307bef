"""Services: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    (
        "services.csv",
        "1.900001.01",
        "1.900001.1",
        ['services.csv:2:1: service code is "1.900001.1"; expected N.NNNNNN.NN'],
    ),
    (
        "services.csv",
        "1.900001.01,1.900001",
        "1.900001.01,1.900009",
        ['services.csv:2:13: procedure "1.900009" is not known; expected a code of procedures.csv'],
    ),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.100-H99.102",
        [
            (
                "services.csv:2:40: range H99.100-H99.102 runs over H99.102, which is not known; expected every "
                "code of it in agencies.csv"
            )
        ],
    ),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.101-H99.100",
        ["services.csv:2:40: range H99.101-H99.100 does not rise; expected a first code below the last one"],
    ),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.1-H99.101",
        [
            (
                "services.csv:2:40: range H99.1-H99.101 has unlike ends; expected two codes that differ only in "
                "their last number"
            )
        ],
    ),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.100-H98.101",
        [
            (
                "services.csv:2:40: range H99.100-H98.101 has unlike ends; expected two codes that differ only "
                "in their last number"
            )
        ],
    ),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.100 H99.999",
        ['services.csv:2:40: agency "H99.999" is not known; expected a code of agencies.csv'],
    ),
    ("services.csv", "H99.100-H99.101", "", ["services.csv:2:40: agencies is empty; expected something in it"]),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.100  H99.101",
        [('services.csv:2:40: "H99.100  H99.101" has two spaces together; expected codes with single spaces between')],
    ),
    (
        "services.csv",
        "H99.100-H99.101",
        "H99.100-H99.101 H99.101",
        [
            (
                "services.csv:2:40: 1.900001.01 at H99.101 is given twice in this cell; expected each agency of "
                "a service once"
            )
        ],
    ),
    (
        "services.csv",
        "1.900002.02",
        "1.900002.01",
        [
            (
                "services.csv:4:59: 1.900002.01 at H99.100 is given full at services.csv:3; expected each agency "
                "of a service once"
            )
        ],
    ),
    (
        "services.csv",
        ",full,",
        ",unknown,",
        ['services.csv:2:56: level is "unknown"; expected one of full, partial, information'],
    ),
    (
        "services.csv",
        ",full,",
        ",complete,",
        ['services.csv:2:56: level is "complete"; expected one of full, partial, information'],
    ),
    (
        "services.csv",
        ",trial,",
        ",testing,",
        ['services.csv:4:83: status is "testing"; expected one of official, trial'],
    ),
    ("services.csv", ",ministry,", ",,", ["services.csv:2:70: system is empty; expected something in it"]),
    (
        "services.csv",
        "dvc.mau.example.vn/nop",
        "dvc.other.example.vn/nop",
        [("services.csv:2:79: host dvc.other.example.vn is not on the allow-list; expected a host of province.toml")],
    ),
    (
        "services.csv",
        "dvc.mau.example.vn/nop",
        "portal.example.vn:8443/nop",
        [('services.csv:2:79: address "portal.example.vn:8443/nop"; expected a plain host name, and perhaps a path')],
    ),
    (
        "services.csv",
        "dvc.mau.example.vn/nop",
        "portal.example.vn@evil.example",
        [
            (
                'services.csv:2:79: address "portal.example.vn@evil.example"; expected a plain host name, and '
                "perhaps a path"
            )
        ],
    ),
    (
        "services.csv",
        "dvc.mau.example.vn/nop",
        "http://portal.example.vn",
        [('services.csv:2:79: address "http://portal.example.vn"; expected a plain host name, and perhaps a path')],
    ),
    (
        "services.csv",
        "dvc.mau.example.vn/nop",
        "",
        ['services.csv:2:79: address ""; expected a plain host name, and perhaps a path'],
    ),
    ("services.csv", ",Đăng ký khai sinh,", ",,", ["services.csv:2:22: name is empty; expected something in it"]),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems
