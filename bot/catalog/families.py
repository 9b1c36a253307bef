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
_ALIKE = 0.6
"""Share of the weight of the shorter title's pairs of words that two titles must have in common."""
_WORD = re.compile(r"[^\W_]+")
_Pairs = Mapping[tuple[str, str], float]


def families(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """By code, the other procedures in force of the same field with nearly the same matter, likest first.

    The likeness of two titles is the weight of the pairs of neighbouring words that both have, as a share of the
    weight of the shorter one's; a pair weighs the more the fewer titles have it (inverse document frequency).
    """
    procedures = in_force(catalogue.procedures.values())
    pairs = {procedure.code: _pairs(procedure.title) for procedure in procedures}
    counts = Counter(pair for found in pairs.values() for pair in set(found))
    weighed: dict[str, _Pairs] = {
        code: {pair: math.log(len(procedures) / counts[pair]) for pair in found} for code, found in pairs.items()
    }
    by_field: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        by_field.setdefault(procedure.field_id, []).append(procedure)
    return {p.code: _kin(p, by_field[p.field_id], weighed) for p in procedures}


def _kin(procedure: Procedure, field: Sequence[Procedure], weighed: Mapping[str, _Pairs]) -> tuple[str, ...]:
    own = weighed[procedure.code]
    # What may have been replaced is still found by a search; it is not brought up unasked.
    others = (other for other in field if other.code != procedure.code and not other.maybe_superseded)
    likes = [(_alike(own, weighed[other.code]), other) for other in others]
    near = [(like, other) for like, other in likes if like >= _ALIKE]
    near.sort(key=lambda item: (-item[0], len(item[1].title), item[1].code))
    return tuple(other.code for _, other in near[:MOST_KIN])


def _alike(one: _Pairs, other: _Pairs) -> float:
    shorter, longer = sorted((one, other), key=lambda pairs: sum(pairs.values()))
    total = sum(shorter.values())
    return sum(weight for pair, weight in shorter.items() if pair in longer) / total if total else 0.0


def _pairs(title: str) -> list[tuple[str, str]]:
    words = _WORD.findall(folded(title))
    return list(pairwise(words))
