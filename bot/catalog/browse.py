"""The ways to browse: procedures on shelves, by field and by agency, those that people need most in front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalog.lookup import open_services
from bot.catalog.model import AgencyKind, Audience, Catalogue, Procedure

_NEAREST = (AgencyKind.DEPARTMENT, AgencyKind.PEOPLES_COMMITTEE, AgencyKind.SERVICE_CENTRE, AgencyKind.COMMUNE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Procedures in force that stand together. `id`: a field's id or an agency's code."""

    id: str
    name: str
    codes: tuple[str, ...]


def shelves_by_field(catalogue: Catalogue) -> tuple[Shelf, ...]:
    """Every field that has procedures; those with most of the most needed first, then the fullest for citizens."""
    order = by_need(catalogue)
    found: dict[str, list[str]] = {}
    for code in order:
        found.setdefault(catalogue.procedures[code].field_id, []).append(code)
    needed = _needed(catalogue)

    def weight(shelf: Shelf) -> tuple[int, int, str]:
        citizens = sum(Audience.CITIZENS in catalogue.procedures[code].audience for code in shelf.codes)
        return -sum(code in needed for code in shelf.codes), -citizens, shelf.id

    shelves = (Shelf(field, catalogue.fields[field].name, tuple(codes)) for field, codes in found.items())
    return tuple(sorted(shelves, key=weight))


def shelves_by_agency(catalogue: Catalogue) -> tuple[Shelf, ...]:
    """Every agency that has services: departments, the province, communes, then the others, as in the file."""
    order = by_need(catalogue)
    found: dict[str, list[str]] = {code: [] for code in catalogue.agencies}
    for code in order:
        for agency in dict.fromkeys(a for service in open_services(catalogue, code) for a in service.agencies):
            found[agency].append(code)
    shelves = [Shelf(code, catalogue.agencies[code].name, tuple(codes)) for code, codes in found.items() if codes]

    def nearness(shelf: Shelf) -> int:
        kind = catalogue.agencies[shelf.id].kind
        return _NEAREST.index(kind) if kind in _NEAREST else len(_NEAREST)

    return tuple(sorted(shelves, key=nearness))


def in_force(procedures: Iterable[Procedure]) -> list[Procedure]:
    """Those that nothing has replaced and that did not leave the list."""
    return [procedure for procedure in procedures if procedure.in_force]


def _needed(catalogue: Catalogue) -> dict[str, int]:
    """The most needed procedures, with their place in the lists of situations."""
    places: dict[str, int] = {}
    for event in catalogue.life_events:
        for place, code in enumerate(event.codes):
            places[code] = min(place, places.get(code, place))
    return places


def by_need(catalogue: Catalogue) -> list[str]:
    """The codes in force: the most needed, then what has a label by hand, citizens before businesses, by title."""
    needed = _needed(catalogue)

    def key(procedure: Procedure) -> tuple[bool, int, bool, bool, bool, str]:
        return (
            procedure.code not in needed,
            needed.get(procedure.code, 0),
            procedure.maybe_superseded,
            procedure.label is None,
            Audience.CITIZENS not in procedure.audience,
            procedure.title.casefold(),
        )

    return [procedure.code for procedure in sorted(in_force(catalogue.procedures.values()), key=key)]
