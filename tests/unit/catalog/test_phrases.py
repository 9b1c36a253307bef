"""When two phrases are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.phrases import PhraseBook, canonical, folded


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("  Giấy   KHAI sinh ", "giấy khai sinh"),
        ("hoà giải, khoẻ, thuỷ", "hòa giải, khỏe, thủy"),
        ("hoàn thành quý loét toàn", "hoàn thành quý loét toàn"),
        ("Đăng Ký", "đăng ký"),
        ("ho\u0300a", "hòa"),
    ],
)
def test_canonical(phrase: str, expected: str) -> None:
    assert canonical(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("Đổi giấy phép lái xe", "doi giay phep lai xe"), ("ƯỚC Ở ỡ", "uoc o o"), ("", "")],
)
def test_folded(phrase: str, expected: str) -> None:
    assert folded(phrase) == expected


@pytest.mark.parametrize(
    ("phrases", "earlier"),
    [
        (["cải chính", "cải chính"], [None, "0"]),
        (["Cải  chính", "cải chính"], [None, "0"]),
        (["cải chính", "cai chinh"], [None, "0"]),
        (["cai chinh", "cải chính"], [None, "0"]),
        (["hoà giải", "hòa giải"], [None, "0"]),
        (["mất má", "mất mả"], [None, None]),
        (["má", "mả", "ma"], [None, None, "0"]),
        (["má", "ma", "mả"], [None, "0", "1"]),
        (["bố mất", "mẹ mất"], [None, None]),
    ],
)
def test_shadowing(phrases: list[str], earlier: list[str | None]) -> None:
    book = PhraseBook()

    assert [book.add(phrase, str(place)) for place, phrase in enumerate(phrases)] == earlier


@given(st.text())
def test_both_forms_are_stable(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert folded(folded(text)) == folded(text)
    assert folded(canonical(text)) == folded(text)
