"""The lexicon: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    (
        "lexicon/aliases/ho-tich.csv",
        "con mới sinh",
        "",
        ["lexicon/aliases/ho-tich.csv:2:1: phrase is empty; expected something in it"],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "con mới sinh",
        "con  mới sinh",
        ['lexicon/aliases/ho-tich.csv:2:1: "con  mới sinh" has two spaces together; expected single spaces'],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "con mới sinh",
        "Giấy khai sinh",
        [
            (
                'lexicon/aliases/ho-tich.csv:3:1: "giấy khai sinh" shadows the phrase at '
                "lexicon/aliases/ho-tich.csv:2; expected each phrase once"
            )
        ],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "con mới sinh",
        "giay khai sinh",
        [
            (
                'lexicon/aliases/ho-tich.csv:3:1: "giấy khai sinh" shadows the phrase at '
                "lexicon/aliases/ho-tich.csv:2; expected each phrase once"
            )
        ],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "con mới sinh,1.900001",
        "con mới sinh,",
        ["lexicon/aliases/ho-tich.csv:2:14: no codes; expected the codes that are meant, likeliest first"],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "sinh,1.900001\n",
        "sinh,1.900009\n",
        [("lexicon/aliases/ho-tich.csv:2:14: procedure 1.900009 is not known; expected a code of procedures.csv")],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "sinh,1.900001\n",
        "sinh,1.900004\n",
        [("lexicon/aliases/ho-tich.csv:2:14: procedure 1.900004 has been replaced; expected its successor, 1.900005")],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        "1.900001; 1.900002",
        "1.900001; 1.900001",
        ['lexicon/aliases/ho-tich.csv:3:16: "1.900001" stands twice in the list; expected each entry once'],
    ),
    (
        "lexicon/rewrites.csv",
        "đkks",
        "mô",
        [('lexicon/rewrites.csv:3:1: "mô" stands already at lexicon/rewrites.csv:2; expected each phrase once')],
    ),
    (
        "lexicon/rewrites.csv",
        ",abbreviation,",
        ",short,",
        [
            (
                'lexicon/rewrites.csv:2:6: kind is "short"; expected one of abbreviation, dialect, shorthand, '
                "synonym, former_name, spelling"
            )
        ],
    ),
    (
        "lexicon/rewrites.csv",
        "đăng ký khai sinh",
        "",
        ["lexicon/rewrites.csv:2:19: no meanings; expected what the words stand for"],
    ),
    (
        "lexicon/rewrites.csv",
        "quy mô",
        "quy định",
        ['lexicon/rewrites.csv:3:16: "quy định" does not hold "mô"; expected longer phrases that hold it'],
    ),
    (
        "lexicon/fillers.csv",
        "bao nhiêu tiền",
        "Cho  hỏi",
        [
            'lexicon/fillers.csv:3:1: "Cho  hỏi" has two spaces together; expected single spaces',
            ('lexicon/fillers.csv:3:1: "Cho  hỏi" stands already at lexicon/fillers.csv:2; expected each phrase once'),
        ],
    ),
    (
        "lexicon/fillers.csv",
        ",fee",
        ",money",
        [
            (
                'lexicon/fillers.csv:3:16: kind is "money"; expected one of polite, subject, want, papers, fee, '
                "place, time, online, how, condition, result, other, particle"
            )
        ],
    ),
    (
        "lexicon/outside.csv",
        "court,",
        "Tòa án,",
        [('lexicon/outside.csv:3:1: intent is "Tòa án"; expected small ASCII letters, digits and underscores')],
    ),
    (
        "lexicon/outside.csv",
        "ly hôn,,",
        "ly hôn,no,",
        ['lexicon/outside.csv:3:14: whole is "no"; expected one of empty, yes'],
    ),
    (
        "lexicon/outside.csv",
        "court,ly hôn",
        "court,xin chào",
        [('lexicon/outside.csv:3:7: "xin chào" stands already at lexicon/outside.csv:2; expected each phrase once')],
    ),
    (
        "lexicon/qualifiers.csv",
        "copy,",
        "Copy,",
        ['lexicon/qualifiers.csv:2:1: id is "Copy"; expected small ASCII letters, digits and underscores'],
    ),
    (
        "lexicon/qualifiers.csv",
        "bản sao; trích lục",
        "",
        ["lexicon/qualifiers.csv:2:6: no marks; expected phrases as they stand in titles"],
    ),
    (
        "lexicon/qualifiers.csv",
        "sao lại\n",
        "sao lại\ncopy,khác,khác\n",
        ["lexicon/qualifiers.csv:3:1: qualifier copy stands twice; expected each id once"],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems


def test_a_catalogue_knows_emergencies(tiny: Tiny) -> None:
    tiny.change("lexicon/outside.csv", "otp,mã otp,,\n", "")
    tiny.change("lexicon/outside.csv", "emergency_fire,cháy nhà,,\n", "")
    assert tiny.problems() == [
        "lexicon/outside.csv:0:0: no sign of emergency_fire; expected one line at least: lives hang on it",
        "lexicon/outside.csv:0:0: no sign of otp; expected one line at least: lives hang on it",
    ]
