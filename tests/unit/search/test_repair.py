from __future__ import annotations

import pytest

from bot.search.fold import tokenise
from bot.search.repair import ALIKE_IN_SOUND, ONE_EDIT, Repairer, sound_key

REPAIRER = Repairer(
    {"dang": 5, "ky": 5, "khai": 3, "sinh": 3, "tam": 1, "tru": 2, "chung": 1, "thuc": 1, "thuong": 1},
    lambda left, right: {("dang", "ky"): 5, ("khai", "sinh"): 3, ("tam", "tru"): 1}.get((left, right), 0),
)


@pytest.mark.parametrize(
    ("one", "other"), [("chu", "tru"), ("xinh", "sinh"), ("giay", "day"), ("thut", "thuc"), ("ly", "ni")]
)
def test_syllables_confused_by_ear_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_neighbours_come_best_first() -> None:
    assert REPAIRER.neighbours("xinh") == (("sinh", ALIKE_IN_SOUND),)
    assert REPAIRER.neighbours("knai") == (("khai", ONE_EDIT),)
    assert REPAIRER.neighbours("zzz") == ()


@pytest.mark.parametrize(
    ("message", "mended"),
    [
        ("khaisinh", "khai sinh"),
        ("đăngkýkhaisinh", "đăng ký khai sinh"),
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("hoa hồng", "hoa hồng"),
        ("iphone", "iphone"),
        ("ubnd", "ubnd"),
    ],
)
def test_words_that_are_none_are_mended(message: str, mended: str) -> None:
    assert " ".join(t.text for t in REPAIRER.mend(tokenise(message), frozenset({"ubnd"}))) == mended
