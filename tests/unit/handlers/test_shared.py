"""What somebody sees who comes by a shared link, and what is known of the link."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.choices import (
    CardChoice,
    FieldChoice,
    FieldsChoice,
    LifeEventChoice,
    MenuChoice,
    SharedChoice,
    Target,
)
from bot.dialogue.messages import Status
from bot.dialogue.sharing import Came
from bot.dialogue.signed_links import ShareLink, Signer
from bot.dialogue.turn import Outcome
from bot.store.sharing import Via
from handlers import browse, card
from handlers.shared import shared
from tests.unit.handlers.example import catalogue, turn

SIGNER = Signer(b"k" * 32)
PLACE = catalogue().communes["H99.101"].statistics_code


def opened(choice: Target | None) -> Outcome:
    return shared(replace(turn(target=choice), share_link=SIGNER.share_link))


def linked(target: str, agency: str | None = None) -> Outcome:
    return opened(SharedChoice(SIGNER.share_id(ShareLink(target, 3, PLACE)), agency))


def came(target: str) -> Came:
    return Came(Via(3, "H99.101"), target)


def test_the_card_opens_as_if_it_had_been_tapped() -> None:
    choice = CardChoice("1.000001")
    assert linked("1000001") == replace(card.open_card(turn(target=choice)), came=came("tt:1.000001"))


def test_at_a_body() -> None:
    choice = CardChoice("1.000003", "H99.102")
    expected = replace(card.open_card(turn(target=choice)), came=came("tt:1.000003@H99.102"))
    assert linked("1000003", "H99.102") == expected


def test_a_situation_and_a_field_open_too() -> None:
    event, field = LifeEventChoice("birth"), FieldChoice("ho-tich")
    assert linked("e-birth") == replace(browse.life_event(turn(target=event)), view=event, came=came("le:birth"))
    assert linked("f-ho-tich") == replace(browse.field(turn(target=field)), view=field, came=came("fi:ho-tich"))


def test_what_is_gone_leads_to_the_fields() -> None:
    assert linked("e-gone") == replace(browse.fields(turn(target=FieldsChoice())), view=FieldsChoice(), came=came("fi"))


@pytest.mark.parametrize("link", ["1000001.3.18073.AAAAAA", "1000001...______"])
def test_a_link_that_is_not_ours_leads_on_and_is_nobodys(link: str) -> None:
    assert opened(SharedChoice(link)) == card.open_card(turn(target=CardChoice("1.000001")))


@pytest.mark.parametrize("choice", [MenuChoice(), None])
def test_anything_else_is_no_link(choice: Target | None) -> None:
    assert opened(choice).reply.status is Status.EXPIRED_CHOICE
