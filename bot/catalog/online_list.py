"""The published list: which procedures run online, how far, and at whom. Pure; built once for a catalogue.

What is counted. The level belongs to *(service, agency)*, so a procedure has no level of its own:

- A `Row` is a procedure in force. One that another has replaced, one that left the list, and one whose code is
  internal (5.…, 6.…), has none.
- A `Place` is a group of agencies of one tier that offer the row's procedure alike. A row has at least one. Where no
  service is published there is a place for each tier that handles the procedure, without agencies, UNKNOWN.
- Every (procedure, agency) has exactly one `Standing`: BY_CASE where one agency offers services of several levels.
- `Counts` counts *procedures*, each exactly once: under the standing of its places where they all agree, else under
  `differs`. So `full` is "full-process at every body of this list that handles it", and the six numbers add up.

A `Selection` keeps the places that fit and drops the rows without any: conditions may be applied in any order. What
is counted after a selection is counted over what it left: the procedures of one commune, of one department …
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.catalog.codes import is_public_code
from bot.catalog.lookup import is_hidden, open_services
from bot.catalog.model import AgencyKind, Catalogue, OnlineLevel, Procedure, Service, Source, Tier
from bot.catalog.phrases import folded
from bot.catalog.province import source_of

SERVICES_FILE = "services.csv"
_OF_THE_PROVINCE = frozenset(
    {AgencyKind.PEOPLES_COMMITTEE, AgencyKind.DEPARTMENT, AgencyKind.BRANCH, AgencyKind.SERVICE_CENTRE}
)


class Standing(StrEnum):
    """How far one procedure goes online at one place."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"
    BY_CASE = "by_case"
    UNKNOWN = "unknown"


_STANDINGS = {
    OnlineLevel.FULL: Standing.FULL,
    OnlineLevel.PARTIAL: Standing.PARTIAL,
    OnlineLevel.INFORMATION: Standing.INFORMATION,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Agencies of one tier that offer a procedure alike, in the order published; none where none is published.

    `trial`: every service that they offer for it is on trial.
    """

    tier: Tier
    standing: Standing
    agencies: tuple[str, ...]
    trial: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in force, and where it is handled: province, communes, others, the most that is online first.

    `is_hidden`: editors are looking into what is said of it. It stays in the list, so that nobody takes it for gone,
    and counts as UNKNOWN: the numbers add up, and no level of it is told.
    """

    procedure: Procedure
    places: tuple[Place, ...]
    is_hidden: bool = False

    @property
    def standing(self) -> Standing | None:
        """The one standing of all places, or None where they differ."""
        found = {place.standing for place in self.places}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Procedures, each under exactly one of the six numbers; see the module's docstring."""

    full: int = 0
    partial: int = 0
    information: int = 0
    by_case: int = 0
    differs: int = 0
    unknown: int = 0

    @property
    def procedures(self) -> int:
        return self.full + self.partial + self.information + self.by_case + self.differs + self.unknown


@dataclass(frozen=True, slots=True)
class Selection:
    """Which places to keep; None keeps all.

    `agency`: one body that is published as deciding. `commune`: what one commune handles: what is published for its
    committee, and what is handled at communes without any body being published, of which the standing is UNKNOWN.
    Whether there is such a commune is for the caller to know.
    """

    standing: Standing | None = None
    tier: Tier | None = None
    field_id: str | None = None
    agency: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True)
class OnlineList:
    """The whole list of a catalogue, in the order of its fields' names and then of the titles, with its counts.

    `by_agency` has the agencies for which something is published, in the order of agencies.csv; `by_field` the fields
    that have rows. A procedure of two tiers or agencies stands under each, so those do not add up to `counts`.
    """

    rows: tuple[Row, ...]
    counts: Counts
    by_tier: Mapping[Tier, Counts]
    by_field: Mapping[str, Counts]
    by_agency: Mapping[str, Counts]
    source: Source | None
    as_of: date
    """The day that the published services describe."""
    version: str
    """The catalogue's."""


def build_list(catalogue: Catalogue) -> OnlineList:
    """The list of a catalogue, in time proportional to its services."""
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = [
        Row(procedure, _places(catalogue, procedure, shared), is_hidden(catalogue, procedure.code))
        for procedure in _in_force(catalogue)
    ]
    rows = tuple(sorted(found, key=lambda row: _order(catalogue, row)))
    return OnlineList(
        rows=rows,
        counts=count(rows),
        by_tier={tier: count(select(rows, Selection(tier=tier))) for tier in Tier},
        by_field=_by_field(catalogue, rows),
        by_agency=_by_agency(catalogue, rows),
        source=source_of(catalogue.sources, SERVICES_FILE),
        as_of=catalogue.as_of,
        version=catalogue.version,
    )


def select(rows: Iterable[Row], selection: Selection) -> tuple[Row, ...]:
    """The rows with the places that fit, in their order. Narrowing twice is narrowing by both, in any order."""
    narrowed = (_narrow(row, selection) for row in rows)
    return tuple(row for row in narrowed if row.places)


def count(rows: Iterable[Row]) -> Counts:
    """Each row under one number."""
    numbers = dict.fromkeys(Standing, 0)
    differs = 0
    for row in rows:
        standing = row.standing
        if standing is None:
            differs += 1
        else:
            numbers[standing] += 1
    return Counts(differs=differs, **{standing.value: number for standing, number in numbers.items()})


def tier_of(catalogue: Catalogue, agency: str) -> Tier:
    """The tier of an agency of the catalogue: the province's own bodies and their branches, communes, others.

    Bodies of the State that are not the province's (military, insurance, bank, police, tax) are OTHER, wherever
    they sit.
    """
    if agency in catalogue.communes:
        return Tier.COMMUNE
    return Tier.PROVINCE if catalogue.agencies[agency].kind in _OF_THE_PROVINCE else Tier.OTHER


def standing_of(levels: Collection[OnlineLevel]) -> Standing:
    """Of services at one place; none where none is published."""
    known = set(levels) - {OnlineLevel.UNKNOWN}
    if not known:
        return Standing.UNKNOWN
    return Standing.BY_CASE if len(known) > 1 else _STANDINGS[known.pop()]


def _in_force(catalogue: Catalogue) -> Iterator[Procedure]:
    for procedure in catalogue.procedures.values():
        if procedure.in_force and is_public_code(procedure.code):
            yield procedure


def _order(catalogue: Catalogue, row: Row) -> tuple[str, str, str]:
    field = catalogue.fields.get(row.procedure.field_id)
    return ("" if field is None else folded(field.name), folded(row.procedure.title), row.procedure.code)


def _places(
    catalogue: Catalogue, procedure: Procedure, shared: dict[tuple[str, ...], tuple[str, ...]]
) -> tuple[Place, ...]:
    """`shared` keeps one tuple for each set of agencies: most rows name the same communes."""
    groups: dict[tuple[Tier, Standing, bool], list[str]] = {}
    for agency, services in _by_offering_agency(catalogue, procedure.code).items():
        standing = standing_of([service.level for service in services])
        trial = all(service.trial for service in services)
        groups.setdefault((tier_of(catalogue, agency), standing, trial), []).append(agency)
    places = [
        Place(tier, standing, shared.setdefault(tuple(agencies), tuple(agencies)), trial)
        for (tier, standing, trial), agencies in groups.items()
    ]
    if not places:
        tiers = procedure.tiers or {Tier.OTHER}
        places = [Place(tier, Standing.UNKNOWN, (), trial=False) for tier in tiers]
    tiers_in_order, standings = list(Tier), list(Standing)
    return tuple(
        sorted(places, key=lambda p: (tiers_in_order.index(p.tier), standings.index(p.standing), p.trial, p.agencies))
    )


def _by_offering_agency(catalogue: Catalogue, code: str) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = {}
    for service in open_services(catalogue, code):
        for agency in service.agencies:
            found.setdefault(agency, []).append(service)
    return found


def _narrow(row: Row, selection: Selection) -> Row:
    if selection.field_id is not None and row.procedure.field_id != selection.field_id:
        return replace(row, places=())
    kept = tuple(narrowed for place in row.places if (narrowed := _narrow_place(place, selection)) is not None)
    return row if kept == row.places else replace(row, places=kept)


def _narrow_place(place: Place, selection: Selection) -> Place | None:
    """The place with the agencies that fit, or None where it does not fit."""
    if selection.standing not in (None, place.standing) or selection.tier not in (None, place.tier):
        return None
    agencies = place.agencies
    if selection.commune is not None:
        if place.tier is not Tier.COMMUNE:
            return None
        agencies = tuple(agency for agency in agencies if agency == selection.commune)
        if place.agencies and not agencies:
            return None
    if selection.agency is not None:
        agencies = tuple(agency for agency in agencies if agency == selection.agency)
        if not agencies:
            return None
    return place if agencies == place.agencies else replace(place, agencies=agencies)


def _by_field(catalogue: Catalogue, rows: Iterable[Row]) -> dict[str, Counts]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.procedure.field_id, []).append(row)
    return {field: count(grouped[field]) for field in catalogue.fields if field in grouped}


def _by_agency(catalogue: Catalogue, rows: Iterable[Row]) -> dict[str, Counts]:
    """An agency stands in one place of a row only, so one look at each place is enough."""
    numbers: dict[str, dict[str, int]] = {}
    for row in rows:
        for place in row.places:
            for agency in place.agencies:
                own = numbers.setdefault(agency, {})
                own[place.standing.value] = own.get(place.standing.value, 0) + 1
    return {agency: Counts(**numbers[agency]) for agency in catalogue.agencies if agency in numbers}
