"""province.toml and sources.toml: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    ("province.toml", 'name = "Mẫu"\n', "", ["province.toml:1:1: no name; expected name = text in quotes"]),
    (
        "province.toml",
        '"Một Cửa Mẫu"',
        '""',
        ["province.toml:5:1: assistant_name is empty; expected assistant_name = text in quotes"],
    ),
    (
        "province.toml",
        '"Một Cửa Mẫu"',
        "5",
        [("province.toml:5:1: assistant_name is not text in quotes; expected assistant_name = text in quotes")],
    ),
    (
        "province.toml",
        'code = "H99"',
        'code = "H 99"',
        ["province.toml:4:1: agency H 99 is not known; expected a code of agencies.csv"],
    ),
    (
        "province.toml",
        'code = "H99"',
        'code = "H98"',
        ["province.toml:4:1: agency H98 is not known; expected a code of agencies.csv"],
    ),
    (
        "province.toml",
        "operator =",
        "operater =",
        [
            "province.toml:1:1: no operator; expected operator = text in quotes",
            (
                "province.toml:6:1: unknown key operater; expected one of assistant_name, code, full_name, "
                "full_name_en, links, name, operator, operator_en, service_centre"
            ),
        ],
    ),
    (
        "province.toml",
        '"portal.example.vn", ',
        '"https://portal.example.vn", "portal.example.vn", ',
        [('province.toml:12:1: host "https://portal.example.vn"; expected a host name, or *. and a host name')],
    ),
    (
        "province.toml",
        '"portal.example.vn", ',
        '7, "portal.example.vn", ',
        ['province.toml:12:1: host "7"; expected a host name, or *. and a host name'],
    ),
    (
        "province.toml",
        'home = "https',
        'home = "http',
        ['province.toml:13:1: address "http://portal.example.vn"; expected https:// and a plain host name'],
    ),
    (
        "province.toml",
        "{portal_id}",
        "{id}",
        [
            (
                'province.toml:14:1: wrong placeholders in "https://portal.example.vn/thu-tuc/{id}"; expected '
                "{portal_id} in it, once"
            )
        ],
    ),
    (
        "province.toml",
        'home = "https://portal.example.vn"',
        'home = "https://portal.example.vn/{code}"',
        [
            (
                'province.toml:13:1: wrong placeholders in "https://portal.example.vn/{code}"; expected no '
                "placeholder in it"
            )
        ],
    ),
    (
        "province.toml",
        "id.portal.example.vn",
        "id.example.vn",
        [("province.toml:16:1: host id.example.vn is not on the allow-list; expected a host of [links] hosts")],
    ),
    (
        "province.toml",
        "2026-11-01",
        '"today"',
        [
            (
                "province.toml:17:1: checked is not a date such as 2026-10-03; expected checked = a date such as "
                "2026-10-03"
            )
        ],
    ),
    (
        "province.toml",
        "2026-11-01",
        "2026-11-01T10:00:00",
        [
            (
                "province.toml:17:1: checked is not a date such as 2026-10-03; expected checked = a date such as "
                "2026-10-03"
            )
        ],
    ),
    (
        "province.toml",
        "[links]",
        "[linked]",
        [
            "province.toml:1:1: no table [links]; expected a table [links]",
            (
                "province.toml:11:1: unknown key linked; expected one of assistant_name, code, full_name, "
                "full_name_en, links, name, operator, operator_en, service_centre"
            ),
        ],
    ),
    (
        "province.toml",
        '"tỉnh Mẫu"',
        '"tỉnh Mẫu\\u200b"',
        [('province.toml:3:1: character U+200B in "tỉnh Mẫu\\u200b"; expected no control or invisible characters')],
    ),
    ("province.toml", '= "H99"', "= H99", ["province.toml:4:8: not TOML (Invalid value); expected valid TOML"]),
    (
        "province.toml",
        "2026-11-01\n",
        '2026-11-01\nnote = """\n',
        ["province.toml:18:11: not TOML (Unterminated string); expected valid TOML"],
    ),
    (
        "sources.toml",
        'path = "lexicon/*.csv"',
        'path = "*.csv"',
        [
            (
                "lexicon/fillers.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/help.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/outside.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/qualifiers.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/rewrites.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            'sources.toml:16:1: "*.csv" is listed twice; expected each path once',
        ],
    ),
    (
        "sources.toml",
        'path = "lexicon/*.csv"',
        'path = "lexikon/*.csv"',
        [
            (
                "lexicon/fillers.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/help.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/outside.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/qualifiers.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            (
                "lexicon/rewrites.csv:0:0: the file is not listed in sources.toml; expected an entry that says "
                "where it comes from"
            ),
            'sources.toml:16:1: "lexikon/*.csv" matches no file; expected a file that is there',
        ],
    ),
    (
        "sources.toml",
        "as_of = 2026-10-04\n",
        "",
        ["sources.toml:15:1: no as_of; expected as_of = a date such as 2026-10-03"],
    ),
    (
        "sources.toml",
        'title = "How',
        'titel = "How',
        [
            "sources.toml:15:1: no title; expected title = text in quotes",
            "sources.toml:17:1: unknown key titel; expected one of as_of, note, origin, path, title",
        ],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems
