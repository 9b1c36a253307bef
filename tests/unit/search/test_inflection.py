from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.fold import Token
from bot.search.inflection import singular, stem


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("cards", "card"),
        ("copies", "copy"),
        ("businesses", "business"),
        ("licences", "licence"),
        ("houses", "house"),
        ("taxes", "tax"),
        ("branches", "branch"),
        ("business", "business"),
        ("status", "status"),
        ("basis", "basis"),
        ("bus", "bus"),
        ("card", "card"),
        ("thẻs", "thẻs"),
        ("", ""),
    ],
)
def test_plural_loses_its_ending(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_stemmed_word_still_begins_its_clause() -> None:
    assert stem(Token("cards", "cards", starts_clause=True)) == Token("card", "card", starts_clause=True)


@given(word=st.from_regex(r"[a-z]{0,12}", fullmatch=True))
def test_nothing_but_an_ending_is_lost(word: str) -> None:
    kept = singular(word)
    assert word.startswith(kept) or (word.endswith("ies") and kept == word[:-3] + "y")
