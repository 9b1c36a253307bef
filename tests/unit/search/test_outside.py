"""Messages about something else: which of several signs is the one that counts, and what the shipped signs catch."""

from __future__ import annotations

import pytest

from bot.catalog.model import OutsideCue
from bot.search.fold import tokenise
from bot.search.outside import FIRST_OF_ALL, Outside, OutsideDetector

CUES = (
    OutsideCue("confirm", "được", True, ()),
    OutsideCue("vague", "hồ sơ", True, ()),
    OutsideCue("greeting", "chào", True, ()),
    OutsideCue("case_status", "hồ sơ của tôi tới đâu", False, ("trích lục",)),
    OutsideCue("case_status", "kết quả", True, ()),
    OutsideCue("opening_hours", "mấy giờ mở cửa", False, ()),
    OutsideCue("emergency_fire", "cháy nhà", False, ("năm ngoái",)),
    OutsideCue("emergency_medical", "cứu", True, ()),
    OutsideCue("emergency_distress", "không muốn sống", False, ()),
)
DETECTOR = OutsideDetector(CUES)


def detect(*readings: str) -> Outside | None:
    return DETECTOR.detect([tokenise(reading) for reading in readings])


def test_nothing_is_nothing() -> None:
    assert detect("khai sinh") is None
    assert detect("", "") is None


def test_a_message_that_is_just_a_sign() -> None:
    assert detect("kết quả ạ", "kết quả") == Outside("case_status", True, 2)
    assert detect("mấy giờ mở cửa") == Outside("opening_hours", True, 4)


def test_a_sign_within_a_message() -> None:
    assert detect("xã ta mấy giờ mở cửa", "xã mấy giờ mở cửa") == Outside("opening_hours", False, 4)


def test_what_is_left_without_fillers_does_not_win_over_a_longer_sign() -> None:
    assert detect("hồ sơ của tôi tới đâu rồi", "hồ sơ") == Outside("case_status", True, 6)
    assert detect("chào xã mấy giờ mở cửa", "chào") == Outside("opening_hours", True, 4)


def test_of_equal_signs_the_one_read_first_counts() -> None:
    assert detect("kết quả", "hồ sơ") == Outside("case_status", True, 2)


def test_a_yes_left_over_from_a_longer_message_is_no_answer() -> None:
    assert detect("mấy bữa thì được", "được") == Outside("vague", True, 1)
    assert detect("dạ được ạ", "được") == Outside("confirm", True, 1)


def test_unless_takes_a_sign_back() -> None:
    assert detect("trích lục hồ sơ của tôi tới đâu rồi") is None


def test_urgent_signs_come_first_however_short() -> None:
    assert detect("hồ sơ của tôi tới đâu, cháy nhà") == Outside("emergency_fire", False, 2)
    assert detect("cứu ạ", "cứu") == Outside("emergency_medical", True, 1)
    assert detect("hồ sơ của tôi tới đâu cứu", "cứu") == Outside("emergency_medical", True, 1)


def test_a_person_in_despair_comes_before_everything() -> None:
    assert FIRST_OF_ALL[0] == "emergency_distress"
    assert detect("cháy nhà, tôi không muốn sống") == Outside("emergency_distress", False, 3)


def test_an_urgent_sign_yields_only_to_a_named_procedure() -> None:
    urgent = Outside("emergency_fire", False, 2)
    assert (urgent.overrides(0.79), urgent.overrides(0.8)) == (True, False)
    assert Outside("case_status", False, 3).overrides(1.0)
    assert Outside("weather", True, 1).overrides(1.0)
    assert not Outside("weather", False, 1).overrides(0.7)
