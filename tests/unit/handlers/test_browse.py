"""Browsing without typing: situations in life, fields, agencies, page by page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import LifeEvent
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    CardChoice,
    FieldChoice,
    FieldsChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    Target,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Handler
from handlers import browse, choice_expired
from tests.unit.handlers.example import catalogue, procedure, turn

AGAIN = Choice("start", "Việc khác")
BACK = Choice("back", "Quay lại")
BIRTHS = (Choice("tt:1.000001", "Khai sinh: lần đầu"), Choice("tt:1.000009", "Nhận cha, mẹ, con"))


def test_a_group_of_situations() -> None:
    assert browse.life_event_group(turn(target=LifeEventGroupChoice(1))).reply == Reply(
        Status.BROWSED,
        "Gia đình: anh/chị cần mục nào?",
        (Choice("le:birth", "Sinh con"), Choice("menu", "Tìm theo cách khác")),
    )
    assert browse.life_event_group(turn(target=LifeEventGroupChoice(1), language="en")).reply.text == (
        "Family: which one do you need?"
    )


def test_groups_are_numbered_in_the_order_of_their_first_situation_and_empty_ones_are_left_out() -> None:
    events = (
        LifeEvent("none", "Trống", (), group="Trống"),
        LifeEvent("land", "Đất", ("1.000003",), group="Đất"),
        LifeEvent("birth", "Sinh con", ("1.000001",), group="Nhà"),
        LifeEvent("house", "Nhà", ("1.000008",), group="Đất"),
    )
    data = catalogue(events)
    assert [
        [choice.id for choice in browse.life_event_group(turn(target=LifeEventGroupChoice(n), data=data)).reply.choices]
        for n in (1, 2, 3)
    ] == [["le:land", "le:house", "menu"], ["le:birth", "menu"], ["start"]]


def test_a_situation() -> None:
    assert browse.life_event(turn(target=LifeEventChoice("birth"))).reply == Reply(
        Status.BROWSED, "Sinh con: anh/chị cần việc nào?", (*BIRTHS, BACK, AGAIN)
    )


def test_a_situation_by_pages() -> None:
    codes = tuple(f"2.0000{n:02}" for n in range(1, 11))
    data = catalogue((LifeEvent("many", "Nhiều việc", codes, group="Nhà"),))
    data = replace(data, procedures={**data.procedures, **{code: procedure(code, f"Việc {code}") for code in codes}})
    pages = [browse.life_event(turn(target=LifeEventChoice("many", n), data=data)).reply.choices for n in (1, 2)]
    cards = tuple(Choice(f"tt:{code}", f"Việc {code}") for code in codes)
    assert pages == [(*cards[:7], Choice("le:many:2", "Xem tiếp")), (*cards[7:], BACK, AGAIN)]


def test_fields_with_those_needed_most_in_front() -> None:
    assert browse.fields(turn(target=FieldsChoice())).reply == Reply(
        Status.BROWSED,
        "Có 3 lĩnh vực. Viết một chữ để lọc, ví dụ: đất.",
        (
            Choice("fi:ho-tich", "Hộ tịch (5)"),
            Choice("fi:dat-dai", "Đất đai (2)"),
            Choice("fi:khoang-san", "Khoáng sản (1)"),
            BACK,
            AGAIN,
        ),
    )


def test_a_field() -> None:
    assert browse.field(turn(target=FieldChoice("dat-dai"))).reply == Reply(
        Status.BROWSED,
        "Đất đai: 2 việc.",
        (
            Choice("tt:1.000003", "Tách thửa đất (1.000003)"),
            Choice("tt:1.000008", "Tách thửa đất (1.000008)"),
            BACK,
            AGAIN,
        ),
    )
    assert browse.field(turn(target=FieldChoice("dat-dai"), language="en")).reply.text == "Land: 2 procedures."


OTHERS = (
    Choice("ag:H99.05", "Sở Đất đai (2)"),
    Choice("ag:H99.05.06.1", "Chi nhánh Văn phòng Đăng ký Núi (1)"),
    Choice("ag:H99.05.06.2", "Chi nhánh Văn phòng Đăng ký Biển (1)"),
    BACK,
    AGAIN,
)


def test_agencies_begin_with_how_to_choose_ones_commune() -> None:
    assert browse.agencies(turn(target=AgenciesChoice())).reply == Reply(
        Status.BROWSED,
        "Cơ quan nào giải quyết? Viết một chữ trong tên để lọc.",
        (Choice("cm", "Xã, phường của tôi"), *OTHERS),
    )


def test_agencies_begin_with_ones_commune() -> None:
    conversation = Conversation(profile=Profile(commune="H99.101", commune_asked=True))
    assert browse.agencies(turn(target=AgenciesChoice(), conversation=conversation)).reply.choices == (
        Choice("ag:H99.101", "Bình Minh"),
        *OTHERS,
    )


def test_an_agency() -> None:
    reply = browse.agency(turn(target=AgencyChoice("H99.102"))).reply
    assert reply == Reply(
        Status.BROWSED,
        "Cửa Lò: 3 việc.",
        (
            Choice("tt:1.000001", "Khai sinh: lần đầu"),
            Choice("tt:1.000003", "Tách thửa đất"),
            Choice("tt:1.000006", "Đăng ký kết hôn"),
            BACK,
            AGAIN,
        ),
    )


@pytest.mark.parametrize(
    ("handler", "target"),
    [
        (browse.life_event_group, LifeEventGroupChoice(2)),
        (browse.life_event_group, CardChoice("1.000001")),
        (browse.life_event, LifeEventChoice("nowhere")),
        (browse.life_event, LifeEventChoice("birth", 2)),
        (browse.life_event, CardChoice("1.000001")),
        (browse.fields, FieldsChoice(2)),
        (browse.field, FieldChoice("nowhere")),
        (browse.field, FieldChoice("dat-dai", 2)),
        (browse.field, None),
        (browse.agencies, AgenciesChoice(2)),
        (browse.agency, AgencyChoice("H99.06")),
        (browse.agency, AgencyChoice("H99")),
        (browse.agency, AgencyChoice("H99.102", 2)),
    ],
)
def test_what_is_not_there_is_an_expired_choice(handler: Handler, target: Target | None) -> None:
    given = turn(target=target)
    assert handler(given) == choice_expired.expired(given)
