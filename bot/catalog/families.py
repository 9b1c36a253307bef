"""Families of procedures: those about the same matter, told apart by a few words (again, abroad, a copy …)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.catalog.browse import in_force
from bot.catalog.model import Catalogue, Procedure
from bot.catalog.phrases import folded

MOST_KIN = 12
MOST_NEAR = 3
_ALIKE = 0.6
"""Share of the weight of the shorter title's pairs of words that two titles must have in common."""
_NEAR = 0.3
"""The same, for a procedure to be named in the place of one that is gone."""
_DIGITS = 9
"""Of a likeness: in whatever order weights are added up, the same is the same."""
_WORD = re.compile(r"[^\W_]+")
_Pair = tuple[str, str]
_Pairs = Mapping[_Pair, float]


def families(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """By code, the other procedures in force of the same field with nearly the same matter, likest first.

    The likeness of two titles is the weight of the pairs of neighbouring words that both have, as a share of the
    weight of the shorter one's; a pair weighs the more the fewer titles have it (inverse document frequency).
    """
    procedures = in_force(catalogue.procedures.values())
    weighed = _weighed(procedures, procedures)
    fields = _fields(procedures, weighed)
    return {p.code: _likes(p, fields[p.field_id], weighed, _ALIKE)[:MOST_KIN] for p in procedures}


def near_those_gone(catalogue: Catalogue, same_title: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """By the code of each procedure that is gone, those in force that may be meant instead: first those of its very
    title (by code in `same_title`), then those of its field that are most like it."""
    gone = [procedure for procedure in catalogue.procedures.values() if procedure.is_gone]
    if not gone:
        return {}
    procedures = in_force(catalogue.procedures.values())
    weighed = _weighed(procedures, (*procedures, *gone))
    fields, found = _fields(procedures, weighed), {}
    for procedure in gone:
        named = same_title[procedure.code]
        likes = _likes(procedure, fields.get(procedure.field_id, _Field()), weighed, _NEAR)
        found[procedure.code] = tuple(dict.fromkeys((*named, *likes)))[:MOST_NEAR]
    return found


@dataclass(frozen=True, slots=True)
class _Field:
    """Of a field's procedures: each by its code, the weight of all its pairs, and the codes that have a pair.

    Without those that may have been replaced: they are still found by a search, and not brought up unasked.
    """

    procedures: dict[str, Procedure] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    having: dict[_Pair, list[str]] = field(default_factory=dict)


def _fields(procedures: Iterable[Procedure], weighed: Mapping[str, _Pairs]) -> dict[str, _Field]:
    found: dict[str, _Field] = {}
    for procedure in procedures:
        own = found.setdefault(procedure.field_id, _Field())
        if procedure.maybe_superseded:
            continue
        pairs = weighed[procedure.code]
        own.procedures[procedure.code] = procedure
        own.weights[procedure.code] = sum(pairs.values())
        for pair in pairs:
            own.having.setdefault(pair, []).append(procedure.code)
    return found


def _weighed(counted: Sequence[Procedure], wanted: Sequence[Procedure]) -> dict[str, _Pairs]:
    """The pairs of the titles of `wanted` with their weights, by how many of `counted` have them."""
    counts = Counter(pair for procedure in counted for pair in set(_pairs(procedure.title)))
    return {
        procedure.code: {
            pair: math.log(max(len(counted), 1) / max(counts[pair], 1)) for pair in _pairs(procedure.title)
        }
        for procedure in wanted
    }


def _likes(procedure: Procedure, others: _Field, weighed: Mapping[str, _Pairs], least: float) -> tuple[str, ...]:
    """Only those that have a pair in common are looked at: a field may have thousands."""
    own = weighed[procedure.code]
    total, common = sum(own.values()), dict[str, float]()
    for pair, weight in own.items():
        for code in others.having.get(pair, ()):
            common[code] = common.get(code, 0.0) + weight
    common.pop(procedure.code, None)
    near = []
    for code, weight in common.items():
        shorter = min(total, others.weights[code])
        like = round(weight / shorter, _DIGITS) if shorter else 0.0
        if like >= least:
            near.append((-like, len(others.procedures[code].title), code))
    return tuple(code for *_, code in sorted(near))


def _pairs(title: str) -> list[tuple[str, str]]:
    words = _WORD.findall(folded(title))
    return list(pairwise(words))
