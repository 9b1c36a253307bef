from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.staff.codes import address_of, is_secret, new_secret, step_of

# RFC 6238, appendix B, cut to six digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PUBLISHED = [(1111111111, "050471"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("seconds", "code"), PUBLISHED)
@pytest.mark.parametrize(("off", "is_good"), [(0, True), (-30, True), (30, True), (-60, False), (60, False)])
def test_the_published_codes(seconds: int, code: str, off: int, is_good: bool) -> None:
    now = datetime.fromtimestamp(seconds, UTC) + timedelta(seconds=off)
    assert step_of(SECRET, code, now) == (seconds // 30 if is_good else None)


@pytest.mark.parametrize("code", ["", "08180", "0818044", "０８１８０４", "é"])
def test_what_is_no_code(code: str) -> None:
    assert step_of(SECRET, code, datetime.fromtimestamp(1111111109, UTC)) is None


@given(st.text(max_size=10))
def test_without_a_secret_nothing_is_a_code(code: str) -> None:
    assert step_of("", code, datetime.fromtimestamp(1111111109, UTC)) is None


def test_secrets() -> None:
    assert [is_secret(text) for text in (new_secret(), SECRET, "", "a" * 32, "A" * 31)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_address_in_the_square() -> None:
    assert address_of(SECRET, "lan", "Một Cửa") == (
        f"otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa:lan?secret={SECRET}&issuer=M%E1%BB%99t%20C%E1%BB%ADa"
    )
