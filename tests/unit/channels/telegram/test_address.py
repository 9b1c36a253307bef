from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.address import Address

NUMBERS = st.integers(min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        (Address(111), "111"),
        (Address(-1001, 365), "-1001:365"),
        (Address(-1001, 365, 7), "-1001:365:7"),
        (Address(111, None, 7), "111:-:7"),
    ],
)
def test_written(address: Address, written: str) -> None:
    assert (str(address), Address.parse(written)) == (written, address)


@given(st.builds(Address, NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS))
def test_what_is_written_is_read(address: Address) -> None:
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("written", ["", "x", "1:2:3:4", ":", "1:", "user:5"])
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        Address.parse(written)
