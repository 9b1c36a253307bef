"""Phrases are recognised without their marks, with politeness around and within them, and nothing more."""

from __future__ import annotations

import pytest

from handlers.heard_words import says
from tests.unit.handlers.example import turn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đánh giá để làm gì", True),
        ("Danh gia de lam gi?", True),
        ("dạ thế đánh giá để làm gì ạ", True),
        ("đánh giá để làm gì cho con", False),
        ("đăng ký khai sinh", False),
        ("", False),
    ],
)
def test_a_phrase_of_the_list(text: str, *, expected: bool) -> None:
    assert says(turn(text), "rating_doubts.why", "rating_doubts.around") is expected
