"""Tidying published names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import Catalogue
from bot.catalog.phrases import folded
from bot.catalog.titles import tidy


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Đăng ký khai sinh", "Đăng ký khai sinh"),
        ("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"),
        ("Thủ tục: Kiểm tra, xét duyệt", "Kiểm tra, xét duyệt"),
        ("Thủ tục hải quan đối với tàu bay", "Thủ tục hải quan đối với tàu bay"),
        ("Thủ tục đối với hàng mẫu", "Thủ tục đối với hàng mẫu"),
        ("Thủ tục đối chiếu số dư", "Đối chiếu số dư"),
        ("THỦ TỤC THÀNH LẬP HỘI (CẤP TỈNH)", "Thành lập hội (cấp tỉnh)"),
        ("THỦ TỤC HỘI TỰ GIẢI THỂ (Cấp xã)", "Thủ tục hội tự giải thể (cấp xã)"),
        ("UBND CẤP XÃ XÁC NHẬN NGƯỜI NHIỄM HIV, VỐN ODA", "UBND cấp xã xác nhận người nhiễm HIV, vốn ODA"),
        ("CƯ TRÚ TẠI VIỆT NAM THEO KHOẢN 2 ĐIỀU 34", "Cư trú tại Việt Nam theo khoản 2 Điều 34"),
        ("Cấp lại thẻ ABTC", "Cấp lại thẻ ABTC"),
        ("Cấp sổ BHXH, thẻ BHYT", "Cấp sổ BHXH, thẻ BHYT"),
        ("Cấp giấy phép môi trường (cấp Tỉnh) ( 1.010727 )", "Cấp giấy phép môi trường (cấp Tỉnh)"),
        ("1.010727 - Cấp giấy phép", "Cấp giấy phép"),
        (". Đăng ký thuế ...", "Đăng ký thuế"),
        ("Cấp  giấy , đổi thẻ ;", "Cấp giấy, đổi thẻ"),
        ("Giấy phép ngoại hối(đối với doanh nghiệp )", "Giấy phép ngoại hối (đối với doanh nghiệp)"),
        ("Bằng khen của Chủ tịch Ủy ban nhân dân …", "Bằng khen của Chủ tịch Ủy ban nhân dân …"),
        ("cấp đổi giấy phép", "Cấp đổi giấy phép"),
        ("...", "..."),
        ("1.010727", "1.010727"),
        ("", ""),
    ],
)  # fmt: skip
def test_tidy(name: str, title: str) -> None:
    assert tidy(name) == title


@given(st.text())
def test_tidying_twice_changes_nothing_and_empties_nothing(name: str) -> None:
    title = tidy(name)

    assert tidy(title) == title
    assert bool(title) == bool(name.strip())


def test_shipped_titles_keep_the_words_of_their_names(shipped: Catalogue) -> None:
    """Tidying drops "thủ tục" and codes, but no word of its own choosing, and adds none."""
    changed = [
        (procedure.name, procedure.title)
        for procedure in shipped.procedures.values()
        if not "".join(filter(str.isalpha, folded(procedure.name))).endswith(
            "".join(filter(str.isalpha, folded(procedure.title)))
        )
    ]

    assert changed == []
