"""Labels, life events, most needed, most used, next steps: every problem, at its place."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

PROBLEMS = [
    (
        "life_events.csv",
        "moving-home",
        "having-a-child",
        [
            "life_events.csv:3:1: life event having-a-child stands twice; expected each once",
            "most_needed.csv:4:1: life event moving-home is not known; expected an id of life_events.csv",
        ],
    ),
    ("life_events.csv", "Chuyển chỗ ở", "", ["life_events.csv:3:13: title is empty; expected something in it"]),
    (
        "life_events.csv",
        "moving-home",
        "Moving home",
        [
            'life_events.csv:3:1: id is "Moving home"; expected small ASCII letters, digits and dashes',
            "life_events.csv:3:1: life event Moving home has no procedures; expected lines in most_needed.csv",
            "most_needed.csv:4:1: life event moving-home is not known; expected an id of life_events.csv",
        ],
    ),
    (
        "most_needed.csv",
        "moving-home,1.900005\n",
        "",
        ["life_events.csv:3:1: life event moving-home has no procedures; expected lines in most_needed.csv"],
    ),
    (
        "most_needed.csv",
        "having-a-child,1.900002",
        "having-a-child,1.900001",
        [
            (
                "most_needed.csv:3:16: 1.900001 stands twice under having-a-child; expected each procedure once "
                "under an event"
            )
        ],
    ),
    (
        "most_needed.csv",
        "having-a-child,1.900002",
        "marrying,1.900002",
        ["most_needed.csv:3:1: life event marrying is not known; expected an id of life_events.csv"],
    ),
    (
        "most_needed.csv",
        "1.900002",
        "1.900009",
        ["most_needed.csv:3:16: procedure 1.900009 is not known; expected a code of procedures.csv"],
    ),
    (
        "most_needed.csv",
        "1.900005",
        "1.900004",
        ["most_needed.csv:4:13: procedure 1.900004 has been replaced; expected its successor, 1.900005"],
    ),
    (
        "most_needed.csv",
        "1.900002",
        "",
        ["most_needed.csv:3:16: procedure (empty) is not known; expected a code of procedures.csv"],
    ),
    (
        "labels.csv",
        "1.900001",
        "1.900009",
        ["labels.csv:2:1: procedure 1.900009 is not known; expected a code of procedures.csv"],
    ),
    (
        "labels.csv",
        "1.900001",
        "1.900004",
        ["labels.csv:2:1: procedure 1.900004 has been replaced; expected its successor, 1.900005"],
    ),
    (
        "labels.csv",
        "1.900001",
        "1.900002",
        ["labels.csv:3:1: procedure 1.900002 has a label already; expected each procedure once"],
    ),
    ("labels.csv", "Khai sinh: lần đầu", "k" * 41, ["labels.csv:2:28: label has 41 characters; expected at most 40"]),
    (
        "labels.csv",
        ",Đăng ký khai sinh,",
        "," + "đ" * 61 + ",",
        ["labels.csv:2:10: short_name has 61 characters; expected at most 60"],
    ),
    (
        "labels.csv",
        "Khai sinh: lần đầu",
        "Bản sao  giấy hộ tịch",
        ["labels.csv:3:34: the same label stands at labels.csv:2; expected labels that differ"],
    ),
    (
        "labels.csv",
        "Khi trẻ chưa có giấy khai sinh.",
        "x" * 201,
        ["labels.csv:2:47: difference has 201 characters; expected at most 200"],
    ),
    (
        "most_used.csv",
        "1.900001",
        "1.900004",
        ["most_used.csv:2:1: procedure 1.900004 has been replaced; expected its successor, 1.900005"],
    ),
    (
        "most_used.csv",
        "1.900001,Khai sinh,Birth\n",
        "1.900001,Khai sinh,\n1.900001,,Birth\n",
        [
            "most_used.csv:2:20: name_en is empty; expected something in it",
            "most_used.csv:3:1: procedure 1.900001 stands twice; expected each procedure once",
            "most_used.csv:3:10: name is empty; expected something in it",
        ],
    ),
    (
        "next_steps.csv",
        "1.900001,1.900005\n",
        "1.900001,1.900001\n1.900001,1.900005\n1.900001,1.900005\n1.900001,1.900009\n",
        [
            "next_steps.csv:2:10: 1.900001 cannot follow 1.900001 here; expected another procedure, each once",
            "next_steps.csv:4:10: 1.900005 cannot follow 1.900001 here; expected another procedure, each once",
            "next_steps.csv:5:10: procedure 1.900009 is not known; expected a code of procedures.csv",
        ],
    ),
    ("life_events.csv", "Việc trong nhà", "", ["life_events.csv:2:56: group is empty; expected something in it"]),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems
