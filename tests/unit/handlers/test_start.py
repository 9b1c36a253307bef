"""The beginning and the ways to browse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import LifeEvent, MostUsed
from bot.dialogue.choices import StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from handlers import choice_expired
from handlers.start import menu, start
from tests.unit.handlers.example import catalogue, turn

MENU = Choice("menu", "Tìm theo cách khác")
FIRST = (Choice("tt:1.000001", "Khai sinh"), Choice("lg:1", "Gia đình"), MENU)
GREETING = """Xin chào. Tôi là Một Cửa Mẫu, trợ lý trả lời tự động của Ủy ban nhân dân tỉnh Mẫu.
Anh/chị cần làm thủ tục gì? Cứ viết như nói hằng ngày, không dấu cũng được.
Tôi không lưu lời nhắn. Xin đừng gửi số căn cước, số điện thoại hay mã OTP."""


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
