from __future__ import annotations

import pytest

from bot.catalog.lexicon_model import Filler
from bot.search.query import FILLER, Query, Reader
from tests.unit.search.samples import catalogue

LEXICON = catalogue(fillers={"cho hỏi": "polite", "cần gì": "papers", "vậy": "particle", "làm": "want"}).lexicon
READER = Reader(LEXICON, ["Cẩm Xuyên", "Đồng Tiến"])


def read(message: str) -> list[Query]:
    return READER.read(READER.words(message))


def content(message: str) -> str:
    return " ".join(token.text for token in read(message)[0].content)


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("cho hỏi mần giấy cần chi", "giấy"),
        ("cho hoi giay can gi vay", "giay"),
        ("muốn vay", "muốn vay"),
        ("khai sinh vậy", "khai sinh"),
        ("bằng lái ở xã Cẩm Xuyên", "giấy phép lái xe xã"),
        ("giay o xa cam xuyen", "giay xa"),
        ("dong tien cho toi", "dong tien cho toi"),
        ("khai sinh á", "khai sinh"),
        ("không phải khai tử mà là khai sinh cho cháu", "khai sinh cho cháu"),
    ],
)
def test_what_is_left_is_the_wish(message: str, wish: str) -> None:
    assert content(message) == wish


def test_what_is_asked_about_is_noted() -> None:
    assert read("khai sinh cần gì")[0].asks == ("papers",)


def test_ambiguous_words_give_several_readings() -> None:
    assert [" ".join(token.text for token in query.tokens) for query in read("đăng ký tt")] == [
        "đăng ký tạm trú",
        "đăng ký thủ tục",
    ]


def test_a_message_of_fillers_alone_is_kept_for_the_search() -> None:
    query = read("cho hỏi")[0]
    assert (query.content, query.weights) == ((), (FILLER, FILLER))
    assert query.without_fillers() == query


def test_just_a_wording_with_fillers_around_it() -> None:
    words = READER.words
    assert READER.is_just(words("cho hoi DANG KY khai sinh can gi"), words("Đăng ký khai sinh"))
    assert not READER.is_just(words("đăng ký lại khai sinh"), words("Đăng ký khai sinh"))
    assert not READER.is_just((), words("Đăng ký khai sinh"))


def test_kinds_of_fillers_are_known_to_the_reader() -> None:
    assert {filler.kind for filler in LEXICON.fillers} == {"polite", "papers", "particle", "want"}
    assert Filler("vậy", "particle") in LEXICON.fillers
