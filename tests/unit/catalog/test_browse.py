"""Shelves: every procedure in force on exactly one shelf of a field, what people need most in front."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.catalog.browse import Shelf, by_need, shelves_by_agency, shelves_by_field
from bot.catalog.guide import Guide
from bot.catalog.model import AgencyKind, Catalogue
from tests.unit.shipped import shipped_guide


def in_force(catalogue: Catalogue) -> set[str]:
    return {code for code, procedure in catalogue.procedures.items() if procedure.superseded_by is None}


def needed(catalogue: Catalogue) -> set[str]:
    return {code for event in catalogue.life_events for code in event.codes}


def test_shelves_of_the_second_province(second: Catalogue) -> None:
    assert shelves_by_field(second) == (
        Shelf("ho-tich", "Hộ tịch", ("1.900001", "1.900002")),
        Shelf("cu-tru", "Cư trú", ("1.900005",)),
        Shelf("dat-dai", "Đất đai", ("1.900003",)),
    )
    assert shelves_by_agency(second) == (
        Shelf("H99.05", "Sở Nông nghiệp và Môi trường", ("1.900003",)),
        Shelf("H99", "Ủy ban nhân dân tỉnh Mẫu", ("1.900002",)),
        Shelf("H99.100", "Ủy ban nhân dân phường Bình Mẫu", ("1.900001", "1.900002")),
        Shelf("H99.101", "Ủy ban nhân dân xã An Mẫu", ("1.900001", "1.900002")),
    )


def test_every_procedure_in_force_stands_on_exactly_one_shelf_of_a_field(shipped: Catalogue) -> None:
    standing = Counter(code for shelf in shipped_guide().fields for code in shelf.codes)
    assert standing == Counter(in_force(shipped))
    assert all(shelf.codes for shelf in shipped_guide().fields)


def test_every_published_service_in_force_stands_at_its_agencies(shipped: Catalogue) -> None:
    shelves = {shelf.id: set(shelf.codes) for shelf in shipped_guide().agencies}
    offered = {
        (agency, code)
        for code in in_force(shipped)
        for service in shipped.services.get(code, ())
        for agency in service.agencies
    }
    assert {(agency, code) for agency, codes in shelves.items() for code in codes} == offered


def test_departments_come_first_and_communes_before_the_others(shipped: Catalogue) -> None:
    kinds = [shipped.agencies[shelf.id].kind for shelf in shipped_guide().agencies]
    first = kinds.index(AgencyKind.COMMUNE)
    last = len(kinds) - kinds[::-1].index(AgencyKind.COMMUNE)
    assert kinds[0] is AgencyKind.DEPARTMENT
    assert set(kinds[first:last]) == {AgencyKind.COMMUNE}
    assert {AgencyKind.DEPARTMENT, AgencyKind.COMMUNE}.isdisjoint(kinds[last:])


def test_what_is_needed_most_comes_first_everywhere(shipped: Catalogue) -> None:
    order = by_need(shipped)
    most = needed(shipped)
    assert set(order[: len(most)]) == most
    rank = shipped_guide().rank
    assert rank == {code: place for place, code in enumerate(order)}
    for shelf in (*shipped_guide().fields, *shipped_guide().agencies):
        assert sorted(shelf.codes, key=rank.__getitem__) == list(shelf.codes)


def test_a_guide_does_not_depend_on_the_order_of_the_file(second: Catalogue) -> None:
    turned = replace(second, procedures={code: second.procedures[code] for code in reversed(list(second.procedures))})
    assert Guide.of(turned).fields == Guide.of(second).fields
    assert Guide.of(turned).kin == Guide.of(second).kin
