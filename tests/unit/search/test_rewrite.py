from __future__ import annotations

import pytest

from bot.catalog.lexicon_model import Rewrite
from bot.search.fold import tokenise
from bot.search.rewrite import Rewriter
from tests.unit.search.samples import REWRITES

EVERYDAY = Rewriter(rewrite for rewrite in REWRITES if rewrite.kind != "synonym")


def variants(message: str) -> list[str]:
    return [" ".join(token.text for token in tokens) for tokens in EVERYDAY.variants(tokenise(message))]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("đkks", ["đăng ký khai sinh"]),
        ("DKKS", ["đăng ký khai sinh"]),
        ("mần giấy cần chi", ["làm giấy cần gì"]),
        ("chi phí", ["chi phí"]),
        ("mở chi nhánh", ["mở chi nhánh"]),
        ("đăng ký tt", ["đăng ký tạm trú", "đăng ký thủ tục"]),
        ("đăng ký kh", ["đăng ký kết hôn"]),
        ("kh biết", ["kh biết"]),
        ("", [""]),
    ],
)
def test_everyday_words_become_standard_words(message: str, expected: list[str]) -> None:
    assert variants(message) == expected


def test_readings_are_bounded() -> None:
    assert len(EVERYDAY.variants(tokenise("tt tt tt tt tt tt"))) == 4


def test_rewrites_are_one_way_and_never_chain() -> None:
    rewriter = Rewriter([Rewrite("a", "synonym", ("b",), (), ()), Rewrite("b", "synonym", ("c",), (), ())])
    assert [token.text for token in rewriter.first(tokenise("a b"))] == ["b", "c"]
