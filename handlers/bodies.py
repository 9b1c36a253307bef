"""The bodies that decide on a procedure: grouped as people know them, named, and with the level each offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.lookup import open_services
from bot.catalog.model import Agency, AgencyKind, Catalogue, OnlineLevel
from bot.texts import Texts

_NEARNESS = {AgencyKind.BRANCH: 2, AgencyKind.DEPARTMENT: 4, AgencyKind.PEOPLES_COMMITTEE: 5}
_NAMED = 10
"""Up to so many communes or branches are named one by one."""


class GroupKind(StrEnum):
    COMMUNES = "communes"
    SIBLINGS = "siblings"
    """Bodies of one kind under one parent: branches, military commands."""
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that are spoken of together. `whole`: all bodies of their sort are in it."""

    kind: GroupKind
    agencies: tuple[str, ...]
    whole: bool

    @property
    def first(self) -> str:
        return self.agencies[0]


@dataclass(frozen=True, slots=True)
class Offer:
    """What one group offers online: one level, or several where it depends on the case."""

    group: Group
    levels: frozenset[OnlineLevel]
    trial: bool


def levels_by_agency(catalogue: Catalogue, code: str) -> dict[str, frozenset[OnlineLevel]]:
    """The levels published for each body that decides, in the order published; editors hide none of these."""
    found: dict[str, set[OnlineLevel]] = {}
    for service in open_services(catalogue, code):
        for agency in service.agencies:
            found.setdefault(agency, set()).add(service.level)
    return {agency: frozenset(levels) for agency, levels in found.items()}


def offers(catalogue: Catalogue, code: str) -> tuple[Offer, ...]:
    """Groups of bodies with the levels they offer; those that citizens deal with first come first."""
    levels = levels_by_agency(catalogue, code)
    trial = {a for s in open_services(catalogue, code) if s.trial for a in s.agencies}
    by_levels: dict[frozenset[OnlineLevel], list[str]] = {}
    for agency, offered in levels.items():
        by_levels.setdefault(offered, []).append(agency)
    found = [
        Offer(group, offered, trial=set(group.agencies) <= trial)
        for offered, agencies in by_levels.items()
        for group in groups(catalogue, agencies)
    ]
    return tuple(sorted(found, key=lambda offer: (_nearness(catalogue, offer.group), len(offer.group.agencies))))


def groups(catalogue: Catalogue, agencies: Iterable[str]) -> tuple[Group, ...]:
    """The agencies, grouped; in the order in which each group begins."""
    members: dict[tuple[str, ...], list[str]] = {}
    for code in agencies:
        members.setdefault(_sort_of(catalogue, code), []).append(code)
    return tuple(_group(catalogue, sort, codes) for sort, codes in members.items())


def _sort_of(catalogue: Catalogue, code: str) -> tuple[str, ...]:
    agency = catalogue.agencies.get(code)
    if code in catalogue.communes:
        return ("communes",)
    if agency is None or agency.parent is None:
        return (code,)
    return (agency.parent, agency.kind)


def _group(catalogue: Catalogue, sort: tuple[str, ...], codes: list[str]) -> Group:
    if sort == ("communes",):
        return Group(GroupKind.COMMUNES, tuple(codes), whole=len(codes) == len(catalogue.communes))
    if len(codes) == 1:
        return Group(GroupKind.SINGLE, tuple(codes), whole=True)
    everyone = _siblings(catalogue, catalogue.agencies[codes[0]])
    return Group(GroupKind.SIBLINGS, tuple(codes), whole=len(codes) == len(everyone))


def _nearness(catalogue: Catalogue, group: Group) -> int:
    """Households deal with branches and communes; offices and departments serve organisations first."""
    if group.kind is not GroupKind.SINGLE:
        return 0 if group.kind is GroupKind.SIBLINGS else 1
    agency = catalogue.agencies.get(group.first)
    return 3 if agency is None else _NEARNESS.get(agency.kind, 3)


def leaves_places_out(catalogue: Catalogue, found: Iterable[Offer]) -> bool:
    """Whether only communes, or branches for districts, offer it, and not all of these: elsewhere nobody knows."""
    own = [offer.group for offer in found if offer.levels - {OnlineLevel.UNKNOWN}]
    kinds = {group.kind for group in own}
    if len(kinds) != 1 or GroupKind.SINGLE in kinds:
        return False
    first = catalogue.agencies[own[0].first]
    if kinds == {GroupKind.COMMUNES}:
        every = len(catalogue.communes)
    else:
        every = len(_siblings(catalogue, first)) if _are_alike(catalogue, first) else 0
    return sum(len(group.agencies) for group in own) < every


def name_all(catalogue: Catalogue, texts: Texts, agencies: Iterable[str]) -> str:
    """The names of the agencies, grouped, for the middle of a sentence."""
    return "; ".join(dict.fromkeys(name_group(catalogue, texts, group) for group in groups(catalogue, agencies)))


def name_group(catalogue: Catalogue, texts: Texts, group: Group) -> str:
    """The name of a group, for the middle of a sentence."""
    if group.kind is GroupKind.COMMUNES:
        return _name_communes(catalogue, texts, group)
    if group.kind is GroupKind.SIBLINGS:
        return _name_siblings(catalogue, texts, group)
    return _name(catalogue, group.first)


def _name_communes(catalogue: Catalogue, texts: Texts, group: Group) -> str:
    if group.whole:
        return texts.get("card.decides.communes")
    if len(group.agencies) == 1:
        return _name(catalogue, group.first)
    if len(group.agencies) <= _NAMED:
        return texts.get("card.decides.communes_named", names=commune_names(catalogue, group))
    return texts.get("card.decides.communes_some", count=len(group.agencies))


def commune_names(catalogue: Catalogue, group: Group) -> str:
    return ", ".join(catalogue.communes[code].name for code in group.agencies)


def _name_siblings(catalogue: Catalogue, texts: Texts, group: Group) -> str:
    agency = catalogue.agencies[group.first]
    parent = _name(catalogue, agency.parent or "")
    if agency.kind is AgencyKind.MILITARY:
        return texts.get("card.decides.military_communes")
    if agency.kind is not AgencyKind.BRANCH or not _are_alike(catalogue, agency):
        return texts.get("card.decides.units", parent=parent)
    if group.whole or len(group.agencies) > _NAMED:
        return texts.get("card.decides.branches", parent=parent)
    return texts.get("card.decides.branches_some", names=branch_names(catalogue, group), parent=parent)


def branch_names(catalogue: Catalogue, group: Group) -> str:
    """What tells the branches apart: their names without the beginning that they share with their siblings."""
    shared = _shared_words(_siblings(catalogue, catalogue.agencies[group.first]))
    return ", ".join(" ".join(catalogue.agencies[code].name.split()[shared:]) for code in group.agencies)


def _siblings(catalogue: Catalogue, agency: Agency) -> list[Agency]:
    return [a for a in catalogue.agencies.values() if (a.parent, a.kind) == (agency.parent, agency.kind)]


def _are_alike(catalogue: Catalogue, agency: Agency) -> bool:
    """Whether the bodies are branches by name too: their names begin alike."""
    return _shared_words(_siblings(catalogue, agency)) > 1


def _shared_words(agencies: list[Agency]) -> int:
    names = [agency.name.split() for agency in agencies]
    shortest = min(map(len, names))
    same = (len({name[place] for name in names}) == 1 for place in range(shortest - 1))
    return next((place for place, alike in enumerate(same) if not alike), max(shortest - 1, 0))


def _name(catalogue: Catalogue, code: str) -> str:
    agency = catalogue.agencies.get(code)
    return code if agency is None else agency.name
