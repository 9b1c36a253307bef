"""What titles and rows across a table say of the rows below."""

from __future__ import annotations

import pytest

from bot.catalog.imports.headings import Headings
from bot.catalog.imports.model import Column, ListTier
from bot.catalog.imports.sections import (
    Above,
    Kind,
    Said,
    are_by_tier,
    begins_anew,
    is_after_the_list,
    section_says,
    section_text,
    title_says,
)

HEADINGS = Headings({Column.NUMBER: 0, Column.CODE: 1, Column.NAME: 2, Column.AGENCY: 3}, {}, (), 0, 0, {})


@pytest.mark.parametrize(
    ("title", "tier"),
    [
        (("Phụ lục I",), ListTier.PROVINCE),
        (("PHỤ LỤC 02",), ListTier.DISTRICT),
        (("Phụ lục số III", "(Kèm theo Quyết định số 1/QĐ-UBND)"), ListTier.COMMUNE),
        (("PL1",), ListTier.PROVINCE),
        (("Phụ lục II", "Danh mục TTHC cấp xã"), ListTier.COMMUNE),
        (("DANH MỤC THỦ TỤC THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA UBND CẤP HUYỆN",), ListTier.DISTRICT),
        (("Danh mục TTHC cấp tỉnh, cấp xã",), ListTier.UNKNOWN),
        (("Phụ lục I", "Danh mục TTHC cấp tỉnh, cấp xã"), ListTier.UNKNOWN),
        (("Phụ lục II", "Danh mục dịch vụ công trực tuyến toàn trình"), ListTier.DISTRICT),
        (("Phụ lục IV",), ListTier.UNKNOWN),
        (("PHỤ LỤC III", "DANH MỤC DỊCH VỤ CÔNG TRỰC TUYẾN CỦA CƠ QUAN KHÁC"), ListTier.OTHER),
        (("Cơ quan khác",), ListTier.OTHER),
        (("Điều 1. Danh mục cấp xã", "Phụ lục I", "Danh mục"), ListTier.PROVINCE),
        (("Sheet1",), ListTier.UNKNOWN),
        ((), ListTier.UNKNOWN),
    ],
)
def test_whose_list_a_title_says_it_is(title: tuple[str, ...], tier: ListTier) -> None:
    assert Above().and_then(title_says(title)).list_tier is tier


def test_appendices_by_level_are_not_counted_by_tier() -> None:
    full, partial = ("Phụ lục I", "DVC toàn trình"), ("Phụ lục II", "DVC một phần")

    assert not are_by_tier([full, partial])
    assert are_by_tier([full, full, ("Phụ lục III", "Toàn trình, một phần"), ()])
    assert title_says(partial, by_tier=False) == (
        Said(Kind.TIER, ListTier.UNKNOWN),
        Said(Kind.LEVEL, "Một phần"),
    )


def test_what_else_a_title_says() -> None:
    title = ("Phụ lục I", "DANH MỤC DVC TRỰC TUYẾN TOÀN TRÌNH", "A. SỞ MẪU", "II. Lĩnh vực Hộ tịch")

    assert title_says(title) == (
        Said(Kind.TIER, ListTier.PROVINCE),
        Said(Kind.LEVEL, "Toàn trình"),
        Said(Kind.AGENCY, "SỞ MẪU"),
        Said(Kind.FIELD, "Hộ tịch"),
    )


def test_a_list_of_what_was_abolished() -> None:
    assert title_says(("Danh mục TTHC bị bãi bỏ", "(Ban hành kèm theo Quyết định 1)")) == (Said(Kind.ABOLISHED, "yes"),)
    assert title_says(("Danh mục TTHC mới ban hành, sửa đổi, bãi bỏ",)) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I. Lĩnh vực Hộ tịch", (Said(Kind.FIELD, "Hộ tịch"),)),
        ("LĨNH VỰC: ĐẤT ĐAI", (Said(Kind.FIELD, "ĐẤT ĐAI"),)),
        ("1. Lĩnh vực Hộ tịch", (Said(Kind.FIELD, "Hộ tịch"),)),
        ("I. Lĩnh vực Hộ tịch (05 TTHC)", (Said(Kind.FIELD, "Hộ tịch"),)),
        ("II. Đất đai: 12 thủ tục hành chính", (Said(Kind.FIELD, "Đất đai"),)),
        ("III. Việc làm 2025", (Said(Kind.FIELD, "Việc làm 2025"),)),
        ("II. Đất đai", (Said(Kind.FIELD, "Đất đai"),)),
        ("A. SỞ MẪU", (Said(Kind.AGENCY, "SỞ MẪU"),)),
        ("B. THỦ TỤC HÀNH CHÍNH CẤP XÃ", (Said(Kind.TIER, ListTier.COMMUNE),)),
        ("C. Mức độ 4", (Said(Kind.LEVEL, "Mức độ 4"),)),
        ("B. Toàn trình, cấp tỉnh", (Said(Kind.TIER, ListTier.PROVINCE), Said(Kind.LEVEL, "Toàn trình"))),
        ("Phụ lục III", (Said(Kind.TIER, ListTier.COMMUNE),)),
    ],
)
def test_what_a_section_says(text: str, said: tuple[Said, ...]) -> None:
    assert section_says(text) == said


def test_a_new_word_of_a_kind_ends_what_stood_below_the_one_before() -> None:
    tier, field = Said(Kind.TIER, ListTier.PROVINCE), Said(Kind.FIELD, "Hộ tịch")
    above = Above().and_then([tier]).and_then([field])

    assert above.and_then([Said(Kind.FIELD, "Đất đai")]) == Above((tier, Said(Kind.FIELD, "Đất đai")))
    assert above.and_then([Said(Kind.TIER, ListTier.COMMUNE)]) == Above((Said(Kind.TIER, ListTier.COMMUNE),))
    assert (above.value(Kind.FIELD), above.value(Kind.AGENCY), above.list_tier) == ("Hộ tịch", "", ListTier.PROVINCE)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (("I. Lĩnh vực Hộ tịch",) * 4, "I. Lĩnh vực Hộ tịch"),
        (("I", "Hộ tịch", "Hộ tịch", "Hộ tịch"), "Hộ tịch"),
        (("II", "", "Hộ tịch", ""), "Hộ tịch"),
        (("A.1", "", "Hộ tịch", ""), "Hộ tịch"),
        (("1", "", "Lĩnh vực Hộ tịch", ""), "Lĩnh vực Hộ tịch"),
        (("I. Hộ tịch", "", "", ""), "I. Hộ tịch"),
        (("PHỤ LỤC II", "", "", ""), "PHỤ LỤC II"),
        (("1", "Hộ tịch", "Hộ tịch", "Hộ tịch"), "Hộ tịch"),
        (("3", "Cấp giấy tờ", "Cấp giấy tờ", ""), None),
        (("3", "", "Cấp giấy tờ", ""), None),
        (("", "", "Cấp giấy tờ", ""), None),
        (("I", "1.900001", "", ""), None),
        (("1", "1.900001", "Cấp giấy tờ", "Sở Mẫu"), None),
        (("I", "Hộ tịch", "Hộ tịch", "Sở Mẫu"), None),
        (("", "", "", ""), None),
        (("I", "", "", ""), None),
    ],
)
def test_which_rows_head_those_below(cells: tuple[str, ...], text: str | None) -> None:
    assert section_text(cells, HEADINGS) == text


def test_rows_after_the_list() -> None:
    after = (
        ("Tổng cộng", "", "25", ""),
        ("", "Cộng", "", "25"),
        ("Tổng số: 25 thủ tục",) * 4,
        ("Nơi nhận:", "", "", "TM. ỦY BAN NHÂN DÂN"),
        ("", "", "KT. CHỦ TỊCH", ""),
        ("Ghi chú: dữ liệu đến ngày 1/1", "", "", ""),
        ("", " ", "\n", "-"),
    )
    rows = (("1", "", "Cấp giấy tờ", "Sở Mẫu"), ("", "", "Cấp giấy tờ", ""), ("1", "Giám đốc", "Bổ nhiệm", "Sở"))

    assert [is_after_the_list(cells) for cells in after] == [True] * len(after)
    assert [is_after_the_list(cells) for cells in rows] == [False] * len(rows)


def test_when_another_list_begins() -> None:
    assert begins_anew(("Phụ lục I",))
    assert begins_anew(("Danh mục cấp xã",))
    assert not begins_anew(("II. Lĩnh vực Hộ tịch",))
    assert not begins_anew(())
