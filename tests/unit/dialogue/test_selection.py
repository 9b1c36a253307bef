"""A number, an id, or the words of a choice do the same as tapping it."""

from __future__ import annotations

import pytest

from bot.dialogue.messages import Choice
from bot.dialogue.selection import OutOfRange, Selector
from bot.texts import load_texts

SELECTOR = Selector(load_texts())
ENGLISH = Selector(load_texts("en"))
FIRST = Choice("tt:1.000001", "Khai sinh: lần đầu")
SECOND = Choice("tt:1.000002", "2. Kết hôn")
THIRD = Choice("start", "Về đầu")
CHOICES = (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", FIRST), ("2", SECOND), ("2.", SECOND), ("(2)", SECOND), ("số 2", SECOND), ("so 2", SECOND),
        ("Số 2 ạ", SECOND), ("cái thứ hai", SECOND), ("cai thu hai", SECOND), ("thứ 2", SECOND), ("thứ nhì", SECOND),
        ("cho tôi số 2 nhé", SECOND), ("chọn 2", SECOND), ("hai", SECOND), ("HAI", SECOND), ("cái đầu tiên", FIRST),
        ("thứ nhất", FIRST), ("số một", FIRST), ("mot", FIRST), ("ba", THIRD), ("cái cuối cùng", THIRD),
        ("cuối", THIRD), ("02", SECOND), ("tt:1.000001", FIRST), ("khai sinh lần đầu", FIRST),
        ("KHAI SINH LAN DAU", FIRST), ("ket hon", SECOND), ("2. kết hôn", SECOND), ("về đầu", THIRD),
    ],
)  # fmt: skip
def test_selected(text: str, choice: Choice) -> None:
    assert SELECTOR.select(text, CHOICES) == choice


@pytest.mark.parametrize(("text", "number"), [("4", 4), ("0", 0), ("số 12", 12), ("chọn 99 nhé", 99)])
def test_a_number_that_is_not_offered(text: str, number: int) -> None:
    assert SELECTOR.select(text, CHOICES) == OutOfRange(number)


@pytest.mark.parametrize(
    "text",
    [
        "", "khai sinh", "113", "1.001193", "1001193", "thứ bảy", "thứ bảy có làm không", "hai vợ chồng kết hôn",
        "2 vợ chồng", "năm", "1 2", "số", "cho tôi xem", "lần 2", "2" * 300, "một hai",
    ],
)  # fmt: skip
def test_anything_else_is_no_answer_to_the_choices(text: str) -> None:
    assert SELECTOR.select(text, CHOICES) is None


def test_without_choices_only_a_bare_number_counts() -> None:
    assert SELECTOR.select("2", ()) == OutOfRange(2)
    assert SELECTOR.select("hai", ()) is None
    assert SELECTOR.select("cuối cùng", ()) is None


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("2", SECOND), ("number 2", SECOND), ("No. 2", SECOND), ("two", SECOND), ("the second one", SECOND),
        ("the second", SECOND), ("one", FIRST), ("number one", FIRST), ("the first one please", FIRST),
        ("I would like option 3", THIRD), ("the last one", THIRD), ("last", THIRD), ("I'd like the third", THIRD),
    ],
)  # fmt: skip
def test_selected_in_english(text: str, choice: Choice) -> None:
    assert ENGLISH.select(text, CHOICES) == choice


@pytest.mark.parametrize("text", ["", "birth", "one two", "two people marry", "seven", "please"])
def test_anything_else_is_no_answer_in_english(text: str) -> None:
    assert ENGLISH.select(text, CHOICES) is None
