"""Numbers, codes, dates and abbreviations, as a person reads them out."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.sharing.as_said import as_said, code_said, day_said, number_said, syllables

_UNITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def slowly_said(number: int) -> str:
    """The slow twin: by the rules of the school book, below a million."""
    if number >= 1000:
        many, rest = divmod(number, 1000)
        if rest == 0:
            return f"{slowly_said(many)} nghìn"
        hundreds = "" if rest >= 100 else "không trăm " if rest >= 10 else "không trăm linh "
        return f"{slowly_said(many)} nghìn {hundreds}{slowly_said(rest)}"
    if number >= 100:
        hundred, rest = divmod(number, 100)
        link = " linh " if 0 < rest < 10 else " "
        return f"{_UNITS[hundred]} trăm{link}{slowly_said(rest)}" if rest else f"{_UNITS[hundred]} trăm"
    if number >= 20:
        ten, rest = divmod(number, 10)
        end = {0: "", 1: " mốt", 5: " lăm"}.get(rest, f" {_UNITS[rest]}")
        return f"{_UNITS[ten]} mươi{end}"
    if number >= 10:
        return "mười" + {0: "", 5: " lăm"}.get(number - 10, f" {_UNITS[number - 10]}")
    return _UNITS[number]


@given(st.integers(min_value=0, max_value=999_999))
def test_numbers_are_said_as_in_school(number: int) -> None:
    assert number_said(number) == slowly_said(number)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
    ],
)
def test_a_number(number: int, said: str) -> None:
    assert number_said(number) == said


def test_a_code_is_said_digit_by_digit() -> None:
    assert code_said("1.001193") == "một, chấm, không không một, một chín ba"


def test_a_day() -> None:
    assert day_said(date(2025, 7, 1)) == "mồng một tháng bảy năm hai nghìn không trăm hai mươi lăm"
    assert day_said(date(2026, 10, 15)) == "mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mã 1.001193.", "Mã một, chấm, không không một, một chín ba."),
        ("từ ngày 01/7/2025", "từ ngày mồng một tháng bảy năm hai nghìn không trăm hai mươi lăm"),
        ("UBND xã, CCCD", "Ủy ban nhân dân xã, căn cước công dân"),
        ("VNeID, TTHC và BHYT", "vê en e ai đi, thủ tục hành chính và bảo hiểm y tế"),
        (
            "Nghị định số 163/2024/NĐ-CP",
            "Nghị định số một trăm sáu mươi ba năm hai nghìn không trăm hai mươi bốn của Chính phủ",
        ),
        ("Quyết định 613/QĐ-TTg", "Quyết định sáu trăm mười ba của Thủ tướng Chính phủ"),
        (
            "Luật số 107/2023/QH15",
            "Luật số một trăm linh bảy năm hai nghìn không trăm hai mươi ba Quốc hội khóa mười lăm",
        ),
        ("công trình cấp III, IV", "công trình cấp ba, bốn"),
        ("dưới 5.000 m3/ngày", "dưới năm nghìn mét khối một ngày"),
        ("30%; trên 500m2", "ba mươi phần trăm, trên năm trăm mét vuông"),
        ("7/2004", "bảy năm hai nghìn không trăm linh bốn"),
        ("2027-2030", "hai nghìn không trăm hai mươi bảy đến hai nghìn không trăm ba mươi"),
        ("09.1 và 98,05", "chín chấm một và chín mươi tám phẩy không năm"),
        ("thẻ (cấp lại)", "thẻ, cấp lại"),
        ("tổ chức/cá nhân", "tổ chức hoặc cá nhân"),
        ("mẫu EUR.1", "mẫu e u e rờ chấm một"),
        ("tên miền New gTLD", "tên miền New giê tê e lờ dê"),
        ("X-quang", "ích quang"),
    ],
)
def test_a_phrase(written: str, said: str) -> None:
    assert as_said(written) == said


@given(st.text(alphabet='aăbcdđeêghiklmnoôơpqrstuưvxyABCĐXIVN0123456789./-–%()"“”;:,&… ', max_size=60))
def test_whatever_is_written_only_words_and_stops_are_left(text: str) -> None:
    assert re.search(r"[^\w\s.,?!]|\d|_|[A-ZĐ]{2}", as_said(text)) is None


def test_syllables_of_foreign_words_are_counted_too() -> None:
    assert syllables("nguyễn văn khuya đi xem domain") == 7
