"""The lines of services.csv for what lists say: one for each service and group of agencies with one level."""

from __future__ import annotations

from collections.abc import Mapping

from bot.catalog.hosts import host_of
from bot.catalog.imports.lines import Cells, Line, Lines
from bot.catalog.imports.listing import Examined, Gone, ListedProcedure, Offer
from bot.catalog.imports.written_agencies import written
from bot.catalog.model import Catalogue, OnlineLevel, Service

NATIONAL = "national"
"""The system of a service of which a list does not say where it is filed: at the portal, as everything is."""
_Key = tuple[str, str, str, str, str]


def write_services(content: bytes, catalogue: Catalogue, examined: Examined) -> bytes:
    """The file with what is listed, and without what is gone. A service that stays as it was keeps its lines."""
    lines = Lines(content)
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line["code"], []).append(line)
    changed: dict[tuple[str, str], list[Cells]] = {}
    for listed in (*examined.procedures.values(), *(_left(catalogue, gone) for gone in examined.gone)):
        services = catalogue.services.get(listed.code, ())
        # As they are written there: a group of agencies that stays is not written in another way.
        known = zip(services, by_code.get(listed.code, ()), strict=True)
        spelled = {service.agencies: line["agencies"] for service, line in known}
        for service_code in {*listed.offers, *(s.service_code for s in services)}:
            rows = _rows(catalogue, listed, service_code, spelled)
            if rows is not None:
                changed[listed.code, service_code] = rows
    lines.replace(lambda line: None if (line["code"], line["service_code"]) in changed else line)
    lines.insert_all([row for _, rows in sorted(changed.items()) for row in rows])
    return lines.content()


def _left(catalogue: Catalogue, gone: Gone) -> ListedProcedure:
    """What is still offered of it."""
    offers: dict[str, dict[str, Offer]] = {}
    for service in catalogue.services[gone.code]:
        for agency in service.agencies:
            if agency not in gone.agencies:
                offers.setdefault(service.service_code, {})[agency] = Offer(service.level, service.trial)
    return ListedProcedure(gone.code, "", {}, "", False, frozenset(), offers)


def _rows(
    catalogue: Catalogue, listed: ListedProcedure, service_code: str, spelled: Mapping[tuple[str, ...], str]
) -> list[Cells] | None:
    """The cells of its lines; None where they stay as they are."""
    before = [s for s in catalogue.services.get(listed.code, ()) if s.service_code == service_code]
    offers = listed.offers.get(service_code, {})
    known: dict[str, Service] = {agency: service for service in before for agency in service.agencies}
    name = listed.service_names.get(service_code, "")
    is_same = {agency: Offer(s.level, s.trial) for agency, s in known.items()} == dict(offers)
    if is_same and (not name or all(s.name == name for s in before)):
        return None
    groups: dict[_Key, list[str]] = {}
    order = [agency for agency in known if agency in offers]
    order += sorted(agency for agency in offers if agency not in known)
    for agency in order:
        like = known.get(agency) or _like(catalogue, listed.code, before, offers[agency].level)
        groups.setdefault(_key(catalogue, listed, name, offers[agency], like), []).append(agency)
    return [
        {
            "service_code": service_code,
            "code": listed.code,
            "name": own_name,
            "agencies": spelled.get(tuple(agencies)) or written(agencies, catalogue.agencies),
            "level": level,
            "status": status,
            "system": system,
            "host": host,
        }
        for (own_name, level, status, system, host), agencies in groups.items()
    ]


def _like(catalogue: Catalogue, code: str, before: list[Service], level: OnlineLevel) -> Service | None:
    """The service whose system and host another agency of it uses too."""
    services = before or list(catalogue.services.get(code, ()))
    return next((s for s in services if s.level is level), services[0] if services else None)


def _key(catalogue: Catalogue, listed: ListedProcedure, name: str, offer: Offer, like: Service | None) -> _Key:
    procedure = catalogue.procedures.get(listed.code)
    own = name or (like.name if like else "") or listed.name or (procedure.name if procedure else "")
    system, host = (NATIONAL, host_of(catalogue.province.portal_home)) if like is None else (like.system, like.host)
    return own, offer.level.value, "trial" if offer.trial else "official", system, host
