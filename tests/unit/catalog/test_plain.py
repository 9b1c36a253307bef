"""What editors write to be shown: plain, and told apart by its beginning."""

from __future__ import annotations

import pytest

from tests.unit.catalog.conftest import Tiny

LONG = " ".join(["chữ"] * 26)
ALIKE = (
    "labels.csv:3:34: label begins like the one at labels.csv:2, {}; expected labels that differ within 12 characters"
)
PROBLEMS = [
    (
        "labels.csv",
        "Khi trẻ chưa có giấy khai sinh.",
        "Thuộc thẩm quyền của UBND xã.",
        [
            "labels.csv:2:47: difference does not explain 'UBND'; expected plain language",
            "labels.csv:2:47: difference says 'thẩm quyền'; expected plain language",
        ],
    ),
    (
        "labels.csv",
        "Khi trẻ chưa có giấy khai sinh.",
        f"{LONG}.",
        ["labels.csv:2:47: difference has a sentence of 26 words; expected plain language"],
    ),
    (
        "labels.csv",
        "Khai sinh: lần đầu",
        "CCCD: khai sinh",
        ["labels.csv:2:28: label does not explain 'CCCD'; expected plain language"],
    ),
    (
        "life_events.csv",
        "Chuyển chỗ ở",
        "Chuyển chỗ ở? Đi đâu?",
        ["life_events.csv:3:13: title asks more than one question; expected plain language"],
    ),
    (
        "life_events.csv",
        "Chuyển chỗ ở",
        "Chuyển chỗ ở " * 3 + "xa xa",
        ["life_events.csv:3:13: title has 44 characters; expected at most 40"],
    ),
    (
        "labels.csv",
        "Khai sinh: lần đầu",
        "Bản sao giấy khai sinh",
        [ALIKE.format("in the field ho-tich"), ALIKE.format("under having-a-child")],
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, path: str, old: str, new: str, problems: list[str]) -> None:
    tiny.change(path, old, new)

    assert tiny.problems() == problems


def test_labels_of_one_field_are_told_apart_too(tiny: Tiny) -> None:
    tiny.change("most_needed.csv", "having-a-child,1.900002\n", "")
    tiny.change("labels.csv", "Khai sinh: lần đầu", "Bản sao giấy khai sinh")

    assert tiny.problems() == [ALIKE.format("in the field ho-tich")]


def test_labels_that_never_stand_in_one_list_may_begin_alike(tiny: Tiny) -> None:
    tiny.add("labels.csv", "1.900005,,Khai sinh: lần đầu ở đâu,")

    assert tiny.problems() == []
