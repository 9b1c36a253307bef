"""What is personal data and what only looks like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.clean import clean
from bot.dialogue.personal_data import Masked, PersonalData, masker_of, without_office_phones
from bot.texts import LANGUAGES, load_texts

MASKER, ENGLISH = masker_of([load_texts("vi")]), masker_of([load_texts("en")])
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


ADDRESS, DOSSIER = PersonalData.ADDRESS, PersonalData.DOSSIER
BOTH = masker_of(map(load_texts, LANGUAGES))


@pytest.mark.parametrize(
    ("text", "left", "kind"),
    [
        ("số 12 ngõ 5 đường Nguyễn Du làm khai sinh", "làm khai sinh", ADDRESS),
        ("so 12 ngo 5 duong nguyen du lam khai sinh", "lam khai sinh", ADDRESS),
        ("soos 12 ddwowngf Nguyeenx Du, làm khai sinh", ", làm khai sinh", ADDRESS),
        ("tôi ở 12/3 Nguyễn Du, phường Thành Sen", "tôi ở , phường Thành Sen", ADDRESS),
        ("toi o 48 le duan", "toi o", ADDRESS),
        ("số nhà 5 xóm 3 thôn Đông", "xóm 3 thôn Đông", ADDRESS),
        ("đường Hà Huy Tập số 15", "đường Hà Huy Tập", ADDRESS),
        ("12 đường 26/3 phường Trần Phú", "phường Trần Phú", ADDRESS),
        ("hẻm 12/3 muốn làm sổ đỏ", "muốn làm sổ đỏ", ADDRESS),
        ("phòng 302 chung cư Vincom", "chung cư Vincom", ADDRESS),
        ("I live at 12 Nguyen Du Street, Ha Tinh", "I live at , Ha Tinh", ADDRESS),
        ("H27.115-251015-0023 khi nào xong", "khi nào xong", DOSSIER),
        ("000.00.18.H27-251122-0001", "", DOSSIER),
        ("mã hồ sơ là 12345678 tới đâu rồi", "tới đâu rồi", DOSSIER),
        ("mật khẩu: Abc@123456", "mật khẩu:", CODE),
        ("max xacs nhaanj 123456", "max xacs nhaanj", CODE),
        ("email lan a còng gmail chấm com", "email", EMAIL),
        ("lan@gmail nhé", "nhé", EMAIL),
        ("gọi o912 345 678", "gọi", PHONE),
        ("gọi 0912/345/678", "gọi", PHONE),
        ("+84 (0) 912 345 678", "+", PHONE),
        ("stk 1012345678", "", CARD),
        ("lớp 6. 09–97–29–75–01 nhé", "lớp nhé", IDENTITY),
    ],
)
def test_found_with_the_words_of_both_languages(text: str, left: str, kind: PersonalData) -> None:
    assert BOTH.mask(text) == Masked(left, frozenset({kind}))


@pytest.mark.parametrize(
    "text",
    [
        "quên mật khẩu theo quyết định 1872/QĐ-UBND",
        "mã OTP theo luật 91/2025/QH15",
        "luật đường bộ số 35/2024/QH15",
        "nghị định 12 nguyên tắc",
        "điều 12 khoản 3 Luật Đất đai 2024",
        "mã hồ sơ 1.001193",
        "mật khẩu 18001096",
        "đường Nguyễn Du, phường Thành Sen",
        "đường số 7, tổ dân phố 3",
        "quốc lộ 1A",
        "mở 2 đường dây nóng",
        "12 hồ sơ đăng ký",
        "2 vợ chồng",
        "bất ngờ 440k",
        "bão số 5 vô tới mô",
        "sinh ngày 12/3 Nguyễn Văn A",
        "thửa số 12 tờ bản đồ số 5 đường Nguyễn Du",
        "113 114 115",
        "281.500.000.000 VNĐ",
        "mẫu CT07 12.08.1967",
        "H27.115",
    ],
)
def test_left_alone_with_the_words_of_both_languages(text: str) -> None:
    assert BOTH.mask(text) == Masked(text, frozenset())


_PIECES = st.sampled_from(
    [
        "0912 345 678",
        "042193001234",
        "1.001193",
        "1872/QĐ-UBND",
        "số 12",
        "ngõ 5",
        "đường",
        "Nguyễn Du",
        "mã OTP",
        "123456",
        "@",
        "gmail.com",
        "+84",
        "H27.115",
        "251122",
        "0001",
        "stk",
        "mật khẩu",
        ".",
        ",",
        "-",
        "/",
        "(",
        ")",
        " ",
        "12/05/1960",
        "9704",
        "1111",
        "o",
        "l",
        "đồng",
        "ở",
        "căn hộ",
        "113",
        "2026",
        "a còng",
    ]
)


@given(st.lists(_PIECES, max_size=14), st.sampled_from(["", " ", ".", "-"]))
def test_masking_again_changes_nothing(pieces: list[str], joint: str) -> None:
    line = clean(joint.join(pieces), 400)
    once = BOTH.mask(line)
    assert BOTH.mask(once.text) == Masked(once.text, frozenset())
    assert len(once.text) <= len(line)


@given(
    st.from_regex(r"[1-9]\.[0-9]{6}", fullmatch=True),
    st.sampled_from(
        [
            "{}",
            "mã {} nhé",
            "{}.000.00.00.H27",
            "thủ tục {}, số của tôi 0912345678",
            "cccd 042193001234 làm {}",
            "mã OTP 123456 của {}",
            "số 12 đường Nguyễn Du làm {}",
            "{} số nhà 5",
            "hồ sơ H27.115-251015-0023 về {}",
            "a@b.vn {}",
            "mật khẩu {}",
            "mã hồ sơ {}",
        ]
    ),
)
def test_a_procedure_code_survives_whatever_stands_beside_it(code: str, frame: str) -> None:
    assert code in BOTH.mask(frame.format(code)).text


@given(
    st.integers(1, 9999),
    st.sampled_from(["QĐ-UBND", "QĐ-TTg", "NQ-HĐND", "UBND-NC", "TT-BTP", "KH-UBND"]),
    st.sampled_from(
        ["{}", "quyết định số {}", "theo {} thì 0912345678", "mã OTP 123456 theo {}", "{} số 12 đường Trần Phú"]
    ),
)
def test_the_number_of_a_decision_survives(number: int, kind: str, frame: str) -> None:
    decision = f"{number}/{kind}"
    assert decision in BOTH.mask(frame.format(decision)).text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_hiding_in_a_log_never_raises_and_leaves_nothing_to_hide(text: str) -> None:
    hidden = BOTH.hide(text)
    assert BOTH.hide(hidden) == hidden


def test_hiding_says_what_was_there_and_keeps_the_lines() -> None:
    told = "ValueError: 'cccd 042193001234'\n  at 1.001193, call 0912 345 678"
    assert BOTH.hide(told) == "ValueError: 'cccd [identity]'\n  at 1.001193, call [phone]"


@pytest.mark.parametrize(
    "piece",
    [
        "12 34 ",
        "số 12 ",
        "đường Nguyễn ",
        "mã OTP 1 ",
        "a.",
        "luật đất ",
        "1.",
        "0 ",
        "12/3 ",
    ],
)
def test_a_long_message_is_quick(piece: str) -> None:
    started = time.thread_time()
    BOTH.mask(clean(piece * 1000, 4000))
    assert time.thread_time() - started < 1
