from __future__ import annotations

import pytest

from bot.search.fold import tokenise
from bot.search.negation import drop_negated


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("không phải khai tử mà là khai sinh cho cháu", "khai sinh cho cháu"),
        ("khong phai tam tru ma la thuong tru", "thuong tru"),
        ("đổi bằng lái chứ không phải cấp lại", "đổi bằng lái"),
        ("làm hộ chiếu mới, không phải gia hạn visa, ở đâu", "làm hộ chiếu mới ở đâu"),
        ("à nhầm, ý tôi là đăng ký tạm trú", "đăng ký tạm trú"),
        ("nhầm, đăng ký tạm trú", "đăng ký tạm trú"),
        ("đăng ký kết hôn có phải không", "đăng ký kết hôn có phải không"),
        ("không phải", "không phải"),
        ("đăng ký khai sinh", "đăng ký khai sinh"),
        ("", ""),
    ],
)
def test_what_is_taken_back_is_dropped(message: str, kept: str) -> None:
    assert " ".join(token.text for token in drop_negated(tokenise(message))) == kept
