"""Procedure codes in any written form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.codes import find_codes, is_public_code, is_service_code, parse_code

CODES = st.builds(lambda first, rest: f"{first}.{rest:06d}", st.integers(1, 6), st.integers(0, 999_999))


@pytest.mark.parametrize(
    "written",
    [
        "1.001193",
        " 1.001193. ",
        "1001193",
        "1,001193",
        "1. 001193",
        "1 001193",
        "1.001.193",
        "1.001193.01",
        "1.001193.H27",
        "1.001193.h27",
        "1.001193.000.00.00.H27",
        "1.001193.000.00.00.H27.05",
        "TTHC 1.001193.01",
        "Mã TTHC: 1.001193",
        "mã số thủ tục 1001193",
        "(1.001193)",
        "１.００１１９３",
    ],
)
def test_every_written_form_is_the_same_code(written: str) -> None:
    assert parse_code(written) == "1.001193"


@pytest.mark.parametrize(
    "written",
    ["", "1", "1.00119", "1.0011933", "1.0125010", "7.001193", "0.001193", "21.001193", "0961001193", "khai sinh",
     "1.001193 và 1.001194", "1.001193 khai sinh", "1.001193.5", "a1.001193x", "1.001193/QĐ", "٢.٠٠١١٩٣"],
)  # fmt: skip
def test_what_is_not_one_code_is_none(written: str) -> None:
    assert parse_code(written) is None


def test_internal_codes_are_parsed_but_not_public() -> None:
    assert (parse_code("5.000123"), is_public_code("5.000123"), is_public_code("4.000123")) == ("5.000123", False, True)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("cho hỏi thủ tục 1.001193 với 1001194 ạ", ("1.001193", "1.001194")),
        ("1.001193.000.00.00.H27 hay 1.001193.01", ("1.001193",)),
        ("1.001193,1.001194;1.001195.", ("1.001193", "1.001194", "1.001195")),
        ("tthc1.001193", ("1.001193",)),
        ("vay 2000000 đồng, 1.500.000 đồng hay 1 200000", ()),
        ("số 0961001193, cccd 042001001193, ngày 1.11.2026", ()),
        ("", ()),
    ],
)
def test_codes_are_found_in_messages(text: str, codes: tuple[str, ...]) -> None:
    assert find_codes(text) == codes


@pytest.mark.parametrize(
    ("text", "is_code"),
    [("1.001193.01", True), ("2.000720", True), ("1.001193.1", False), ("5.001193.01", False), ("", False)],
)
def test_service_codes(text: str, is_code: bool) -> None:
    assert is_service_code(text) is is_code


@given(CODES, st.sampled_from(["{}", "{}.01", "{}.H99", "{}.000.00.00.H99", "TTHC {}", "mã {}", "({})"]))
def test_a_code_is_read_back_from_every_form(code: str, form: str) -> None:
    assert (parse_code(form.format(code)), find_codes(form.format(code))) == (code, (code,))


@given(CODES)
def test_a_code_without_its_dot_is_read_back(code: str) -> None:
    assert parse_code(code.replace(".", "")) == code


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    parsed = parse_code(text)

    assert parsed is None or parse_code(parsed) == parsed
    assert all(parse_code(code) == code for code in find_codes(text))
