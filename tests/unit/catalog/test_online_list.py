from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.catalog.lookup import levels_at
from bot.catalog.model import Catalogue, OnlineLevel, Service, Tier
from bot.catalog.online_list import (
    Counts,
    OnlineList,
    Place,
    Row,
    Selection,
    Standing,
    build_list,
    count,
    select,
    tier_of,
)
from bot.settings import SHIPPED_CATALOGUE

BASE = load_catalogue(Path(__file__).parents[2] / "fixtures" / "second_province")
COMMUNES = ("H99.100", "H99.101")
LEVELS = st.sampled_from([OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.INFORMATION])


def service(code: str, number: int, agencies: tuple[str, ...], level: OnlineLevel, *, trial: bool = False) -> Service:
    return Service(f"{code}.{number:02}", code, "x", agencies, level, trial, "local", "dvc.mau.example.vn")


def with_services(*services: Service) -> Catalogue:
    grouped: dict[str, tuple[Service, ...]] = {}
    for one in services:
        grouped[one.code] = (*grouped.get(one.code, ()), one)
    return replace(BASE, services=grouped)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """The second province with other services: any level at any bodies."""
    found = [
        service(code, number, tuple(agencies), draw(LEVELS), trial=draw(st.booleans()))
        for code in BASE.procedures
        for number, agencies in enumerate(
            draw(st.lists(st.lists(st.sampled_from(list(BASE.agencies)), min_size=1, unique=True), max_size=3))
        )
    ]
    return with_services(*found)


def one_of(values: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values)


SELECTIONS = st.builds(
    Selection,
    standing=st.none() | st.sampled_from(Standing),
    tier=st.none() | st.sampled_from(Tier),
    field_id=one_of([*BASE.fields, "none"]),
    agency=one_of([*BASE.agencies, "none"]),
    commune=one_of(list(COMMUNES)),
)


def by_code(found: OnlineList) -> dict[str, tuple[Place, ...]]:
    return {row.procedure.code: row.places for row in found.rows}


def test_the_second_province() -> None:
    found = build_list(BASE)
    assert by_code(found) == {
        "1.900005": (Place(Tier.COMMUNE, Standing.UNKNOWN, (), trial=False),),
        "1.900003": (Place(Tier.PROVINCE, Standing.PARTIAL, ("H99.05",), trial=False),),
        "1.900002": (
            Place(Tier.PROVINCE, Standing.FULL, ("H99",), trial=False),
            Place(Tier.COMMUNE, Standing.PARTIAL, ("H99.101",), trial=True),
            Place(Tier.COMMUNE, Standing.BY_CASE, ("H99.100",), trial=False),
        ),
        "1.900001": (Place(Tier.COMMUNE, Standing.FULL, COMMUNES, trial=False),),
    }
    assert [row.procedure.code for row in found.rows] == ["1.900005", "1.900003", "1.900002", "1.900001"]
    assert found.counts == Counts(full=1, partial=1, differs=1, unknown=1)
    assert found.by_tier == {
        Tier.PROVINCE: Counts(full=1, partial=1),
        Tier.COMMUNE: Counts(full=1, differs=1, unknown=1),
        Tier.OTHER: Counts(),
    }
    assert found.by_field == {
        "cu-tru": Counts(unknown=1),
        "dat-dai": Counts(partial=1),
        "ho-tich": Counts(full=1, differs=1),
    }
    assert found.by_agency == {
        "H99": Counts(full=1),
        "H99.05": Counts(partial=1),
        "H99.100": Counts(full=1, by_case=1),
        "H99.101": Counts(full=1, partial=1),
    }
    assert found.source in BASE.sources
    assert (found.as_of, found.version) == (date(2026, 10, 3), BASE.version)


def test_the_level_at_one_commune() -> None:
    rows = select(build_list(BASE).rows, Selection(commune="H99.100"))
    assert {row.procedure.code: row.places for row in rows} == {
        "1.900005": (Place(Tier.COMMUNE, Standing.UNKNOWN, (), trial=False),),
        "1.900002": (Place(Tier.COMMUNE, Standing.BY_CASE, ("H99.100",), trial=False),),
        "1.900001": (Place(Tier.COMMUNE, Standing.FULL, ("H99.100",), trial=False),),
    }
    assert count(rows) == Counts(full=1, by_case=1, unknown=1)


def test_a_row_keeps_only_the_places_that_fit() -> None:
    rows = select(build_list(BASE).rows, Selection(standing=Standing.FULL, tier=Tier.PROVINCE))
    assert rows == (Row(BASE.procedures["1.900002"], (Place(Tier.PROVINCE, Standing.FULL, ("H99",), trial=False),)),)
    assert rows[0].standing is Standing.FULL


@pytest.mark.parametrize("code", ["5.900001", "6.900001"])
def test_internal_codes_never_appear(code: str) -> None:
    procedures = {**BASE.procedures, code: replace(BASE.procedures["1.900001"], code=code)}
    found = build_list(replace(BASE, procedures=procedures))
    assert code not in by_code(found)
    assert found.counts == build_list(BASE).counts


def test_a_source_that_is_missing_leaves_the_day_of_the_catalogue() -> None:
    found = build_list(replace(BASE, sources=()))
    assert (found.source, found.as_of) == (None, BASE.as_of)


@given(catalogues())
def test_every_body_stands_once_and_as_its_services_say(catalogue: Catalogue) -> None:
    for row in build_list(catalogue).rows:
        code = row.procedure.code
        told = {agency: place for place in row.places for agency in place.agencies}
        assert sum(len(place.agencies) for place in row.places) == len(told)
        assert told.keys() == {a for s in catalogue.services.get(code, ()) for a in s.agencies}
        for agency, place in told.items():
            levels = levels_at(catalogue, code, agency)
            expected = Standing.BY_CASE if len(levels) > 1 else Standing(levels[0].value)
            assert (place.standing, place.tier) == (expected, tier_of(catalogue, agency))
        if not told:
            assert {place.tier for place in row.places} == row.procedure.tiers
            assert row.standing is Standing.UNKNOWN


@given(catalogues(), SELECTIONS)
def test_counts_add_up(catalogue: Catalogue, selection: Selection) -> None:
    found = build_list(catalogue)
    rows = select(found.rows, selection)
    assert count(rows).procedures == len(rows)
    assert found.counts.procedures == sum(counts.procedures for counts in found.by_field.values())
    for agency, counts in found.by_agency.items():
        assert counts == count(select(found.rows, Selection(agency=agency)))
    for field, counts in found.by_field.items():
        assert counts == count(select(found.rows, Selection(field_id=field)))
    assert found.by_agency.keys() == {a for row in found.rows for place in row.places for a in place.agencies}


@given(catalogues(), SELECTIONS)
def test_conditions_may_be_applied_in_any_order_and_twice(catalogue: Catalogue, selection: Selection) -> None:
    rows = build_list(catalogue).rows
    together = select(rows, selection)
    single = [
        Selection(standing=selection.standing),
        Selection(tier=selection.tier),
        Selection(field_id=selection.field_id, agency=selection.agency),
        Selection(commune=selection.commune),
    ]
    for order in permutations(single):
        narrowed = rows
        for condition in order:
            narrowed = select(narrowed, condition)
        assert narrowed == together
    assert select(together, selection) == together


@given(catalogues(), SELECTIONS)
def test_a_selection_invents_nothing(catalogue: Catalogue, selection: Selection) -> None:
    rows = build_list(catalogue).rows
    whole = {row.procedure.code: row for row in rows}
    for row in select(rows, selection):
        for place in row.places:
            assert any(
                (p.tier, p.standing, p.trial) == (place.tier, place.standing, place.trial)
                and set(place.agencies) <= set(p.agencies)
                for p in whole[row.procedure.code].places
            )
    assert select(rows, Selection()) == rows


def test_the_shipped_list() -> None:
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    found = build_list(catalogue)
    in_force = [p for p in catalogue.procedures.values() if p.superseded_by is None]
    assert found.counts.procedures == len(found.rows) == len(in_force)
    assert found.counts.unknown == sum(p.code not in catalogue.services for p in in_force)
    assert {row.procedure.code[0] for row in found.rows} <= set("1234")
