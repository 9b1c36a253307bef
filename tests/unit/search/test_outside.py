"""Messages about something else: which of several signs is the one that counts."""

from __future__ import annotations

import pytest

from bot.catalog.lexicon_model import OutsideCue
from bot.search.fold import tokenise
from bot.search.outside import FIRST_OF_ALL, Outside, OutsideDetector

CUES = (
    OutsideCue("confirm", "được", True, ()),
    OutsideCue("confirm", "được rồi", True, ()),
    OutsideCue("vague", "hồ sơ", True, ()),
    OutsideCue("greeting", "chào", True, ()),
    OutsideCue("case_status", "hồ sơ của tôi tới đâu", False, ("trích lục",)),
    OutsideCue("case_status", "kết quả", True, ()),
    OutsideCue("opening_hours", "mấy giờ mở cửa", False, ()),
    OutsideCue("told", "năm ngoái", False, ("hồi trước", "trợ cấp")),
    OutsideCue("emergency_fire", "cháy nhà", False, ("<told>", "phòng cháy")),
    OutsideCue("emergency_medical", "cứu", True, ()),
    OutsideCue("emergency_call", "cứu với", False, ()),
    OutsideCue("no_data", "bán rượu", False, ("tem",)),
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
    assert detect("được rồi cảm ơn em nhé", "được rồi") == Outside("confirm", True, 2)


def test_unless_takes_a_sign_back() -> None:
    assert detect("trích lục hồ sơ của tôi tới đâu rồi") is None
    assert detect("trich luc ho so cua toi toi dau roi") is None


def test_unless_may_stand_in_what_another_reading_dropped() -> None:
    assert detect("tem bán rượu", "bán rượu") is None


def test_typed_accents_tell_words_of_unless_apart() -> None:
    assert detect("bán rượu tém") == Outside("no_data", False, 2)


def test_a_message_typed_as_a_sign_is_that_whatever_it_is_rewritten_to() -> None:
    assert detect("kết quả", "hồ sơ của tôi tới đâu") == Outside("case_status", True, 2)


@pytest.mark.parametrize("message", ["cháy nhà năm ngoái", "hồi trước cháy nhà", "cháy nhà xin trợ cấp", "năm ngoái"])
def test_a_tale_of_the_past_is_not_urgent(message: str) -> None:
    assert detect(message) is None


def test_a_call_for_help_is_urgent_whatever_is_told_beside_it() -> None:
    assert detect("cháy nhà cứu với, xin trợ cấp") == Outside("emergency_fire", False, 2)
    assert detect("năm ngoái cứu với") == Outside("emergency_call", False, 2)
    assert detect("hỏi trước, cháy nhà") == Outside("emergency_fire", False, 2)


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
    assert (Outside("no_data", False, 2).overrides(0.96), Outside("no_data", False, 2).overrides(0.97)) == (True, False)


def test_long_urgent_signs_yield_to_the_very_words_only() -> None:
    sure = Outside("emergency_medical", False, 3)
    assert (sure.overrides(0.96), sure.overrides(0.97)) == (True, False)


def test_a_person_who_was_robbed_hears_of_the_police_beside_a_paper() -> None:
    assert Outside("police_report", False, 2).overrides(0.9)


def test_a_fire_comes_before_an_injury() -> None:
    assert detect("cháy nhà cứu", "cứu") == Outside("emergency_fire", False, 2)


def test_alternatives_are_signs_each() -> None:
    detector = OutsideDetector((OutsideCue("emergency_fire", "té ao/rớt giếng", False, ()),))
    assert [detector.detect([tokenise(text)]) for text in ("con rớt giếng", "chau te ao", "té giếng")] == [
        Outside("emergency_fire", False, 2),
        Outside("emergency_fire", False, 2, weak=True),
        None,
    ]


PIECES = OutsideDetector((OutsideCue("emergency_medical", "uống/nuốt … thuốc sâu/bả chuột", False, ("bán thuốc",)),))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("con nuốt bả chuột", 3),
        ("uống hết một chai thuốc sâu", 3),
        ("chong toi uong lo thuoc sau", 3),
        ("thuốc sâu uống", None),
        ("uống một hai ba bốn năm thuốc sâu", None),
        ("uống nước bán thuốc sâu", None),
    ],
)
def test_a_sign_in_two_pieces_stands_in_order_and_near(message: str, words: int | None) -> None:
    found = None if words is None else Outside("emergency_medical", False, words)
    assert PIECES.detect([tokenise(message)]) == found


def test_a_rewritten_word_does_not_make_a_bare_message_accented() -> None:
    found = DETECTOR.detect([tokenise("tui chay nha"), tokenise("tôi chay nha")])
    assert found == Outside("emergency_fire", False, 2, weak=True)
