"""Where a dossier may be handed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.filing import FilingPlace, place_of_filing
from bot.catalog.model import Catalogue, Tier
from tests.unit.catalog.conftest import Tiny


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("1.001193", FilingPlace.SERVICE_CENTRE),
        ("1.116257", FilingPlace.SERVICE_CENTRE),
        ("1.116410", FilingPlace.POLICE),
        ("1.115970", FilingPlace.POLICE),
        ("1.013133", FilingPlace.MILITARY),
        ("1.000107", FilingPlace.BANK),
        ("1.001613", FilingPlace.INSURANCE),
        ("1.000005", FilingPlace.CUSTOMS),
        ("2.002321", FilingPlace.TAX),
        ("3.000163", FilingPlace.COURT),
        ("3.000114", FilingPlace.OTHER),
        ("1.005103", FilingPlace.OTHER),
        ("2.001955", FilingPlace.SERVICE_CENTRE),
        ("1.014352", FilingPlace.SERVICE_CENTRE),
    ],
)
def test_shipped_procedures(shipped: Catalogue, code: str, place: FilingPlace) -> None:
    assert place_of_filing(shipped, shipped.procedures[code]) is place


def test_a_topic_of_ours_does_not_decide(second: Catalogue) -> None:
    official = replace(second.procedures["1.900005"], field_id="thue", field_is_official=True)

    assert place_of_filing(second, official) is FilingPlace.TAX
    assert place_of_filing(second, replace(official, field_is_official=False)) is FilingPlace.POLICE


def test_agencies_go_before_the_ministry(tiny: Tiny) -> None:
    tiny.change("procedures.csv", "TX,Bộ Tư pháp", "TX,Bộ Công an")
    catalogue = tiny.load()

    assert place_of_filing(catalogue, catalogue.procedures["1.900002"]) is FilingPlace.SERVICE_CENTRE


def test_a_body_of_its_own_is_other(second: Catalogue) -> None:
    procedure = replace(second.procedures["1.900005"], ministry="Bộ Xây dựng", tiers=frozenset({Tier.OTHER}))

    assert place_of_filing(second, procedure) is FilingPlace.OTHER
    assert place_of_filing(second, replace(procedure, tiers=frozenset())) is FilingPlace.SERVICE_CENTRE
