"""How far a check may reach: hosts of the allow-list, encrypted, on the public network. No redirect leads further."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AddressFamily
from urllib.parse import urlsplit
from urllib.request import getproxies

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.catalog.hosts import host_of, is_allowed

_ENCRYPTED = frozenset({"https"})
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""What a network without version 4 calls its addresses."""
_NOBODYS = (
    *(IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"), IPv6Network("::ffff:0:0:0/96")),
    *(IPv6Network("fec0::/10"), IPv6Network("3fff::/20"), IPv6Network("5f00::/16")),
)
"""A network's own translation, other ways to wrap version 4, site-local, documentation, segments: Python 3.11 takes
them for public."""


class PrivateHostError(OSError):
    """A name of the allow-list leads into somebody's own network."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`hosts`: the allow-list, as `bot.catalog.hosts` has it. The others are for tests, which have a portal of their
    own on this machine."""

    hosts: tuple[str, ...]
    schemes: Collection[str] = _ENCRYPTED
    may_be_private: bool = False

    def admits(self, url: URL) -> bool:
        """Whether it may be asked for: no name or password, no port of its own, no number in the place of a name."""
        host = host_of(url.host or "")
        is_plain = url.scheme in self.schemes and url.user is None and url.password is None and _has_no_port(url)
        return is_plain and bool(host) and not _is_number(host) and is_allowed(host, self.hosts)


class GuardedResolver(AbstractResolver):
    """Finds no address but public ones, so that a name which is allowed cannot lead into the network around us.

    The connection goes to what was found here: nobody can give another answer in between. A proxy of our own is
    reached wherever it is; behind it the proxy looks names up, and the allow-list alone decides.
    """

    def __init__(self, inner: AbstractResolver, proxies: Iterable[str] = (), *, may_be_private: bool = False) -> None:
        """`proxies`: their hosts."""
        self._inner = inner
        self._proxies = frozenset(proxies)
        self._may_be_private = may_be_private

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if self._may_be_private or host in self._proxies:
            return found
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise PrivateHostError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()


def is_public(written: str) -> bool:
    """Whether an address, perhaps with a zone behind "%", is one of the public network; so has to be an address of
    version 4 that it wraps."""
    address = ip_address(written.partition("%")[0])
    if isinstance(address, IPv6Address):
        if any(address in network for network in _NOBODYS):
            return False
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            wrapped = IPv4Address(int(address) & 0xFFFF_FFFF)
        return _is_one_machines(wrapped or address)
    return _is_one_machines(address)


def _is_one_machines(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


def proxy_hosts() -> frozenset[str]:
    """The hosts of the proxies that the environment names (HTTPS_PROXY …)."""
    named = [address for kind, address in getproxies().items() if kind != "no"]
    hosts = (urlsplit(address if "://" in address else f"http://{address}").hostname for address in named)
    return frozenset(host for host in hosts if host)


def _has_no_port(url: URL) -> bool:
    return url.explicit_port is None or url.is_default_port()


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        # What `inet_aton` takes for an address too: 127.1, 0x7f.1.
        return host.rpartition(".")[2].isdecimal() or host.rpartition(".")[2].startswith("0x")
    return True
