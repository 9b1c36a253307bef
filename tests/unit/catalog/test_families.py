"""Families: the procedures of the same matter, nearest first."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.catalog.browse import in_force
from bot.catalog.families import MOST_KIN, families
from bot.catalog.model import Catalogue
from bot.catalog.phrases import folded
from tests.benchmarks.bench_search import multiplied
from tests.unit.shipped import shipped_guide

BIRTH, MARRIAGE = "1.001193", "1.000894"


def test_the_family_of_a_birth() -> None:
    assert shipped_guide().kin[BIRTH] == (
        "1.003583",  # lưu động
        "2.000528",  # có yếu tố nước ngoài
        "1.000689",  # kết hợp nhận cha, mẹ, con
        "1.004772",  # cho người đã có hồ sơ, giấy tờ cá nhân
        "1.000110",  # có yếu tố nước ngoài tại khu vực biên giới
        "1.001695",
        "1.000893",
        "3.000722",  # liên thông
    )


def test_the_family_of_a_marriage() -> None:
    assert shipped_guide().kin[MARRIAGE] == ("1.000593", "2.000806", "1.000094")


def test_every_procedure_in_force_has_a_family_of_its_own_field_without_itself(shipped: Catalogue) -> None:
    kin = shipped_guide().kin
    in_force = {code for code, procedure in shipped.procedures.items() if procedure.superseded_by is None}
    assert kin.keys() == in_force
    wrong = [
        code
        for code, others in kin.items()
        if len(others) > MOST_KIN
        or len(set(others)) < len(others)
        or code in others
        or not in_force.issuperset(others)
        or {shipped.procedures[other].field_id for other in others} - {shipped.procedures[code].field_id}
    ]
    assert wrong == []


def test_kin_is_mutual_where_there_is_room(shipped: Catalogue) -> None:
    """Likeness is symmetric; only the limit may leave one out, in a family that is full, and doubt."""
    kin = shipped_guide().kin
    one_sided = [
        (code, other)
        for code, others in kin.items()
        for other in others
        if code not in kin[other] and len(kin[other]) < MOST_KIN and not shipped.procedures[code].maybe_superseded
    ]
    assert one_sided == []


def test_what_may_have_been_replaced_is_not_brought_up(shipped: Catalogue) -> None:
    doubtful = {code for code, procedure in shipped.procedures.items() if procedure.maybe_superseded}
    assert [code for code, others in shipped_guide().kin.items() if doubtful.intersection(others)] == []


def test_the_second_province_is_too_small_for_families(second: Catalogue) -> None:
    assert families(second) == dict.fromkeys(("1.900001", "1.900002", "1.900003", "1.900005"), ())


def one_by_one(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Families, found by comparing each procedure with each other of its field."""
    procedures = in_force(catalogue.procedures.values())
    pairs = {p.code: tuple(dict.fromkeys(pairwise(re.findall(r"[^\W_]+", folded(p.title))))) for p in procedures}
    counts = Counter(pair for of_it in pairs.values() for pair in of_it)
    weighs = {pair: math.log(len(procedures) / n) for pair, n in counts.items()}
    weights = {code: sum(weighs[pair] for pair in of_it) for code, of_it in pairs.items()}
    by_field: dict[str, list[str]] = {}
    for procedure in procedures:
        if not procedure.maybe_superseded:
            by_field.setdefault(procedure.field_id, []).append(procedure.code)

    def likeness(code: str, other: str) -> float:
        shorter = min(weights[code], weights[other])
        common = set(pairs[other]).intersection(pairs[code])
        return round(sum(weighs[pair] for pair in pairs[code] if pair in common) / shorter, 9) if shorter else 0.0

    found = {}
    for procedure in procedures:
        code = procedure.code
        others = [(likeness(code, other), other) for other in by_field.get(procedure.field_id, ()) if other != code]
        kin = [(-like, len(catalogue.procedures[other].title), other) for like, other in others if like >= 0.6]
        found[code] = tuple(other for *_, other in sorted(kin)[:12])
    return found


@pytest.mark.parametrize("times", [1, 4])
def test_families_are_those_that_comparing_each_with_each_other_gives(shipped: Catalogue, times: int) -> None:
    """Copies are as like as each other: there the length of the title and the code decide."""
    some = replace(shipped, procedures=dict(list(shipped.procedures.items())[:600]))
    larger = multiplied(some, times)
    assert families(larger) == one_by_one(larger)
