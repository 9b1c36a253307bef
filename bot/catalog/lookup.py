"""Questions to a catalogue that has been loaded: pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.catalog.communes import CommuneMatch, commune_by_name
from bot.catalog.editorial import hidings_of
from bot.catalog.filing import FilingPlace, place_of_filing
from bot.catalog.model import Agency, Catalogue, OnlineLevel, Procedure, Service

__all__ = [
    "CommuneMatch",
    "FilingPlace",
    "agencies_of",
    "commune_by_name",
    "is_hidden",
    "level_at",
    "levels",
    "levels_at",
    "open_services",
    "place_of_filing",
    "portal_link",
    "portal_page",
    "predecessors",
    "single_level",
    "successor",
]

# From the least to the most that can be done online.
_RISING = (OnlineLevel.UNKNOWN, OnlineLevel.INFORMATION, OnlineLevel.PARTIAL, OnlineLevel.FULL)


def levels_at(catalogue: Catalogue, code: str, agency: str) -> tuple[OnlineLevel, ...]:
    """The levels of a procedure's services at one agency, each once, the lowest first.

    Several: it depends on the case (one service runs fully online, another in part). None: our data has no service
    of this procedure at this agency.
    """
    found = {service.level for service in catalogue.services.get(code, ()) if agency in service.agencies}
    return tuple(level for level in _RISING if level in found)


def level_at(catalogue: Catalogue, code: str, agency: str) -> OnlineLevel:
    """The level of a procedure at one agency: UNKNOWN where our data does not say.

    Where it depends on the case this is the lowest, so that nobody is promised too much; `levels_at` tells them all.
    """
    found = levels_at(catalogue, code, agency)
    return found[0] if found else OnlineLevel.UNKNOWN


def levels(catalogue: Catalogue, code: str) -> Mapping[OnlineLevel, tuple[str, ...]]:
    """The agencies at each level of a procedure, in the order of agencies.csv; empty where it has no service.

    The highest level comes first. An agency at which it depends on the case stands under more than one.
    """
    at_level: dict[OnlineLevel, set[str]] = {}
    for service in catalogue.services.get(code, ()):
        at_level.setdefault(service.level, set()).update(service.agencies)
    order = {agency: place for place, agency in enumerate(catalogue.agencies)}
    return {
        level: tuple(sorted(at_level[level], key=order.__getitem__)) for level in reversed(_RISING) if level in at_level
    }


def single_level(catalogue: Catalogue, code: str) -> OnlineLevel | None:
    """The one level that a procedure has at all its agencies; UNKNOWN without a service; None where it differs."""
    found = {service.level for service in catalogue.services.get(code, ())}
    if not found:
        return OnlineLevel.UNKNOWN
    return found.pop() if len(found) == 1 else None


def agencies_of(catalogue: Catalogue, code: str) -> tuple[Agency, ...]:
    """The agencies that decide on a procedure, in the order published, each once; empty where it has no service."""
    codes = dict.fromkeys(agency for service in catalogue.services.get(code, ()) for agency in service.agencies)
    return tuple(catalogue.agencies[agency] for agency in codes)


def open_services(catalogue: Catalogue, code: str) -> tuple[Service, ...]:
    """The services of a procedure of which something may be said, each with the agencies where editors do not hide it.

    Whatever people read of levels and agencies is made of these. What is counted (ratings) is counted all the same.
    """
    services, hidden = catalogue.services.get(code, ()), hidings_of(catalogue.editorial, code)
    if not hidden:
        return services
    if "" in hidden:
        return ()
    shown = (replace(service, agencies=tuple(a for a in service.agencies if a not in hidden)) for service in services)
    return tuple(service for service in shown if service.agencies)


def is_hidden(catalogue: Catalogue, code: str) -> bool:
    """Whether nothing may be said of a procedure: it is hidden, or it is at each of its agencies."""
    hidden = hidings_of(catalogue.editorial, code)
    if not hidden or "" in hidden:
        return bool(hidden)
    return bool(catalogue.services.get(code)) and not open_services(catalogue, code)


def successor(catalogue: Catalogue, code: str) -> str | None:
    """The code in force today: what took the place of `code`, in the end, or itself; None where it is not known."""
    while code in catalogue.procedures:
        following = catalogue.procedures[code].superseded_by
        if following is None:
            return code
        code = following
    return None


def predecessors(catalogue: Catalogue, code: str) -> tuple[str, ...]:
    """The codes whose place `code` took, directly or in the end."""
    return tuple(old for old in catalogue.procedures if old != code and successor(catalogue, old) == code)


def portal_link(catalogue: Catalogue, procedure: Procedure) -> str:
    """The address of the procedure's page on the national portal, or of the search for its code without one.

    So it is where the page is gone; that of a procedure that left the list may be, without anybody having looked.
    """
    page = portal_page(catalogue, procedure)
    if page is not None and procedure.removal is None and page not in catalogue.gone_pages:
        return page
    return catalogue.province.portal_search.replace("{code}", procedure.code)


def portal_page(catalogue: Catalogue, procedure: Procedure) -> str | None:
    """The address of its page as the data have it, be it gone or not; None where it is not known."""
    if procedure.portal_id is None:
        return None
    return catalogue.province.portal_procedure.replace("{portal_id}", procedure.portal_id)


def service_code(catalogue: Catalogue, code: str, agency: str) -> str | None:
    """The service's own code (`1.001193.01`) where the agency offers just one for the procedure, else None."""
    found = {service.service_code for service in catalogue.services.get(code, ()) if agency in service.agencies}
    return found.pop() if len(found) == 1 else None
