"""The beginning and the ways to browse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import LifeEvent, MostUsed
from bot.dialogue.choices import PrivacyChoice, PrivacyStep, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from handlers import choice_expired
from handlers.start import introduce, menu, start
from tests.unit.handlers.example import catalogue, turn

MENU = Choice("menu", "Tìm theo cách khác")
FIRST = (Choice("tt:1.000001", "Khai sinh"), Choice("lg:1", "Gia đình"), MENU)
GREETING = """Xin chào. Tôi là Một Cửa Mẫu, trợ lý trả lời tự động của Ủy ban nhân dân tỉnh Mẫu.
Anh/chị cần làm thủ tục gì? Cứ viết như nói hằng ngày, không dấu cũng được.
Tôi không giữ lời nhắn, trừ câu ngắn chưa tìm ra, giữ mà không biết ai viết.
Xin đừng gửi số căn cước, số điện thoại hay mã OTP."""


def test_start_greets_names_what_is_used_most_and_says_what_is_kept() -> None:
    assert start(turn()).reply == Reply(
        Status.STARTED,
        f"{GREETING}\nNhiều người hỏi: khai sinh.",
        FIRST,
        (Link("Thông tin của anh/chị được giữ thế nào", "https://site.test/rieng-tu"),),
    )


def test_who_comes_back_is_not_greeted_twice() -> None:
    given = turn(target=StartChoice(), conversation=Conversation(trail=("start", "menu")))
    assert start(given).reply == Reply(
        Status.STARTED, "Anh/chị cần làm việc gì? Cứ viết như nói hằng ngày, hoặc chọn dưới đây.", FIRST
    )


def test_start_without_anything_to_show() -> None:
    reply = start(turn(data=replace(catalogue(()), most_used=()))).reply
    assert (reply.text, reply.choices) == (GREETING, (MENU,))


def test_eight_choices_on_the_first_page_and_the_rest_of_the_most_used_on_the_second() -> None:
    used = tuple(MostUsed(f"1.00000{n}", f"Việc {n}", f"Thing {n}") for n in (1, 2, 3, 4, 6, 7, 8, 9))
    events = tuple(LifeEvent(f"e{n}", f"Việc {n}", ("1.000001",), group=f"Nhóm {n}") for n in (1, 2, 3, 4))
    data = replace(catalogue(events), most_used=used)
    services = tuple(Choice(f"tt:{one.code}", one.name) for one in used)
    assert start(turn(data=data)).reply.choices == (
        *services[:4],
        Choice("start:2", "Việc khác nhiều người hỏi"),
        Choice("lg:1", "Nhóm 1"),
        Choice("lg:2", "Nhóm 2"),
        MENU,
    )
    assert start(turn(target=StartChoice(2), data=data)).reply == Reply(
        Status.STARTED, "Những việc khác nhiều người hỏi. Anh/chị chọn, hoặc viết việc mình cần.", services[4:]
    )


@pytest.mark.parametrize("page", [2, 3])
def test_a_page_that_is_not_there(page: int) -> None:
    given = turn(target=StartChoice(page))
    assert start(given) == choice_expired.expired(given)


def test_menu() -> None:
    assert menu(turn()).reply == Reply(
        Status.BROWSED,
        "Anh/chị muốn tìm theo cách nào?",
        (
            Choice("lg:1", "Gia đình"),
            Choice("fi", "Theo lĩnh vực"),
            Choice("ag", "Theo cơ quan giải quyết"),
            Choice("ol", "Việc nào làm được trên mạng"),
            Choice("cm", "Xã, phường của tôi"),
            Choice("help", "Hướng dẫn"),
            Choice("lang:en", "English"),
        ),
    )


def test_menu_in_english_leads_back_to_vietnamese() -> None:
    reply = menu(turn(language="en")).reply
    assert (reply.text, reply.choices[0], reply.choices[-1]) == (
        "How would you like to search?",
        Choice("lg:1", "Family"),
        Choice("lang:vi", "Tiếng Việt"),
    )


INTRODUCTION = (
    "Tôi là Một Cửa Mẫu, trợ lý trả lời tự động của Ủy ban nhân dân tỉnh Mẫu. "
    "Xin đừng gửi số căn cước, số điện thoại hay mã OTP."
)
PRIVACY = Link("Thông tin của anh/chị được giữ thế nào", "https://site.test/rieng-tu")
PORTAL = Link("Mở Cổng Dịch vụ công quốc gia", "https://portal.test")


@pytest.mark.parametrize("status", [Status.ASKED_BACK, Status.BROWSED, Status.OUT_OF_SCOPE, Status.NOT_TEXT])
def test_who_was_not_greeted_is_told_first_who_answers(status: Status) -> None:
    given = Outcome(Reply(status, "Việc nào?", FIRST, (PORTAL,)))
    assert introduce(turn(), given) == Outcome(Reply(status, f"{INTRODUCTION}\n\nViệc nào?", FIRST, (PORTAL, PRIVACY)))


def test_a_card_and_a_call_for_help_come_before_who_answers() -> None:
    card = Outcome(Reply(Status.ANSWERED, "Đăng ký khai sinh\nMã 1.000001."))
    fire = Outcome(Reply(Status.OUT_OF_SCOPE, "Gọi 114 ngay."), urgent="emergency_fire")
    assert [introduce(turn(), given).reply.text for given in (card, fire)] == [
        f"Đăng ký khai sinh\nMã 1.000001.\n\n{INTRODUCTION}",
        f"Gọi 114 ngay.\n\n{INTRODUCTION}",
    ]


@pytest.mark.parametrize(
    "given",
    [
        start(turn()),
        Outcome(Reply(Status.OUT_OF_SCOPE, "Xin chào, tôi là Một Cửa Mẫu. Anh/chị cần gì?")),
        Outcome(Reply(Status.HELPED, "Tôi là Một Cửa Mẫu, chương trình trả lời tự động.", links=(PRIVACY,))),
        Outcome(Reply(Status.ASKED_BACK, "Xóa hết?"), view=PrivacyChoice(PrivacyStep.ASKED)),
        Outcome(Reply(Status.PERSONAL_DATA_REFUSED, "Xin đừng gửi số giấy tờ.")),
        Outcome(Reply(Status.FAILED, "Xin lỗi.")),
    ],
)
def test_who_answers_is_not_said_twice_nor_beside_private_data(given: Outcome) -> None:
    assert introduce(turn(), given) == given


def test_no_link_stands_there_twice() -> None:
    given = Outcome(Reply(Status.HELPED, "Một Cửa Mẫu soạn.", links=(PRIVACY,)))
    assert introduce(turn(), given) == Outcome(
        Reply(Status.HELPED, f"{INTRODUCTION}\n\nMột Cửa Mẫu soạn.", links=(PRIVACY,))
    )


def test_who_chose_english_first_is_told_in_english() -> None:
    given = Outcome(Reply(Status.REMEMBERED, "I will answer in English."), profile=Profile(language="en"))
    assert introduce(turn(), given).reply == Reply(
        Status.REMEMBERED,
        "I am Một Cửa Mẫu, the automatic assistant of the People's Committee of Mẫu province. "
        "Please do not send identity numbers, phone numbers or one-time codes.\n\n"
        "I will answer in English.",
        links=(Link("How your data is kept", "https://site.test/rieng-tu"),),
    )
