from __future__ import annotations

import pytest

from bot.search.fold import tokenise
from bot.search.wishes import clauses, cuts


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("đăng ký khai sinh và đăng ký thường trú", [("đăng ký khai sinh", "đăng ký thường trú")]),
        ("làm khai sinh, nhập khẩu", [("làm khai sinh", "nhập khẩu")]),
        ("khai sinh", []),
        ("", []),
        ("cấp và đổi thẻ", []),
    ],
)
def test_messages_are_cut_at_clauses_and_joining_words(message: str, parts: list[tuple[str, str]]) -> None:
    found = [tuple(" ".join(t.text for t in part) for part in cut) for cut in cuts(tokenise(message))]
    assert found == parts


def test_clauses_end_at_punctuation() -> None:
    parts = clauses(tokenise("căn cước, khai tử; sổ đỏ"))
    assert [" ".join(token.text for token in part) for part in parts] == ["căn cước", "khai tử", "sổ đỏ"]
    assert clauses(tokenise("căn cước")) == [tokenise("căn cước")]
