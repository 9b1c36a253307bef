"""Names of agencies as staff read and choose them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.catalog.model import AgencyKind, Catalogue
from bot.search.fold import fold
from bot.web.languages import DEFAULT
from handlers.naming import label_of

_ORDER = (AgencyKind.PEOPLES_COMMITTEE, AgencyKind.DEPARTMENT, AgencyKind.COMMUNE, AgencyKind.BRANCH)


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    code: str
    name: str


def agency_name(catalogue: Catalogue, code: str) -> str:
    """The name of an agency or a commune; its code where the catalogue knows it no longer."""
    commune = catalogue.communes.get(code)
    if commune is not None:
        return commune.name
    agency = catalogue.agencies.get(code)
    return code if agency is None else agency.name


def procedure_name(catalogue: Catalogue, code: str) -> str:
    """Its code where the catalogue knows it no longer."""
    return label_of(catalogue, code, DEFAULT)


def agency_names(catalogue: Catalogue, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(agency_name(catalogue, code) for code in codes)


def agencies_to_choose(catalogue: Catalogue) -> tuple[AgencyChoice, ...]:
    """Every agency and commune once: the province's own first, then the communes, each by name."""
    codes = dict.fromkeys((*catalogue.agencies, *catalogue.communes))
    named = [AgencyChoice(code, agency_name(catalogue, code)) for code in codes]
    return tuple(sorted(named, key=lambda choice: (_rank(catalogue, choice.code), fold(choice.name), choice.code)))


def communes_to_choose(catalogue: Catalogue, seen: Collection[str] | None) -> tuple[AgencyChoice, ...]:
    """By name. `seen`: the agencies that an account may see; None: all."""
    choices = agencies_to_choose(catalogue)
    return tuple(one for one in choices if one.code in catalogue.communes and (seen is None or one.code in seen))


def agencies_that_handle(catalogue: Catalogue, code: str) -> tuple[AgencyChoice, ...]:
    """Those that handle the procedure, or any where the catalogue has none of this code; without bodies that share
    their name with others, which nobody could tell apart.
    """
    services = catalogue.services.get(code) or [one for some in catalogue.services.values() for one in some]
    handle = {agency for service in services for agency in service.agencies}
    choices = [choice for choice in agencies_to_choose(catalogue) if choice.code in handle]
    names = Counter(choice.name for choice in choices)
    return tuple(choice for choice in choices if names[choice.name] == 1)


def _rank(catalogue: Catalogue, code: str) -> int:
    agency = catalogue.agencies.get(code)
    kind = AgencyKind.COMMUNE if agency is None else agency.kind
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
