"""What is other in one catalogue than in another: what people are told before it is published, and afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from bot.catalog.model import Catalogue, OnlineLevel, Procedure


@dataclass(frozen=True, slots=True)
class Standing:
    """How a service stands somewhere."""

    level: OnlineLevel
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    service_code: str
    standing: Standing
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A procedure that came into the list, or left it. `offered`: as it is where it stands."""

    code: str
    name: str
    field: str
    offered: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """`before` and `after`: names, or ids of fields, or codes of what took its place (empty: nothing)."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LevelChanged:
    code: str
    service_code: str
    before: Standing
    after: Standing
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgenciesChanged:
    """Of a procedure that stands in both: where it is offered from now on, and where no more."""

    code: str
    gained: tuple[Offered, ...]
    lost: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """By code, each in the order of the codes. A procedure that comes or goes is told there alone."""

    added: tuple[Entered, ...] = ()
    removed: tuple[Entered, ...] = ()
    renamed: tuple[Changed, ...] = ()
    superseded: tuple[Changed, ...] = ()
    level_changed: tuple[LevelChanged, ...] = ()
    agencies_changed: tuple[AgenciesChanged, ...] = ()
    field_changed: tuple[Changed, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Difference()

    def counts(self) -> dict[str, int]:
        """How many of each kind, in the order told."""
        return {one.name: len(getattr(self, one.name)) for one in fields(self)}


_Offers = dict[tuple[str, str], Standing]
"""By service code and agency."""


def compare(before: Catalogue, after: Catalogue) -> Difference:
    """What is other in `after`. Words, labels and the like are not compared."""
    old, new = _standing(before), _standing(after)
    both = sorted(old & new)
    known = sorted(before.procedures.keys() & after.procedures.keys())
    offers = {code: (_offers(before, code), _offers(after, code)) for code in both}
    return Difference(
        added=tuple(_entered(after, code) for code in sorted(new - old)),
        removed=tuple(_entered(before, code) for code in sorted(old - new)),
        renamed=tuple(_changed(before, after, known, "name")),
        superseded=tuple(_changed(before, after, known, "superseded_by")),
        level_changed=tuple(change for code in both for change in _levels(code, *offers[code])),
        agencies_changed=tuple(change for code in both for change in _agencies(code, *offers[code])),
        field_changed=tuple(_changed(before, after, known, "field_id")),
    )


def as_json(difference: Difference) -> dict[str, object]:
    """Lists of objects by kind, as JSON can hold them."""
    return {one.name: [_plain(row) for row in getattr(difference, one.name)] for one in fields(difference)}


def _plain(value: object) -> object:
    if isinstance(value, Entered | Changed | LevelChanged | AgenciesChanged | Offered | Standing):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _standing(catalogue: Catalogue) -> set[str]:
    """The codes that stand in the list: neither removed nor replaced."""
    return {p.code for p in catalogue.procedures.values() if p.removal is None and p.superseded_by is None}


def _changed(before: Catalogue, after: Catalogue, codes: Iterable[str], what: str) -> Iterable[Changed]:
    for code in codes:
        old, new = _value(before.procedures[code], what), _value(after.procedures[code], what)
        if old != new:
            yield Changed(code, old, new)


def _value(procedure: Procedure, what: str) -> str:
    return str(getattr(procedure, what) or "")


def _offers(catalogue: Catalogue, code: str) -> _Offers:
    return {
        (service.service_code, agency): Standing(service.level, service.trial)
        for service in catalogue.services.get(code, ())
        for agency in service.agencies
    }


def _entered(catalogue: Catalogue, code: str) -> Entered:
    procedure = catalogue.procedures[code]
    return Entered(code, procedure.name, procedure.field_id, _grouped(_offers(catalogue, code)))


def _grouped(offers: _Offers) -> tuple[Offered, ...]:
    groups: defaultdict[tuple[str, Standing], list[str]] = defaultdict(list)
    for (service, agency), standing in offers.items():
        groups[service, standing].append(agency)
    found = (Offered(service, standing, tuple(sorted(agencies))) for (service, standing), agencies in groups.items())
    return tuple(sorted(found, key=lambda one: (one.service_code, one.standing.level, one.standing.trial)))


def _levels(code: str, before: _Offers, after: _Offers) -> list[LevelChanged]:
    groups: defaultdict[tuple[str, Standing, Standing], list[str]] = defaultdict(list)
    for key, old in before.items():
        new = after.get(key, old)
        if new != old:
            groups[key[0], old, new].append(key[1])
    found = [LevelChanged(code, *key, tuple(sorted(agencies))) for key, agencies in groups.items()]
    return sorted(found, key=lambda one: (one.service_code, one.before.level, one.after.level, one.agencies))


def _agencies(code: str, before: _Offers, after: _Offers) -> list[AgenciesChanged]:
    gained = _grouped({key: standing for key, standing in after.items() if key not in before})
    lost = _grouped({key: standing for key, standing in before.items() if key not in after})
    return [AgenciesChanged(code, gained, lost)] if gained or lost else []
