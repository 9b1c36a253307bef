"""Pinned phrases on the shipped search: what they win over, and what wins over them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.editorial import Pin
from bot.search.model import Verdict
from bot.search.pins import PinnedSearch
from tests.unit.shipped import shipped_catalogue, shipped_engine

BIRTH, MARRIAGE, DEATH = "1.001193", "1.000894", "1.000656"
PHRASE = "làm giấy cho cháu mới đẻ"


def pinned(*pins: Pin) -> PinnedSearch:
    return PinnedSearch(shipped_engine(), pins)


def answer(search: PinnedSearch, text: str) -> str | None:
    decision = search.search(text).first
    return decision.candidates[0].code if decision.verdict is Verdict.ANSWERED else None


def test_the_codes_are_those_of_the_shipped_catalogue() -> None:
    titles = [shipped_catalogue().procedures[code].title for code in (BIRTH, MARRIAGE, DEATH)]
    assert titles == ["Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký khai tử"]


@pytest.mark.parametrize(
    "text",
    [
        PHRASE,
        "LÀM GIẤY cho cháu mới đẻ!",
        "lam giay cho chau moi de",
        "mần giấy cho cháu mới đẻ",
        "man giay cho chau moi de",
        "cho tôi hỏi làm giấy cho cháu mới đẻ ạ",
    ],
)
def test_the_phrase_however_it_is_written(text: str) -> None:
    assert answer(pinned(Pin(PHRASE, DEATH)), text) == DEATH


@pytest.mark.parametrize("text", ["làm giấy", f"{PHRASE} và sổ đỏ", "đăng ký kết hôn", "cháu mới đẻ"])
def test_what_is_not_the_phrase_is_found_as_before(text: str) -> None:
    assert pinned(Pin(PHRASE, DEATH)).search(text) == shipped_engine().search(text)


def test_accents_that_are_typed_count() -> None:
    search = pinned(Pin("má", BIRTH), Pin("mả", DEATH))
    assert [answer(search, text) for text in ("má", "mả", "mạ")][:2] == [BIRTH, DEATH]
    assert search.search("mạ") == shipped_engine().search("mạ")


def test_a_pin_wins_over_titles_and_aliases() -> None:
    title, alias = "Đăng ký kết hôn", shipped_catalogue().lexicon.aliases[0].phrase
    search = pinned(Pin(title, DEATH), Pin(alias, DEATH))
    assert [answer(search, text) for text in (title, "dang ky ket hon", alias)] == [DEATH] * 3
    assert answer(search, "thủ tục đăng ký kết hôn có yếu tố nước ngoài") != DEATH


def test_a_code_is_always_the_code() -> None:
    search = pinned(Pin(MARRIAGE, DEATH), Pin(PHRASE, DEATH))
    assert search.search(MARRIAGE) == shipped_engine().search(MARRIAGE)
    assert answer(search, f"{PHRASE} {BIRTH}") == BIRTH


@pytest.mark.parametrize("text", ["cháy nhà", "cứu với", "lộ mã otp", "tôi không muốn sống nữa"])
def test_a_call_for_help_is_always_answered(text: str) -> None:
    urgent = shipped_engine().search(text)
    assert (pinned(Pin(text, DEATH)).search(text), urgent.first.verdict) == (urgent, Verdict.OUT_OF_SCOPE)


def test_a_help_topic_gives_way_to_a_pin() -> None:
    text = "toàn trình là gì"
    topic = shipped_engine().help_topic(text)
    assert topic is not None
    assert (pinned(Pin(text, DEATH)).help_topic(text), pinned(Pin(PHRASE, DEATH)).help_topic(text)) == (None, topic)


def test_what_came_near_stays_beside_the_answer() -> None:
    decision = pinned(Pin("kết hôn", DEATH)).search("kết hôn").first
    found = [candidate.code for candidate in shipped_engine().search("kết hôn").first.candidates]
    assert [candidate.code for candidate in decision.candidates] == [DEATH, *(code for code in found if code != DEATH)]


def test_what_is_asked_about_it_is_still_heard() -> None:
    decision = pinned(Pin(PHRASE, DEATH)).search(f"lệ phí {PHRASE}").first
    assert (decision.candidates[0].code, decision.asks) == (DEATH, ("fee",))


def test_who_reads_english_is_led_there_too() -> None:
    search = pinned(Pin("paper of my newborn", BIRTH))
    decision = search.search("paper of my newborn", "en").first
    assert (decision.verdict, decision.candidates[0].code) == (Verdict.ANSWERED, BIRTH)
    assert search.language("paper of my newborn") == shipped_engine().language("paper of my newborn")


def test_a_phrase_that_would_be_mended_is_still_the_phrase() -> None:
    assert answer(pinned(Pin("giayf khai sinhh", DEATH)), "giayf khai sinhh") == DEATH


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_whatever_the_text_it_never_raises(text: str) -> None:
    search = pinned(Pin(PHRASE, DEATH))
    assert search.search(text) == shipped_engine().search(text)
