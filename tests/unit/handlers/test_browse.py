"""Browsing without typing: situations in life, fields, agencies, page by page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import Agency, AgencyKind, Catalogue, Field, LifeEvent, OnlineLevel
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    CardChoice,
    FieldChoice,
    FieldsChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    ListBy,
    ListedLevel,
    OnlineListChoice,
    Target,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Handler
from handlers import browse, choice_expired, online_list
from handlers.offering import MOST
from tests.unit.handlers.example import catalogue, procedure, service, turn

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


def many(count: int) -> Catalogue:
    """So many procedures more about minerals, on which the department decides, and so many fields more."""
    data = catalogue()
    codes = [f"2.0000{n:02}" for n in range(1, count + 1)]
    added = {code: procedure(code, f"Việc {code[-2:]}", field="khoang-san") for code in codes}
    fields = {f"field-{n}": Field(f"field-{n}", f"Lĩnh vực {n}", official=True, name_en="") for n in range(count)}
    added |= {f"3.0000{n:02}": procedure(f"3.0000{n:02}", f"Việc {n}", field=f"field-{n}") for n in range(count)}
    services = {code: (service(code, "H99.05", OnlineLevel.FULL),) for code in codes}
    return replace(
        data,
        procedures={**data.procedures, **added},
        services={**data.services, **services},
        fields={**data.fields, **fields},
    )


Paged = FieldsChoice | AgenciesChoice | FieldChoice | AgencyChoice | OnlineListChoice


@pytest.mark.parametrize(
    ("handler", "view", "head"),
    [
        (browse.fields, FieldsChoice(), "Có 16 lĩnh vực. Anh/chị viết một chữ để tìm nhanh, ví dụ: đất."),
        (browse.agencies, AgenciesChoice(), "Cơ quan nào giải quyết? Anh/chị viết một chữ trong tên để tìm nhanh."),
        (browse.field, FieldChoice("khoang-san"), "Khoáng sản: 14 việc. Anh/chị viết một chữ để tìm nhanh."),
        (browse.agency, AgencyChoice("H99.05"), "Sở Đất đai: 15 việc. Anh/chị viết một chữ để tìm nhanh."),
        (
            online_list.online_list,
            OnlineListChoice(ListBy.FIELD, "khoang-san", ListedLevel.FULL),
            "Khoáng sản, làm được toàn bộ trên mạng: 13 việc. Anh/chị viết một chữ để tìm nhanh.",
        ),
        (
            online_list.online_list,
            OnlineListChoice(ListBy.FIELD),
            "Anh/chị chọn để xem từng phần. Số trước là số việc làm được toàn bộ trên mạng, số sau là tất cả.",
        ),
    ],
)
def test_pages_lead_on_and_back_and_say_how_far_one_has_come(handler: Handler, view: Paged, head: str) -> None:
    data = many(13)
    if handler is browse.agencies:
        codes = [f"H99.2{n:02}" for n in range(11)]
        more = {code: Agency(code, f"Sở số {code}", None, AgencyKind.DEPARTMENT, "", ()) for code in codes}
        offered = replace(data.services["1.000001"][0], agencies=tuple(codes))
        services = {**data.services, "1.000001": (*data.services["1.000001"], offered)}
        data = replace(data, agencies={**data.agencies, **more}, services=services)
    replies = []
    page: Paged = view
    while (reply := handler(turn(target=page, data=data)).reply).status is Status.BROWSED:
        replies.append(reply)
        page = replace(page, page=page.page + 1)
    heads = [reply.text.split("\n")[0] for reply in replies]
    assert heads == [head, *(f"{head} Trang {n} trong {len(replies)}." for n in range(2, len(replies) + 1))]
    assert len(replies) > 1
    for number, reply in enumerate(replies[:-1], start=1):
        onward = replace(view, page=number + 1)
        assert [choice.id for choice in reply.choices[6:]] == [str(onward), "back"]
    assert all(len(reply.choices) <= MOST for reply in replies)
    assert BACK in replies[-1].choices


def test_seven_need_no_second_page_eight_do() -> None:
    seven, eight = (
        browse.field(turn(target=FieldChoice("khoang-san"), data=many(count - 1))).reply for count in (7, 8)
    )
    assert (seven.text, len(seven.choices), seven.choices[-1]) == ("Khoáng sản: 7 việc.", 8, BACK)
    assert [choice.id for choice in eight.choices[6:]] == ["fi:khoang-san:2", "back"]


def test_fields_with_those_needed_most_in_front() -> None:
    assert browse.fields(turn(target=FieldsChoice())).reply == Reply(
        Status.BROWSED,
        "Có 3 lĩnh vực. Anh/chị viết một chữ để tìm nhanh, ví dụ: đất.",
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
        "Cơ quan nào giải quyết? Anh/chị viết một chữ trong tên để tìm nhanh.",
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
