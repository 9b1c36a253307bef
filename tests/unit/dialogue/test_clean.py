"""Text is made readable before anything looks at it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.clean import clean, has_words


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  khai \t\r\n sinh ", "khai; sinh"),
        ("038123\n456789", "038123 456789"),
        ("khai sinh\nkết hôn.\n\ncăn cước", "khai sinh; kết hôn. căn cước"),
        ("khai\u200b sinh\ufeff", "khai sinh"),
        ("\u202ehnis iahk\u202c", "hnis iahk"),
        ("khai\x00sinh\x1b[31m", "khai sinh [31m"),
        ("a\ud800b", "a b"),
        (unicodedata.normalize("NFD", "đăng ký thường trú"), "đăng ký thường trú"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("\u2028khai\u2029sinh\u00a0", "khai sinh"),
        (None, ""),
        (5, ""),
        (b"khai", ""),
        ({"text": 1}, ""),
    ],
)
def test_clean(text: object, cleaned: str) -> None:
    assert clean(text, 100) == cleaned


def test_decomposed_text_is_counted_composed() -> None:
    assert len(clean(unicodedata.normalize("NFD", "ệ" * 100), 100)) == 100


@pytest.mark.parametrize("text", ["a" * 10_000_000, " " * 10_000_000, "\u200b" * 10_000, "ệ" * 101])
def test_what_is_too_long_stays_too_long(text: str) -> None:
    assert 100 < len(clean(text, 100)) <= 401


@given(st.text(max_size=200))
def test_clean_is_idempotent(text: str) -> None:
    once = clean(text, 1000)
    assert clean(once, 1000) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(letter)[0] == "C" for letter in once)


@pytest.mark.parametrize(("text", "found"), [("", False), ("?!…", False), ("👍🏽", False), ("a", True), ("2", True)])
def test_has_words(text: str, found: object) -> None:
    assert has_words(text) is found
