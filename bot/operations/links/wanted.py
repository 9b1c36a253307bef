"""Which addresses are checked, and in which order: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from yarl import URL

from bot.catalog.browse import by_need
from bot.catalog.hosts import host_of
from bot.catalog.lookup import portal_page
from bot.catalog.model import Catalogue
from bot.store.freshness import LinkCheck

_NEVER = datetime.min.replace(tzinfo=UTC)


class LinkKind(StrEnum):
    """What leads there."""

    HOME = "home"
    IDENTITY = "identity"
    FILING = "filing"
    """The front page of a system in which dossiers are filed."""
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class WantedLink:
    """`codes`: of the procedures whose page it is; empty for addresses that many share."""

    address: str
    kind: LinkKind
    codes: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        return URL(self.address).host or ""


def wanted_links(catalogue: Catalogue) -> tuple[WantedLink, ...]:
    """Every address once: the shared ones, then the procedures' pages, the most needed first.

    A procedure whose page is not known leads to the portal's search. That is one page for all of them, which always
    answers: it is not among these.
    """
    province = catalogue.province
    found = [
        WantedLink(province.portal_home, LinkKind.HOME),
        WantedLink(province.identity_help, LinkKind.IDENTITY),
        *(WantedLink(f"https://{host}/", LinkKind.FILING) for host in _filing_hosts(catalogue)),
    ]
    pages: dict[str, tuple[str, ...]] = {}
    for code in by_need(catalogue):
        procedure = catalogue.procedures[code]
        address = portal_page(catalogue, procedure)
        if address is not None and procedure.removal is None:
            pages[address] = (*pages.get(address, ()), code)
    found += (WantedLink(address, LinkKind.PROCEDURE, codes) for address, codes in pages.items())
    return tuple({link.address: link for link in reversed(found)}.values())[::-1]


def due_links(
    wanted: Iterable[WantedLink],
    known: Mapping[str, LinkCheck],
    now: datetime,
    *,
    older_than: timedelta = timedelta(0),
    host: str | None = None,
    limit: int | None = None,
) -> tuple[WantedLink, ...]:
    """Those that were answered at least so long ago, or never; whatever was asked for longest ago comes first.

    `known`: the checks by address. So that a few at a time come round to all, also where nobody answers.
    """
    due = [
        link
        for link in wanted
        if (host is None or link.host == host) and _is_due(known.get(link.address), now, older_than)
    ]
    due.sort(key=lambda link: known[link.address].tried_at if link.address in known else _NEVER)
    return tuple(due[:limit])


def _is_due(check: LinkCheck | None, now: datetime, older_than: timedelta) -> bool:
    return check is None or check.answer is None or now - check.answer.at >= older_than


def _filing_hosts(catalogue: Catalogue) -> tuple[str, ...]:
    hosts = (host_of(service.host) for services in catalogue.services.values() for service in services)
    return tuple(sorted({host for host in hosts if host}))
