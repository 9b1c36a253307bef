"""What was told looks old, as somebody says: by a choice or in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.choices import HelpfulChoice, Opinion, StaleChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome
from bot.ratings.model import Subject
from handlers import choice_expired
from handlers.find import find
from handlers.helpful import helpful
from handlers.stale import said_old, stale
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
WAITING = (Choice("tt:1.000006", "Kết hôn"),)
CONVERSATION = Conversation(
    waiting=WAITING, asks=("fee",), procedure="1.000001", agency="H99.101", others=("1.000006",)
)
PAGE = Link("Mở trang thủ tục trên Cổng Dịch vụ công quốc gia", "https://portal.test/p/aaaa")
TEXT = (
    "Cảm ơn anh/chị đã báo. Cán bộ sẽ xem lại thông tin này.\n"
    "Trong lúc chờ, anh/chị xem trang của thủ tục trên Cổng. Cán bộ không nhắn lại riêng cho từng người.\n"
    "Muốn hỏi người thật thì đến Trung tâm Phục vụ hành chính công gần nhất."
)
NOTED = Outcome(
    Reply(
        Status.HELPFULNESS,
        TEXT,
        (Choice("other", "Xem việc khác gần giống"), Choice("menu", "Tìm theo cách khác"), AGAIN),
        (PAGE,),
    ),
    *(WAITING, ("fee",), "1.000001", "H99.101", ("1.000006",)),
    opinion=Opinion.OLD,
    stale=Subject("1.000001", agency="H99.101"),
)


def test_it_is_noted_and_the_portals_page_is_offered_meanwhile() -> None:
    assert stale(turn(target=StaleChoice("1.000001", "H99.101"), conversation=CONVERSATION)) == NOTED


def test_of_all_agencies() -> None:
    noted = replace(NOTED, stale=Subject("1.000001"))
    assert stale(turn(target=StaleChoice("1.000001"), conversation=CONVERSATION)) == noted


def test_an_agency_that_nobody_knows_is_left_out() -> None:
    noted = replace(NOTED, stale=Subject("1.000001"))
    assert stale(turn(target=StaleChoice("1.000001", "H99.999"), conversation=CONVERSATION)) == noted


def test_of_a_code_that_was_replaced_what_took_its_place_is_meant() -> None:
    assert stale(turn(target=StaleChoice("1.000005", "H99.101"), conversation=CONVERSATION)) == NOTED


@pytest.mark.parametrize("target", [StaleChoice("9.999999"), StartChoice()])
def test_anything_else_is_expired(target: StaleChoice | StartChoice) -> None:
    given = turn(target=target, conversation=CONVERSATION)
    assert stale(given) == choice_expired.expired(given)


def test_who_said_it_with_an_older_button_is_heard_the_same() -> None:
    assert helpful(turn(target=HelpfulChoice(Opinion.OLD), conversation=CONVERSATION)) == NOTED


@pytest.mark.parametrize(
    "words",
    [
        "thông tin này cũ rồi",
        "thong tin nay cu roi",
        "Câu trả lời cũ rồi ạ!",
        "sai rồi, quy định mới",
        "có quy định mới rồi mà",
        "thông tin có vẻ đã cũ",
        "nội dung này lỗi thời rồi",
        "thông tin ni cũ rồi",
    ],
)
def test_the_words_say_the_same(words: str) -> None:
    given = turn(words, conversation=CONVERSATION)
    expected = replace(NOTED, view=StaleChoice("1.000001", "H99.101"))
    assert (said_old(given), find(given)) == (expected, expected)


@pytest.mark.parametrize(
    "words",
    [
        "giấy tờ cũ",
        "bằng cũ",
        "đổi bằng cũ sang bằng mới",
        "sổ đỏ cũ rồi",
        "thông tin trên giấy khai sinh cũ",
        "tên cũ",
        "em chưa cập nhật",
        "thay đổi thông tin",
        "khai sinh",
        "sai rồi",
        "xã cũ",
    ],
)
def test_papers_that_are_old_are_another_matter(words: str) -> None:
    assert said_old(turn(words, conversation=CONVERSATION)) is None


def test_with_nothing_on_the_screen_it_is_asked_what_is_meant() -> None:
    assert said_old(turn("thông tin này cũ rồi")) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Anh/chị nói về thủ tục nào? Anh/chị viết tên thủ tục, xem câu trả lời rồi báo lại giúp tôi.",
            (AGAIN,),
        )
    )


def test_in_english() -> None:
    given = turn("this information seems out of date", conversation=CONVERSATION, language="en")
    said = said_old(given)
    assert said is not None
    assert (said.stale, said.reply.text.split("\n")[0]) == (
        Subject("1.000001", agency="H99.101"),
        "Thank you for telling us. Staff will look at this information again.",
    )
