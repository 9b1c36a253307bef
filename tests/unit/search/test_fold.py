from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.fold import Token, canonical, fold, fold_canonical, make_tokens, tokenise


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HOÀ", "hòa"),
        ("thuỷ sản", "thủy sản"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("khoẻ", "khỏe"),
        ("Ðăng ký", "đăng ký"),
        (unicodedata.normalize("NFD", "Đăng ký khai sinh"), "đăng ký khai sinh"),
        ("khai\u200b si\u00adnh\u202e", "khai sinh"),
        ("\ud800khai", "khai"),
        ("", ""),
    ],
)
def test_canonical_is_one_spelling(written: str, expected: str) -> None:
    assert canonical(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Đăng ký KHAI-SINH!", "dang ky khai sinh"), ("Thuỷ  sản", "thuy san"), ("😀", ""), ("a_b", "a b")],
)
def test_fold_leaves_plain_words(written: str, expected: str) -> None:
    assert fold(written) == expected


@given(st.text())
def test_normalising_is_idempotent(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_keeps_positions(text: str) -> None:
    assert len(fold_canonical(canonical(text))) == len(canonical(text))


def test_tokens_know_where_a_clause_begins() -> None:
    assert tokenise("Bán xe, sang tên") == (
        Token("bán", "ban"),
        Token("xe", "xe"),
        Token("sang", "sang", starts_clause=True),
        Token("tên", "ten"),
    )
    assert [token.marked for token in tokenise("bán xe")] == [True, False]


def test_lexicon_tokens_have_no_clauses() -> None:
    assert make_tokens("cấp, đổi") == (Token("cấp", "cap"), Token("đổi", "doi"))
