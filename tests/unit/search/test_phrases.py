from __future__ import annotations

import pytest

from bot.search.fold import tokenise
from bot.search.phrases import Found, PhraseTable, contains, is_accented

TABLE = PhraseTable([("chi", "what"), ("chi phí", "cost"), ("ở đâu", "where"), ("mả", "grave"), ("má", "mother")])


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("cần chi", [Found(1, 1, "what")]),
        ("can chi phi", [Found(1, 2, "cost"), Found(1, 1, "what")]),
        ("nộp ở đâu", [Found(1, 2, "where")]),
        ("nop o dau", [Found(1, 2, "where")]),
        ("xây mả", [Found(1, 1, "grave")]),
        ("xây mã", []),
        ("xay ma", [Found(1, 1, "grave"), Found(1, 1, "mother")]),
        ("", []),
    ],
)
def test_phrases_are_found_with_the_accents_typed(message: str, expected: list[Found[str]]) -> None:
    assert TABLE.anywhere(tokenise(message)) == expected


def test_whole_messages_only() -> None:
    assert TABLE.whole(tokenise("chi phí")) == ["cost"]
    assert TABLE.whole(tokenise("chi phí ạ")) == []
    assert TABLE.whole(()) == []


def test_contains_looks_for_neighbours() -> None:
    assert contains(tokenise("ghi chú ly hôn"), ("chu", "ly"))
    assert not contains(tokenise("ghi chú ly hôn"), ("ghi", "ly"))


def test_a_message_is_accented_when_a_quarter_of_its_words_are() -> None:
    assert is_accented(tokenise("đăng ky khai sinh"))
    assert not is_accented(tokenise("đăng ky khai sinh cho"))
    assert not is_accented(())
