"""How far a check may reach."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.operations.links.reach import Reach, is_public, proxy_hosts

REACH = Reach(("portal.example.vn", "*.dvc.example.vn", "10.0.0.1"))


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.example.vn",
        "https://portal.example.vn:443/x?y=1#z",
        "https://PORTAL.example.vn/",
        "https://a.dvc.example.vn/",
        "https://a.b.dvc.example.vn/",
    ],
)
def test_the_allow_list_is_reached(address: str) -> None:
    assert REACH.admits(URL(address))


@pytest.mark.parametrize(
    "address",
    [
        "http://portal.example.vn/",
        "https://portal.example.vn:8443/",
        "https://portal.example.vn./",
        "https://dvc.example.vn/",
        "https://xdvc.example.vn/",
        "https://portal.example.vn.evil.com/",
        "https://evil.com/portal.example.vn",
        "https://portal.example.vn@evil.com/",
        "https://evil@portal.example.vn/",
        "https://:secret@portal.example.vn/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "/tt/1",
        "//portal.example.vn/",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not REACH.admits(URL(address))


@given(st.ip_addresses(v=4))
def test_a_wrapped_address_is_as_public_as_itself(address: IPv4Address) -> None:
    numbers = f"{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"
    forms = (str(address), f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{numbers}::")
    assert {is_public(form) for form in forms} == {address.is_global}


def test_the_proxies_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:secret@proxy.internal:3128")
    monkeypatch.setenv("http_proxy", "other.internal:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,portal.example.vn")
    assert proxy_hosts() >= {"proxy.internal", "other.internal"}
    assert not proxy_hosts() & {"localhost", "portal.example.vn"}
