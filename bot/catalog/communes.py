"""Finding a commune by the name that a person gives it, today's or one from before 1 July 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.catalog.model import Catalogue, Commune, FormerUnit
from bot.catalog.phrases import canonical, folded

# Kinds of units as they are written before a name, folded, and the one word for each.
_KINDS = {"xa": "xa", "x": "xa", "phuong": "phuong", "p": "phuong", "thi tran": "thi tran", "tt": "thi tran"}
_DISTRICTS = re.compile(r"(?:huyen|thi xa|thanh pho|tx|tp)\b")
_COMMITTEE = re.compile(r"(?:ubnd|uy ban nhan dan)\s+")
_KIND_BEFORE = re.compile(r"(thi tran|phuong|xa|tt|p|x)(?:\.\s*|\s+)(?=\w)")
_KIND_OF_COMMUNE = {"commune": "xa", "ward": "phuong"}


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """A commune that a name may mean. `former` is the unit before 2025 that bore the name, None where it is today's.

    `former.whole` is False where that unit was split: then the commune is one of several that took a part of it.
    """

    commune: Commune
    former: FormerUnit | None


def commune_by_name(catalogue: Catalogue, name: str) -> tuple[CommuneMatch, ...]:
    """The communes that a name may mean, today's first; empty where none does.

    Case and spaces do not count, accents only where they are written and something agrees with them. A word for the
    kind of unit ("xã", "phường", "thị trấn") chooses among units of one name, unless nothing fits it. A former
    unit that became part of a commune of the same name is not told twice. Names of districts give nothing.
    """
    wanted, kind = _split_kind(name)
    fold = folded(wanted)
    if not fold:
        return ()
    found = list(_called(catalogue, fold))
    exact = [(unit, match) for unit, match in found if unit.name == wanted]
    found = exact if exact and wanted != fold else found
    found = [(unit, match) for unit, match in found if unit.kind == kind] or found
    matches: dict[tuple[str, bool], CommuneMatch] = {}
    for _, match in found:
        code = match.commune.agency_code
        if match.former is None or (code, True) not in matches:
            matches.setdefault((code, match.former is None), match)
    return tuple(matches.values())


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    fold: str
    kind: str


@lru_cache(maxsize=16384)
def _unit(name: str, kind: str) -> _Unit:
    """How a unit of the catalogue is compared. What people type is never kept in this memory."""
    if kind:
        return _Unit(canonical(name), folded(name), kind)
    bare, found = _split_kind(name)
    return _Unit(bare, folded(bare), found)


def _called(catalogue: Catalogue, fold: str) -> Iterator[tuple[_Unit, CommuneMatch]]:
    """Every unit of this name with what it leads to: all of today first."""
    for commune in catalogue.communes.values():
        unit = _unit(commune.name, _KIND_OF_COMMUNE[commune.kind])
        if unit.fold == fold:
            yield unit, CommuneMatch(commune, None)
    for commune in catalogue.communes.values():
        for former in commune.former_units:
            unit = _unit(former.name, "")
            if unit.fold == fold:
                yield unit, CommuneMatch(commune, former)


def _split_kind(name: str) -> tuple[str, str]:
    """A name in lower case without the word for its kind, and that kind; both empty for a district."""
    text = canonical(name)
    fold = folded(text)
    # Folding keeps the number of letters, so places in the folded text are places in the text.
    start = match.end() if (match := _COMMITTEE.match(fold)) else 0
    if _DISTRICTS.match(fold, start):
        return "", ""
    kind = _KIND_BEFORE.match(fold, start)
    return (text[kind.end() :], _KINDS[kind[1]]) if kind else (text[start:], "")
