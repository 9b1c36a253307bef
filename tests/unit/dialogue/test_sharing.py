"""What links that are shared lead to, and where they come from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.catalog.model import Field
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import MAX_ID_CHARS, CardChoice, FieldChoice, FieldsChoice, LifeEventChoice, SharedChoice
from bot.dialogue.sharing import MOST_TARGET_CHARS, Shareable, choice_of, target_of, via_of
from bot.dialogue.signed_links import ShareLink, Signer
from bot.store.sharing import Via
from tests.unit.handlers.example import catalogue

SHIPPED = Path(__file__).resolve().parents[3] / "catalog_data"
LONG = "f" + "-dai" * 30
SIGNER = Signer(b"k" * 32)


@pytest.mark.parametrize(
    ("choice", "target"),
    [
        (CardChoice("1.000001"), "1000001"),
        (LifeEventChoice("birth"), "e-birth"),
        (FieldChoice("ho-tich"), "f-ho-tich"),
        (FieldChoice(LONG), f"f-{LONG}"[:MOST_TARGET_CHARS]),
    ],
)
def test_there_and_back(choice: Shareable, target: str) -> None:
    known = replace(catalogue(), fields={**catalogue().fields, LONG: Field(LONG, "Dài", official=True)})
    assert (target_of(choice), choice_of(known, target)) == (target, choice)


@pytest.mark.parametrize(
    ("target", "choice"),
    [
        ("1999999", CardChoice("1.999999")),
        ("e-gone", FieldsChoice()),
        ("f-gone", FieldsChoice()),
        ("x", FieldsChoice()),
    ],
)
def test_what_is_gone_leads_somewhere(target: str, choice: object) -> None:
    assert choice_of(catalogue(), target) == choice


def test_the_place_of_a_link_is_a_commune_of_today() -> None:
    known = catalogue()
    commune = known.communes["H99.101"]
    assert via_of(known, ShareLink("1000001", 3, commune.statistics_code)) == Via(3, "H99.101")
    assert via_of(known, ShareLink("1000001", 3, "99999")) == Via(3, "")
    assert via_of(known, ShareLink("1000001")) == Via(0, "")


def test_everything_that_has_a_page_can_be_shared_and_sent_back() -> None:
    known = load_catalogue(SHIPPED)
    pages: list[Shareable] = [
        *(LifeEventChoice(event.id) for event in known.life_events),
        *(FieldChoice(field_id) for field_id in known.fields),
        *(CardChoice(code) for code in known.procedures),
    ]
    for page in pages:
        link = ShareLink(target_of(page), 999_999, "99999")
        choice = str(SharedChoice(SIGNER.share_id(link)))
        assert (choice_of(known, link.target), SIGNER.share_link(SIGNER.share_id(link))) == (page, link)
        assert len(choice) <= MAX_ID_CHARS
        assert parse(choice) == SharedChoice(SIGNER.share_id(link))
