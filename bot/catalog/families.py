"""Families of procedures: those about the same matter, told apart by a few words (again, abroad, a copy …)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

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
_ROUNDING = 10.0**-_DIGITS
"""More than what rounding changes."""
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
    return {p.code: _likes(p, fields[p.field_id], weighed[p.code], _ALIKE, MOST_KIN) for p in procedures}


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
        named, of_field = same_title[procedure.code], fields.get(procedure.field_id)
        # Some of the likest may be among those of the same title.
        most = MOST_NEAR + len(named)
        likes = () if of_field is None else _likes(procedure, of_field, weighed[procedure.code], _NEAR, most)
        found[procedure.code] = tuple(dict.fromkeys((*named, *likes)))[:MOST_NEAR]
    return found


@dataclass(frozen=True, slots=True)
class _Field:
    """A field's procedures, at places: codes and lengths of titles, the weight of all pairs of each (float64), and the
    places of those that have a pair (intp).

    Without those that may have been replaced: they are still found by a search, and not brought up unasked.
    """

    codes: Sequence[str]
    lengths: Sequence[int]
    weights: npt.NDArray[np.float64]
    having: Mapping[_Pair, npt.NDArray[np.intp]]
    places: Mapping[str, int]

    @classmethod
    def of(cls, procedures: Sequence[Procedure], weighed: Mapping[str, _Pairs]) -> _Field:
        having: dict[_Pair, list[int]] = {}
        for place, procedure in enumerate(procedures):
            for pair in weighed[procedure.code]:
                having.setdefault(pair, []).append(place)
        codes = [procedure.code for procedure in procedures]
        return cls(
            codes,
            [len(procedure.title) for procedure in procedures],
            np.array([sum(weighed[code].values()) for code in codes], dtype=np.float64),
            {pair: np.array(places, dtype=np.intp) for pair, places in having.items()},
            {code: place for place, code in enumerate(codes)},
        )


def _fields(procedures: Iterable[Procedure], weighed: Mapping[str, _Pairs]) -> dict[str, _Field]:
    found: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        own = found.setdefault(procedure.field_id, [])
        if not procedure.maybe_superseded:
            own.append(procedure)
    return {field_id: _Field.of(own, weighed) for field_id, own in found.items()}


def _weighed(counted: Sequence[Procedure], wanted: Sequence[Procedure]) -> dict[str, _Pairs]:
    """The pairs of the titles of `wanted` with their weights, by how many of `counted` have them."""
    counts = Counter(pair for procedure in counted for pair in set(_pairs(procedure.title)))
    return {
        procedure.code: {
            pair: math.log(max(len(counted), 1) / max(counts[pair], 1)) for pair in _pairs(procedure.title)
        }
        for procedure in wanted
    }


def _likes(procedure: Procedure, others: _Field, own: _Pairs, least: float, most: int) -> tuple[str, ...]:
    """The `most` that are likest. A field may have thousands that share a pair: they are weighed all at once."""
    shared = [(others.having[pair], weight) for pair, weight in own.items() if pair in others.having]
    if not shared:
        return ()
    places = np.concatenate([having for having, _ in shared])
    weights = np.repeat([weight for _, weight in shared], [len(having) for having, _ in shared])
    common = np.bincount(places, weights, minlength=len(others.codes))
    shorter = np.minimum(sum(own.values()), others.weights)
    like = np.divide(common, shorter, out=np.zeros_like(common), where=shorter > 0)
    if procedure.code in others.places:
        like[others.places[procedure.code]] = 0.0
    near = np.flatnonzero(like >= least - _ROUNDING)
    if len(near) > most:
        # All that are as like as the last of them: length and code decide which one it is.
        near = near[like[near] >= np.partition(like[near], -most)[-most] - _ROUNDING]
    rounded = ((round(float(like[place]), _DIGITS), place) for place in near.tolist())
    found = sorted((-one, others.lengths[place], others.codes[place]) for one, place in rounded if one >= least)
    return tuple(code for *_, code in found[:most])


def _pairs(title: str) -> list[tuple[str, str]]:
    words = _WORD.findall(folded(title))
    return list(pairwise(words))
