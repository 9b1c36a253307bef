"""An address is shown without its password, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.postgres.address import shown, without_password


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://mot:geheim@db/cua", "postgresql://mot:***@db/cua"),
        ("postgresql://mot:ge@he:im/x@db:5432/cua?a=b", "postgresql://mot:***@db:5432/cua?a=b"),
        ("postgresql://mot@db/cua", "postgresql://mot@db/cua"),
        ("postgresql://db:5432/cua", "postgresql://db:5432/cua"),
        ("postgresql://db/cua?user=mot&password=geheim&a=b", "postgresql://db/cua?user=mot&password=***&a=b"),
        ("postgresql://db/cua?sslpassword=geheim", "postgresql://db/cua?sslpassword=***"),
        ("postgresql://mot:@/cua?host=/tmp", "postgresql://mot:@/cua?host=/tmp"),
    ],
)
def test_the_password_is_left_out(address: str, told: str) -> None:
    assert shown(address) == told


@given(password=st.text("abc%@:/?#[] é", min_size=1), end=st.sampled_from(["db/cua", "db:5432/cua?host=x"]))
def test_no_password_is_ever_shown(password: str, end: str) -> None:
    marked = f"<{password}>"
    address = f"postgresql://mot:{marked}@{end}"
    assert (shown(address), without_password(f"cannot read {address}", address)) == (
        f"postgresql://mot:***@{end}",
        f"cannot read postgresql://mot:***@{end}",
    )
    assert marked not in without_password(f"what is {marked}?", address)


def test_a_password_that_is_told_decoded_is_left_out_too() -> None:
    address = "postgresql://mot:ge%68eim@db/cua"
    assert without_password('invalid "geheim" or "ge%68eim"', address) == 'invalid "***" or "***"'
