from __future__ import annotations

import pytest

from bot.search.syllable import decode_keystrokes, is_syllable


@pytest.mark.parametrize("word", ["khai", "sinh", "nghieng", "quyen", "uong", "gi", "huynh", "xoong"])
def test_syllables_are_recognised(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["khaisinh", "gplx", "ddang", "xyz", "", "1", "street"])
def test_other_words_are_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giaays", "giấy"),
        ("ddawng", "đăng"),
        ("kys", "ký"),
        ("cuwowcs", "cước"),
        ("thuwowngf", "thường"),
        ("duongwf", "dường"),
        ("hoonj", "hộn"),
        ("d9a8ng", "đăng"),
        ("gia6y1", "giấy"),
        ("cu7o71c", "cước"),
        ("thuo7ng2", "thường"),
        ("quyeenf", "quyền"),
        ("thuyr", "thủy"),
        ("gplx", None),
        ("iphone15", None),
    ],
)
def test_keystrokes_are_decoded(typed: str, meant: str | None) -> None:
    assert decode_keystrokes(typed) == meant
