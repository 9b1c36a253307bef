"""Agencies in the order in which a reader of Vietnamese looks for them."""

from __future__ import annotations

from bot.web.staff.names import agencies_to_choose
from tests.unit.shipped import shipped_catalogue


def test_communes_stand_by_their_letters_whatever_their_marks() -> None:
    catalogue = shipped_catalogue()
    names = [choice.name for choice in agencies_to_choose(catalogue) if choice.code in catalogue.communes]
    assert names[:3] == ["Bắc Hồng Lĩnh", "Cẩm Bình", "Cẩm Duệ"]
    first = [names.index(name) for name in ("Cẩm Xuyên", "Can Lộc", "Đan Hải", "Gia Hanh", "Hà Huy Tập", "Yên Hòa")]
    assert first == sorted(first)
