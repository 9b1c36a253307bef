"""What single cells say."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.codes import parse_code
from bot.catalog.imports.cells import (
    agencies,
    certain_code,
    code_written,
    is_marked,
    is_same_as_above,
    level_of,
    tidy,
    tiers_of_cell,
)
from bot.catalog.imports.model import ListTier
from bot.catalog.model import OnlineLevel


def test_blanks_and_forms_of_letters_are_tidied() -> None:
    written = "  Ta\u0301ch\tthư\u0309a \u00a0 \u200bđất\n"

    assert tidy(written) == "Tách thửa đất"


@given(st.text())
def test_tidied_text_is_tidy(text: str) -> None:
    once = tidy(text)

    assert tidy(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.900001", ("1.900001", "")),
        ("5.900001", ("5.900001", "")),
        ("1.900001.02", ("1.900001", "1.900001.02")),
        ("1.900001.H99", ("1.900001", "")),
        ("1.900001.000.00.00.H99", ("1.900001", "")),
        ("1900001", None),
        ("1.0125010", None),
        ("1.90001", None),
        ("1,900001", None),
        ("1.900.001", None),
        ("7.900001", None),
        ("mã 1.900001", None),
        ("1.900001 1.900002", None),
        ("1.900001.000.00.00.h99", None),
        ("1.900001.000.00.00.H99-01", None),
        ("１.900001", None),
        ("", None),
    ],
)
def test_only_what_certainly_is_a_code_is_one(written: str, code: tuple[str, str] | None) -> None:
    assert certain_code(written) == code


@given(st.from_regex(r"[1-6]\.[0-9]{6}(\.[0-9]{2}|\.[A-Z][0-9]{2}|\.000\.00\.00\.[A-Z][0-9]{2})?", fullmatch=True))
def test_a_certain_code_is_what_the_catalogue_reads_too(written: str) -> None:
    found = certain_code(written)

    assert found is not None
    assert found[0] == parse_code(written)


def test_a_code_that_the_page_broke_is_put_together_and_no_other() -> None:
    assert code_written("1.900001.000.\n00.00.H99", wrapped=True) == "1.900001.000.00.00.H99"
    assert code_written("1.900001\n1.900002", wrapped=True) == "1.900001 1.900002"
    assert code_written("1.900\n001", wrapped=False) == "1.900 001"
    assert code_written("\t 1.0125010 ", wrapped=False) == "1.0125010"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("", ()),
        (" \n\t", ()),
        ("UBND xã An Mẫu\n\nUBND phường Bình Mẫu\n", ("UBND xã An Mẫu", "UBND phường Bình Mẫu")),
        ("- Sở Tư pháp;\n- UBND cấp xã.", ("Sở Tư pháp", "UBND cấp xã")),
        ("Sở Tư pháp; UBND cấp xã; Sở Tư pháp", ("Sở Tư pháp", "UBND cấp xã")),
        ("Sở Nông nghiệp, Môi trường", ("Sở Nông nghiệp, Môi trường",)),
        ("H99", ("H99",)),
        ("H99 H99.100-H99.168", ("H99", "H99.100-H99.168")),
        ("local.police-commune", ("local.police-commune",)),
        ("G11.11.003.001;000.00.27.G66", ("G11.11.003.001", "000.00.27.G66")),
    ],
)
def test_the_bodies_of_a_cell(written: str, names: tuple[str, ...]) -> None:
    assert agencies(written, wrapped=False) == names


def test_a_line_that_the_page_broke_goes_on_unless_a_body_begins() -> None:
    written = "Sở Nông nghiệp\nvà Môi trường\nUBND xã,\nphường\n- Công an\nxã"

    assert agencies(written, wrapped=True) == ("Sở Nông nghiệp và Môi trường", "UBND xã, phường", "Công an xã")
    assert agencies("Sở Mẫu\nH99.100-H99.101", wrapped=True) == ("Sở Mẫu", "H99.100-H99.101")
    assert agencies("Văn phòng\nmẫu", wrapped=False) == ("Văn phòng", "mẫu")


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Toàn trình", OnlineLevel.FULL),
        ("DVC trực tuyến toàn trình", OnlineLevel.FULL),
        ("Dịch vụ công trực tuyến một phần", OnlineLevel.PARTIAL),
        ("MỘT PHẦN ", OnlineLevel.PARTIAL),
        ("Mo\u0323\u0302t pha\u0302\u0300n", OnlineLevel.PARTIAL),
        ("Cung cấp thông tin", OnlineLevel.INFORMATION),
        ("Cung cấp thông tin trực tuyến", OnlineLevel.INFORMATION),
        ("full", OnlineLevel.FULL),
        ("partial", OnlineLevel.PARTIAL),
        ("3", None),
        ("4", None),
        ("Mức độ 4", None),
        ("Toàn trình (mức độ 4)", None),
        ("Toàn trình/Một phần", None),
        ("không", None),
        ("", None),
    ],
)
def test_only_words_of_today_are_levels(written: str, level: OnlineLevel | None) -> None:
    assert level_of(written) == level


def test_marks() -> None:
    assert [is_marked(text) for text in ("X", " x\n", "✓", "có", "ü")] == [True] * 5
    assert [is_marked(text) for text in ("", " ", "-", "không")] == [False] * 4
    assert [is_marked(text) for text in ("Toàn trình", "4", "x (từ 2027)")] == [None] * 3


def test_what_says_that_it_is_as_above() -> None:
    assert all(map(is_same_as_above, ("Như trên", "như  trên", "NHU TREN", "-nt-", "nt", '"', "”", "〃", "(Như trên)")))
    assert not any(map(is_same_as_above, ("", "Như trên nhưng ở xã", "Sở Nội vụ", "x")))


@pytest.mark.parametrize(
    ("written", "tiers"),
    [
        ("Cấp tỉnh", {ListTier.PROVINCE}),
        ("Xã", {ListTier.COMMUNE}),
        ("Cấp tỉnh; Cấp xã", {ListTier.PROVINCE, ListTier.COMMUNE}),
        ("Cấp tỉnh\ncấp huyện và cấp xã", {ListTier.PROVINCE, ListTier.DISTRICT, ListTier.COMMUNE}),
        ("Cấp Bộ", None),
        ("Cấp tỉnh, Cấp Bộ", None),
        ("", set()),
    ],
)
def test_the_tiers_of_a_cell(written: str, tiers: set[ListTier] | None) -> None:
    assert tiers_of_cell(written) == tiers
