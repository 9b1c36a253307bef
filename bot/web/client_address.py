"""From which network address a request comes, as far as that can be known.

Behind a proxy every request comes from the proxy, which names the client in a header that anybody can write. It is
believed only of the proxies that the settings name; an address inside of somebody's network, which may be a proxy's
that nobody named, counts as not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import web

from bot.web.keys import SETTINGS

_Address = IPv4Address | IPv6Address
_HOUSEHOLD_BITS = 64
"""Of an address of IPv6 the rest is one device's own, and changes."""


def client_address(request: web.Request) -> str:
    """The address, of IPv6 its network; empty where it is not known."""
    return known_client(
        request.remote or "", request.headers.getall("X-Forwarded-For", []), request.app[SETTINGS].trusted_proxies
    )


def known_client(peer: str, forwarded: Sequence[str], trusted: Sequence[str]) -> str:
    """The last of `peer` and those forwarded (each "client, proxy, …") that is no trusted proxy's.

    `trusted`: networks (`10.0.0.0/8`).
    """
    address = _read(peer)
    hops = [hop for line in forwarded for hop in line.split(",")]
    while address is not None and _is_in(address, trusted):
        address = _read(hops.pop()) if hops else None
    if address is None or not address.is_global:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOUSEHOLD_BITS), strict=False))
    return str(address)


def _read(written: str) -> _Address | None:
    try:
        address = ip_address(written.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_in(address: _Address, networks: Sequence[str]) -> bool:
    return any(address in ip_network(network) for network in networks)
