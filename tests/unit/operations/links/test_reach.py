"""How far a check may reach."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from socket import AddressFamily

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.operations.links.reach import GuardedResolver, PrivateHostError, Reach, is_public, proxy_hosts

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
    assert {is_public(form) for form in forms} == {address.is_global and not address.is_multicast}


@pytest.mark.parametrize(
    "address",
    [
        *("224.0.0.251", "255.255.255.255", "240.0.0.1", "0.0.0.0", "198.18.0.1", "192.0.2.1"),  # noqa: S104
        *("::", "::7f00:1", "::ffff:0:7f00:1", "64:ff9b:1::7f00:1", "64:ff9b::e000:fb", "2002:a00:1::"),
        *("ff02::1", "fec0::1", "fe80::1%eth0", "fd12::1", "100::1", "2001::1", "2001:db8::1", "3fff::1", "5f00::1"),
    ],
)
def test_what_is_no_machine_of_the_public_network_is_not_gone_to(address: str) -> None:
    assert not is_public(address)


@dataclass
class Turncoat(AbstractResolver):
    """Answers otherwise each time, as whoever wants a check to end elsewhere does."""

    answers: list[list[str]]

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        found = self.answers.pop(0)
        return [ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0) for one in found]

    async def close(self) -> None:
        return


async def test_each_answer_of_the_names_is_looked_at_and_what_was_seen_is_what_is_connected_to() -> None:
    inner = Turncoat([["10.0.0.1", "203.162.0.1", "::1"], ["203.162.0.1"], ["127.0.0.1"]])
    resolver = GuardedResolver(inner)
    found = [[one["host"] for one in await resolver.resolve("portal.example.vn", 443)] for _ in range(2)]
    assert found == [["203.162.0.1"], ["203.162.0.1"]]
    with pytest.raises(PrivateHostError):
        await resolver.resolve("portal.example.vn", 443)


def test_the_proxies_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:secret@proxy.internal:3128")
    monkeypatch.setenv("http_proxy", "other.internal:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,portal.example.vn")
    assert proxy_hosts() >= {"proxy.internal", "other.internal"}
    assert not proxy_hosts() & {"localhost", "portal.example.vn"}
