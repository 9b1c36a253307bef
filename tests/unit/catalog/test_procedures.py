"""Fields and procedures: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    (
        "procedures.csv",
        "1.900001,",
        "5.900001,",
        [
            "english/procedures.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            "labels.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            ("lexicon/aliases/ho-tich.csv:2:14: procedure 1.900001 is not known; expected a code of procedures.csv"),
            ("lexicon/aliases/ho-tich.csv:3:16: procedure 1.900001 is not known; expected a code of procedures.csv"),
            "most_needed.csv:2:16: procedure 1.900001 is not known; expected a code of procedures.csv",
            "most_used.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            "next_steps.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            (
                'procedures.csv:2:1: code is "5.900001"; expected N.NNNNNN that begins with 1 to 4 (5 and 6 are '
                "internal)"
            ),
            'services.csv:2:13: procedure "1.900001" is not known; expected a code of procedures.csv',
        ],
    ),
    (
        "procedures.csv",
        "1.900001,",
        "1900001,",
        [
            "english/procedures.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            "labels.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            ("lexicon/aliases/ho-tich.csv:2:14: procedure 1.900001 is not known; expected a code of procedures.csv"),
            ("lexicon/aliases/ho-tich.csv:3:16: procedure 1.900001 is not known; expected a code of procedures.csv"),
            "most_needed.csv:2:16: procedure 1.900001 is not known; expected a code of procedures.csv",
            "most_used.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            "next_steps.csv:2:1: procedure 1.900001 is not known; expected a code of procedures.csv",
            ('procedures.csv:2:1: code is "1900001"; expected N.NNNNNN that begins with 1 to 4 (5 and 6 are internal)'),
            'services.csv:2:13: procedure "1.900001" is not known; expected a code of procedures.csv',
        ],
    ),
    (
        "procedures.csv",
        "1.900002,",
        "1.900001,",
        [
            "english/procedures.csv:3:1: procedure 1.900002 is not known; expected a code of procedures.csv",
            "labels.csv:3:1: procedure 1.900002 is not known; expected a code of procedures.csv",
            ("lexicon/aliases/ho-tich.csv:3:16: procedure 1.900002 is not known; expected a code of procedures.csv"),
            "most_needed.csv:3:16: procedure 1.900002 is not known; expected a code of procedures.csv",
            ("procedures.csv:3:1: procedure 1.900001 stands already at procedures.csv:2; expected each code once"),
            'services.csv:3:13: procedure "1.900002" is not known; expected a code of procedures.csv',
            'services.csv:4:13: procedure "1.900002" is not known; expected a code of procedures.csv',
        ],
    ),
    (
        "procedures.csv",
        "Tách thửa hoặc hợp thửa đất",
        "",
        ["procedures.csv:4:10: name is empty; expected something in it"],
    ),
    (
        "procedures.csv",
        ",dat-dai,",
        ",nha-o,",
        ['procedures.csv:4:38: field "nha-o" is not known; expected an id of fields.csv'],
    ),
    (
        "procedures.csv",
        ",dat-dai,",
        ",,",
        ['procedures.csv:4:38: field "" is not known; expected an id of fields.csv'],
    ),
    (
        "procedures.csv",
        "cu-tru,assigned",
        "cu-tru,official",
        ["procedures.csv:5:33: cu-tru is a topic of ours; expected assigned, or an official field"],
    ),
    (
        "procedures.csv",
        ",assigned,",
        ",guessed,",
        ['procedures.csv:5:33: field_source is "guessed"; expected one of official, assigned'],
    ),
    ("procedures.csv", ",TX,", ",TXT,", ['procedures.csv:3:66: tiers is "TXT"; expected letters of TXK, each once']),
    ("procedures.csv", ",TX,", ",TZ,", ['procedures.csv:3:66: tiers is "TZ"; expected letters of TXK, each once']),
    ("procedures.csv", ",CB,", ",CD,", ['procedures.csv:4:86: audience is "CD"; expected letters of CB, each once']),
    (
        "procedures.csv",
        ",C,yes,",
        ",C,maybe,",
        ['procedures.csv:2:68: online_listed is "maybe"; expected one of empty, yes, no'],
    ),
    (
        "procedures.csv",
        "00000000-0000-4000-8000-000000000001",
        "0000",
        ['procedures.csv:2:72: portal id "0000"; expected a UUID in small letters'],
    ),
    (
        "procedures.csv",
        "8000-000000000003",
        "8000-000000000001",
        [
            (
                "procedures.csv:4:92: portal id 00000000-0000-4000-8000-000000000001 stands already at "
                "procedures.csv:2; expected each id once"
            )
        ],
    ),
    (
        "procedures.csv",
        "2026-06-10,,yes",
        "2026-06-31,,yes",
        ['procedures.csv:4:129: as_of is "2026-06-31"; expected a date such as 2026-10-03'],
    ),
    (
        "procedures.csv",
        "2026-06-10,,yes",
        "20260610,,yes",
        ['procedures.csv:4:129: as_of is "20260610"; expected a date such as 2026-10-03'],
    ),
    (
        "procedures.csv",
        "1.900005,\n",
        "1.900009,\n",
        ['procedures.csv:5:73: procedure "1.900009" is not known; expected a code of this file'],
    ),
    (
        "procedures.csv",
        "2026-10-01,,",
        "2026-10-01,1.900004,",
        [
            "english/aliases.csv:2:12: procedure 1.900005 has been replaced; expected its successor, 1.900004",
            "english/procedures.csv:4:1: procedure 1.900005 has been replaced; expected its successor, 1.900004",
            "most_needed.csv:4:13: procedure 1.900005 has been replaced; expected its successor, 1.900004",
            "next_steps.csv:2:10: procedure 1.900005 has been replaced; expected its successor, 1.900004",
            ("procedures.csv:5:73: 1.900004 is its own successor, in the end; expected successors without a circle"),
            ("procedures.csv:6:87: 1.900005 is its own successor, in the end; expected successors without a circle"),
        ],
    ),
    (
        "procedures.csv",
        "2026-10-01,,",
        "2026-10-01,1.900005,",
        [
            "english/aliases.csv:2:12: procedure 1.900005 has been replaced; expected its successor, 1.900005",
            "english/procedures.csv:4:1: procedure 1.900005 has been replaced; expected its successor, 1.900005",
            "most_needed.csv:4:13: procedure 1.900005 has been replaced; expected its successor, 1.900005",
            "next_steps.csv:2:10: procedure 1.900005 has been replaced; expected its successor, 1.900005",
            ("procedures.csv:6:87: 1.900005 is its own successor, in the end; expected successors without a circle"),
        ],
    ),
    (
        "procedures.csv",
        "2026-06-10,,yes",
        "2026-06-10,,no",
        ['procedures.csv:4:141: maybe_superseded is "no"; expected one of empty, yes'],
    ),
    (
        "fields.csv",
        "dat-dai,Đất đai,Land,yes",
        "dat-dai,Đất đai,Land,true",
        ['fields.csv:3:22: official is "true"; expected one of yes, no'],
    ),
    ("fields.csv", "dat-dai,Đất đai", "dat-dai,", ["fields.csv:3:9: name is empty; expected something in it"]),
    (
        "fields.csv",
        "ho-tich,",
        "dat-dai,",
        [
            "fields.csv:4:1: field dat-dai stands twice; expected each field once",
            'procedures.csv:2:36: field "ho-tich" is not known; expected an id of fields.csv',
            'procedures.csv:3:49: field "ho-tich" is not known; expected an id of fields.csv',
        ],
    ),
    (
        "fields.csv",
        "cu-tru,",
        "Cư trú,",
        [
            'fields.csv:2:1: id is "Cư trú"; expected small ASCII letters, digits and dashes',
            'procedures.csv:5:26: field "cu-tru" is not known; expected an id of fields.csv',
            'procedures.csv:6:40: field "cu-tru" is not known; expected an id of fields.csv',
        ],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems
