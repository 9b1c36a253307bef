"""Families of procedures: those about the same matter, told apart by a few words (again, abroad, a copy …)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
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
_WORD = re.compile(r"[^\W_]+")
_Pairs = Mapping[tuple[str, str], float]


def families(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """By code, the other procedures in force of the same field with nearly the same matter, likest first.

    The likeness of two titles is the weight of the pairs of neighbouring words that both have, as a share of the
    weight of the shorter one's; a pair weighs the more the fewer titles have it (inverse document frequency).
    """
    procedures = in_force(catalogue.procedures.values())
    weighed, by_field = _weighed(procedures, procedures), _by_field(procedures)
    return {p.code: _kin(p, by_field[p.field_id], weighed) for p in procedures}


def near_those_gone(catalogue: Catalogue, same_title: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """By the code of each procedure that is gone, those in force that may be meant instead: first those of its very
    title (by code in `same_title`), then those of its field that are most like it."""
    gone = [procedure for procedure in catalogue.procedures.values() if procedure.is_gone]
    if not gone:
        return {}
    procedures = in_force(catalogue.procedures.values())
    weighed, by_field = _weighed(procedures, (*procedures, *gone)), _by_field(procedures)
    found = {}
    for procedure in gone:
        named = same_title[procedure.code]
        likes = _likes(procedure, by_field.get(procedure.field_id, ()), weighed, _NEAR)
        found[procedure.code] = tuple(dict.fromkeys((*named, *likes)))[:MOST_NEAR]
    return found


def _by_field(procedures: Sequence[Procedure]) -> dict[str, list[Procedure]]:
    found: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        found.setdefault(procedure.field_id, []).append(procedure)
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


def _kin(procedure: Procedure, field: Sequence[Procedure], weighed: Mapping[str, _Pairs]) -> tuple[str, ...]:
    return _likes(procedure, field, weighed, _ALIKE)[:MOST_KIN]


def _likes(
    procedure: Procedure, field: Sequence[Procedure], weighed: Mapping[str, _Pairs], least: float
) -> tuple[str, ...]:
    own = weighed[procedure.code]
    # What may have been replaced is still found by a search; it is not brought up unasked.
    others = (other for other in field if other.code != procedure.code and not other.maybe_superseded)
    likes = [(_alike(own, weighed[other.code]), other) for other in others]
    near = [(like, other) for like, other in likes if like >= least]
    near.sort(key=lambda item: (-item[0], len(item[1].title), item[1].code))
    return tuple(other.code for _, other in near)


def _alike(one: _Pairs, other: _Pairs) -> float:
    shorter, longer = sorted((one, other), key=lambda pairs: sum(pairs.values()))
    total = sum(shorter.values())
    return sum(weight for pair, weight in shorter.items() if pair in longer) / total if total else 0.0


def _pairs(title: str) -> list[tuple[str, str]]:
    words = _WORD.findall(folded(title))
    return list(pairwise(words))
