"""The shipped catalogue: whole, without problems, and quick to load."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from bot.catalog.codes import is_public_code, parse_code
from bot.catalog.load import check_catalogue, load_catalogue
from bot.catalog.lookup import levels, portal_link, successor
from bot.catalog.model import AgencyKind, Catalogue, OnlineLevel
from tests.unit.catalog.conftest import SHIPPED


def test_has_no_problems() -> None:
    assert [str(problem) for problem in check_catalogue(SHIPPED)] == []


def test_is_whole(shipped: Catalogue) -> None:
    former = [unit for commune in shipped.communes.values() for unit in commune.former_units]

    assert {
        "procedures": len(shipped.procedures),
        "with services": len(shipped.services),
        "services": sum(map(len, shipped.services.values())),
        "communes": len(shipped.communes),
        "former units": len({(unit.name, unit.district) for unit in former}),
        "split": len({(unit.name, unit.district) for unit in former if not unit.whole}),
        "superseded": sum(p.superseded_by is not None for p in shipped.procedures.values()),
        "maybe superseded": sum(p.maybe_superseded for p in shipped.procedures.values()),
        "targets": len(shipped.targets),
        "decisions": len(shipped.decisions),
    } == {
        "procedures": 2785,
        "with services": 1894,
        "services": 1946,
        "communes": 69,
        "former units": 209,
        "split": 2,
        "superseded": 20,
        "maybe superseded": 161,
        "targets": 10,
        "decisions": 15,
    }


def test_agencies_by_kind(shipped: Catalogue) -> None:
    assert Counter(agency.kind for agency in shipped.agencies.values()) == {
        AgencyKind.PEOPLES_COMMITTEE: 2,
        AgencyKind.DEPARTMENT: 14,
        AgencyKind.COMMUNE: 69,
        AgencyKind.BRANCH: 20,
        AgencyKind.MILITARY: 70,
        AgencyKind.INSURANCE: 7,
        AgencyKind.BANK: 1,
        AgencyKind.POLICE: 2,
        AgencyKind.TAX: 1,
        AgencyKind.SERVICE_CENTRE: 2,
        AgencyKind.OTHER: 3,
    }


def test_level_differs_between_communes_where_it_is_published_so(shipped: Catalogue) -> None:
    full, partial = levels(shipped, "1.116156").items()

    assert [(level, len(agencies), agencies[0], agencies[-1]) for level, agencies in (full, partial)] == [
        (OnlineLevel.FULL, 60, "H27.100", "H27.159"),
        (OnlineLevel.PARTIAL, 9, "H27.160", "H27.168"),
    ]


def test_no_internal_code_and_every_code_is_read_back(shipped: Catalogue) -> None:
    assert all(is_public_code(code) and parse_code(code) == code for code in shipped.procedures)


@pytest.mark.parametrize(("old", "new"), [("1.014061", "1.116410"), ("1.013066", "1.115970"), ("2.000986", "3.000722")])
def test_superseded_codes_lead_to_what_took_their_place(shipped: Catalogue, old: str, new: str) -> None:
    assert successor(shipped, old) == new


def test_every_link_is_whole(shipped: Catalogue) -> None:
    links = {portal_link(shipped, procedure) for procedure in shipped.procedures.values()}

    assert len(links) == len(shipped.procedures)
    assert {link for link in links if not link.startswith("https://dichvucong.gov.vn/t") or "{" in link} == set()


def test_every_field_leads_to_procedures(shipped: Catalogue) -> None:
    assert shipped.fields.keys() - {procedure.field_id for procedure in shipped.procedures.values()} == set()


def test_the_most_needed_procedures_have_a_label_by_hand(shipped: Catalogue) -> None:
    needed = {code for event in shipped.life_events for code in event.codes}
    labelled = {code for code, procedure in shipped.procedures.items() if procedure.label}

    assert len(needed) >= 100
    assert needed - labelled == set()
    assert len(labelled) >= 300


def test_loads_in_under_a_second() -> None:
    seconds = []
    for _ in range(3):
        start = time.process_time()
        load_catalogue(SHIPPED)
        seconds.append(time.process_time() - start)

    assert min(seconds) < 1
