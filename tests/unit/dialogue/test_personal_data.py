"""What is personal data and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.clean import clean
from bot.dialogue.personal_data import Masked, Masker, PersonalData, without_office_phones
from bot.search.fold import fold
from bot.texts import load_texts


def masker(language: str) -> Masker:
    texts = load_texts(language)
    return Masker(
        code_words=tuple(map(fold, texts.words("personal.code"))),
        money_words=tuple(map(fold, texts.words("personal.money"))),
        naming_words=tuple(map(fold, texts.words("personal.naming"))),
    )


MASKER, ENGLISH = masker("vi"), masker("en")
IDENTITY, PHONE, CARD = PersonalData.IDENTITY, PersonalData.PHONE, PersonalData.CARD
CODE, EMAIL = PersonalData.ONE_TIME_CODE, PersonalData.EMAIL


@pytest.mark.parametrize(
    ("text", "left", "kind"),
    [
        ("cccd 042193001234 làm lại", "cccd làm lại", IDENTITY),
        ("cccd 042 193 001 234 làm lại", "cccd làm lại", IDENTITY),
        ("cccd 042.193.001.234", "cccd", IDENTITY),
        ("cccd 0421-9300-1234", "cccd", IDENTITY),
        ("so042193001234nhe", "so nhe", IDENTITY),
        ("số căn cước của tôi là 042193001234, mẹ tôi ngất", ", mẹ tôi ngất", IDENTITY),
        ("so cccd: 042193001234 doi bang lai", "doi bang lai", IDENTITY),
        ("mất căn cước, sđt 0912345678", "mất căn cước,", PHONE),
        ("cmnd 183456789", "cmnd", IDENTITY),
        ("cmnd 183 456 789.", "cmnd .", IDENTITY),
        ("cmnd 1 8 3 4 5 6 7 8 9", "cmnd", IDENTITY),
        ("cmnd 183456 789", "cmnd", IDENTITY),
        ("số ٠٤٢١٩٣٠٠١٢٣٤ của tôi", "số của tôi", IDENTITY),
        ("số 042193001234 nhé", "số nhé", IDENTITY),
        ("gọi 0912345678 nhé", "gọi nhé", PHONE),
        ("gọi 0912 345 678", "gọi", PHONE),
        ("gọi 091.234.5678", "gọi", PHONE),
        ("gọi (0239) 385 1234", "gọi (", PHONE),
        ("gọi 091 2345678", "gọi", PHONE),
        ("gọi +84912345678", "gọi +", PHONE),
        ("gọi +84 912 345 678", "gọi +", PHONE),
        ("gọi 84912345678", "gọi", PHONE),
        ("gọi 0084912345678", "gọi", PHONE),
        ("thẻ 4111111111111111", "thẻ", CARD),
        ("thẻ 4111 1111 1111 1112", "thẻ", CARD),
        ("thẻ 9704-3600-1234-5678", "thẻ", CARD),
        ("tài khoản 19034567891011", "tài khoản", CARD),
        ("mã otp là 123456", "mã otp là", CODE),
        ("otp: 4821", "otp:", CODE),
        ("123 456 là mã xác thực", "là mã xác thực", CODE),
        ("ma xac nhan cua toi la 12345678", "ma xac nhan cua toi la", CODE),
        ("mật khẩu vneid 246810", "mật khẩu vneid", CODE),
        ("gửi về lan.nguyen@gmail.com nhé", "gửi về nhé", EMAIL),
        ("gửi về lan.nguyen @ mail.com.vn", "gửi về", EMAIL),
    ],
)
def test_found(text: str, left: str, kind: PersonalData) -> None:
    assert MASKER.mask(text) == Masked(left, frozenset({kind}))


def test_several_side_by_side() -> None:
    assert MASKER.mask("tôi là 042193001234 0912345678 a@b.vn, làm khai sinh") == Masked(
        "tôi là , làm khai sinh", frozenset({IDENTITY, PHONE, EMAIL})
    )


@pytest.mark.parametrize(
    "text",
    [
        "1.001193",
        "1001193",
        "mã 1001193 nhé",
        "1.001193.000.00.00.H27",
        "1001193.000.00.00.H27",
        "1.001193.01",
        "1,001193",
        "1.0125010",
        "TTHC 1.001193.01",
        "quyết định 1929/QĐ-UBND ngày 23/06/2020",
        "42/2022/NĐ-CP",
        "sinh ngày 12/05/1960",
        "sinh 12-05-1960",
        "sinh 12.05.1960",
        "sinh 12 05 1960",
        "từ 2019 2020 2021 2022",
        "năm 2026 đổi mật khẩu",
        "mua xe 500.000.000 đồng",
        "mua xe 500000000đ",
        "vay 120 000 000 vnd",
        "gọi 113, 114 hay 115",
        "18001096",
        "1900.0368",
        "xe 38A-123.45",
        "thửa số 12 tờ bản đồ 5",
        "otp là gì",
        "2",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert MASKER.mask(text) == Masked(text, frozenset())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_masking_only_takes_away_and_never_raises(text: str) -> None:
    line = clean(text, 400)
    masked = MASKER.mask(line)
    assert len(masked.text) <= len(line)
    assert bool(masked.found) == (masked.text != line)


@given(
    st.from_regex(r"0[1-9][0-9]{8}|0[0-9]{11}", fullmatch=True),
    st.sampled_from(["", " ", ".", "-"]),
    st.sampled_from(["số của tôi là {} nhé", "{}", "làm khai sinh {}", "cccd{}"]),
)
def test_no_run_of_the_number_stays(number: str, joint: str, frame: str) -> None:
    written = joint.join([number[:3], number[3:6], number[6:]])
    masked = MASKER.mask(frame.format(written))
    assert not any(letter.isdigit() for letter in masked.text)
    assert masked.found


def test_a_long_message_of_digits_is_quick() -> None:
    masked = MASKER.mask("12 34 " * 3000)
    assert masked.found <= {IDENTITY, PHONE, CARD}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my one-time code is 123456", "my one-time code is"),
        ("one time password: 4821", "one time password:"),
        ("the verification code 12 34 56", "the verification code"),
        ("123456 is my OTP", "is my OTP"),
        ("my pin is 2468", "my pin is"),
    ],
)
def test_a_one_time_code_in_english(text: str, left: str) -> None:
    assert ENGLISH.mask(text) == Masked(left, frozenset({CODE}))


@pytest.mark.parametrize("text", ["procedure code 1.001193", "150 000 000 dong", "a fine of 150000000 vnd", "pin 2026"])
def test_left_alone_in_english(text: str) -> None:
    assert ENGLISH.mask(text) == Masked(text, frozenset())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("gọi 02393855588", "gọi "),
        ("gọi 0239.3855.588 nhé", "gọi  nhé"),
        ("gọi (0239) 3 855 588.", "gọi ."),
        ("gọi 024 3825 1234", "gọi "),
        ("số 042093001234", "số 042093001234"),
        ("số 024093001234", "số 024093001234"),
        ("số 183456789", "số 183456789"),
        ("gọi 0912345678", "gọi 0912345678"),
        ("gọi 0239 3855588 1", "gọi 0239 3855588 1"),
        ("1 0239 3855588", "1 0239 3855588"),
        ("gọi +02393855588", "gọi +02393855588"),
    ],
)
def test_only_landlines_are_office_phones(text: str, left: str) -> None:
    assert without_office_phones(text) == left


@given(st.integers(0, 10**12 - 1).map(lambda number: f"{number:012d}"))
def test_no_identity_number_is_an_office_phone(number: str) -> None:
    old = number[3:]
    assert (without_office_phones(f"số {number}"), without_office_phones(f"số {old}")) == (f"số {number}", f"số {old}")
