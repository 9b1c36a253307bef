"""What citizens are told, on the page and in the chat, is what the register says is kept of them."""

from __future__ import annotations

import re

import pytest

from bot.catalog.load import load_catalogue
from bot.dialogue.keeping import Keeping
from bot.operations.retention import keeping_of
from bot.settings import Settings
from bot.store.register import load_register
from bot.texts import load_texts
from handlers.privacy import notice
from tests.unit.catalog.conftest import SECOND_PROVINCE

KEEPING = Keeping(
    choices_hours=101,
    events_days=102,
    profiles_days=103,
    unfound_days=104,
    raters_months=105,
    erasures_days=106,
    backups_days=107,
)
CITIZENS = [entry for entry in load_register().entries if entry.part == "citizens"]
TERMS = {
    "words": {"answered", "sent"},
    "account": {"contacts"},
    "choices": {"told"},
    "profile": {"states"},
    "team": {"brought"},
    "codes": {"events"},
    "ratings": {"raters"},
    "network": {"contacts"},
    "unfound": {"unfound"},
    "erasures": {"erasures"},
}
"""By which sentence people are told of which terms."""
SENTENCES = {
    "vi": {
        "words": "Trả lời xong, tôi không giữ lời nhắn.",
        "account": "tôi giữ mã tài khoản nhiều nhất 3 ngày",
        "choices": "Tôi giữ các lựa chọn gần nhất trong 101 giờ",
        "profile": "Tôi giữ xã, phường và ngôn ngữ nếu anh/chị cho biết, đến khi anh/chị xóa hoặc 103 ngày không dùng.",
        "team": "qua đường dẫn của tổ cộng đồng thì tôi nhớ 7 ngày là của tổ nào",
        "codes": "Tôi giữ mã thủ tục đã xem trong 102 ngày",
        "ratings": "Sau 105 tháng thì góp ý bị xóa, đánh giá không còn gắn với ai.",
        "network": "tôi giữ dấu mạng đã mã hóa nhiều nhất 3 ngày",
        "unfound": "Câu ngắn nào tôi chưa tìm ra hoặc trả lời chưa giúp được thì giữ 104 ngày, không biết ai viết.",
        "erasures": "Anh/chị xóa dữ liệu thì tôi ghi lại giờ xóa, giữ 106 ngày.",
    },
    "en": {
        "words": "Once answered, I do not keep what you write.",
        "account": "I keep your account's number for at most 3 days",
        "choices": "I keep your latest choices for 101 hours",
        "profile": "I keep your commune and language if told, until you delete them or do not use me for 103 days.",
        "team": "If you come by a community team's link, I remember for 7 days whose it was",
        "codes": "I keep the codes of procedures that were looked at for 102 days",
        "ratings": "After 105 months comments are deleted and ratings are nobody's.",
        "network": "I keep a coded mark of the network for 3 days",
        "unfound": "Short messages that found nothing or did not help are kept for 104 days, without knowing whose",
        "erasures": "If you delete your data, I note for 106 days when.",
    },
}


def told(language: str) -> str:
    return notice(load_catalogue(SECOND_PROVINCE), load_texts(language), KEEPING)


@pytest.mark.parametrize("language", SENTENCES)
def test_each_kind_of_data_is_named_with_its_time(language: str) -> None:
    text = told(language)
    assert {name: sentence for name, sentence in SENTENCES[language].items() if sentence not in text} == {}
    used = {name for entry in CITIZENS for name in entry.told_as}
    assert used == set(SENTENCES[language]) == set(TERMS)


@pytest.mark.parametrize("language", SENTENCES)
def test_no_other_time_is_named(language: str) -> None:
    assert {int(number) for number in re.findall(r"\d+", told(language))} == {101, 102, 103, 104, 105, 106, 107, 3, 7}


def test_each_table_is_told_of_and_no_longer_kept_than_told() -> None:
    """The key of a message, kept for 7 days, says nothing of a person; a team's review is nobody's."""
    assert [entry.tables for entry in CITIZENS if not entry.told_as] == [("reviews",)]
    for entry in CITIZENS:
        promised = {term for name in entry.told_as for term in TERMS[name]}
        assert {end.term.name for end in entry.ends} - {"keys"} <= promised, entry.tables


def test_the_times_are_those_of_the_settings() -> None:
    settings = Settings.model_construct(
        choices_valid_hours=101,
        keep_events_days=102,
        keep_profiles_days=103,
        keep_unfound_days=104,
        keep_raters_months=105,
        keep_erasures_days=106,
        keep_backups_days=107,
    )
    assert keeping_of(settings) == KEEPING


def test_what_holds_where_nothing_is_set() -> None:
    """Promised to the province: 90 days, 180 days, 24 months."""
    named = ("KEEP_EVENTS_DAYS", "KEEP_UNFOUND_DAYS", "KEEP_RATERS_MONTHS", "KEEP_PROFILES_DAYS", "KEEP_ERASURES_DAYS")
    assert [Settings.model_fields[name.lower()].default for name in named] == [90, 180, 24, 365, 400]
    assert Keeping() == keeping_of(Settings.model_construct())
    terms = {term.name: term.setting for term in load_register().terms.values() if term.is_daily and term.setting}
    assert terms == dict(zip(("events", "unfound", "raters", "states", "erasures"), named, strict=True))
