"""Who is believed about where a request comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.client_address import known_client

PROXY = "10.0.0.1"
TRUSTED = ("10.0.0.0/8", "127.0.0.1/32")


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("123.30.1.2", [], (), "123.30.1.2"),
        ("123.30.1.2", ["9.9.9.9"], TRUSTED, "123.30.1.2"),
        (PROXY, ["9.9.9.9"], (), ""),
        (PROXY, ["9.9.9.9"], TRUSTED, "9.9.9.9"),
        (PROXY, ["8.8.8.8, 9.9.9.9"], TRUSTED, "9.9.9.9"),
        (PROXY, ["8.8.8.8", "9.9.9.9, 10.1.1.1"], TRUSTED, "9.9.9.9"),
        (PROXY, ["9.9.9.9, nonsense"], TRUSTED, ""),
        (PROXY, ["192.168.1.5"], TRUSTED, ""),
        (PROXY, [], TRUSTED, ""),
        ("", ["9.9.9.9"], TRUSTED, ""),
        ("::ffff:123.30.1.2", [], (), "123.30.1.2"),
        ("2402:800:1:2:3:4:5:6", [], (), "2402:800:1:2::/64"),
        ("fe80::1", [], (), ""),
    ],
)
def test_the_address_of_a_client(peer: str, forwarded: list[str], trusted: tuple[str, ...], expected: str) -> None:
    assert known_client(peer, forwarded, trusted) == expected


@given(st.lists(st.text(max_size=20), max_size=3))
def test_nobody_chooses_their_address_but_through_a_trusted_proxy(forwarded: list[str]) -> None:
    assert known_client("123.30.1.2", forwarded, TRUSTED) == "123.30.1.2"
