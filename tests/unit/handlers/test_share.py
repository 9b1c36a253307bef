"""The text to send to others: whole, true by level, with nothing of the person who sends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.editorial import Editorial, Hiding
from bot.catalog.model import Removal
from bot.dialogue.choices import CardChoice, MenuChoice, ShareChoice, Target
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Forward, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from bot.texts import load_texts
from handlers.find import find
from handlers.share import share
from tests.unit.handlers.example import catalogue, turn

FORWARD = "Gửi cho người khác"
AT_HOME = Conversation(profile=Profile(commune="H99.101", commune_asked=True), procedure="1.000001")


def shared(target: Target | None, conversation: Conversation = AT_HOME) -> Outcome:
    return share(turn(target=target, conversation=conversation))


def test_the_text_is_whole_and_names_nobody() -> None:
    text = """Đăng ký khai sinh
Làm được toàn bộ trên mạng, ngay tại nhà.
Xem cách làm: https://site.test/tt/1.000001
Mã thủ tục: 1.000001"""
    reply = Reply(Status.SHARED, text, codes=("1.000001",), forward=Forward(FORWARD, "1.000001"))
    assert shared(ShareChoice("1.000001")) == Outcome(reply, procedure="1.000001")


def test_a_body_that_was_chosen_is_named_and_decides() -> None:
    reply = shared(ShareChoice("1.000003", "H99.102")).reply
    whole = shared(ShareChoice("1.000003")).reply
    assert reply.text == (
        "Tách thửa đất\nLàm được một phần trên mạng, còn ít nhất một bước không làm trên mạng được.\n"
        "Nơi giải quyết: Cửa Lò.\nXem cách làm: https://site.test/tt/1.000003?noi=H99.102\nMã thủ tục: 1.000003"
    )
    assert whole.text == (
        "Tách thửa đất\nLàm trên mạng được đến đâu thì tùy nơi.\n"
        "Xem cách làm: https://site.test/tt/1.000003\nMã thủ tục: 1.000003"
    )


@pytest.mark.parametrize(
    ("code", "home"),
    [
        ("1.000002", "Làm được một phần trên mạng, còn ít nhất một bước không làm trên mạng được."),
        ("1.000004", "Nộp được trên mạng, theo dữ liệu chung của cả nước."),
        ("1.000006", "Tùy trường hợp, làm được toàn bộ hoặc chỉ một phần trên mạng."),
        ("1.000007", "Dữ liệu chung của cả nước không ghi là thủ tục này nộp được trên mạng."),
        ("1.000009", "Chưa có dữ liệu thủ tục này làm trên mạng được đến đâu."),
    ],
)
def test_what_can_be_done_from_home_is_true(code: str, home: str) -> None:
    assert shared(ShareChoice(code)).reply.text.split("\n")[1] == home


def test_in_english() -> None:
    given = replace(turn(target=ShareChoice("1.000001")), texts=load_texts("en"))
    assert share(given).reply.text == (
        "Registration of birth\nAll of it can be done online, from home.\n"
        "How to do it: https://site.test/en/tt/1.000001\nProcedure code: 1.000001"
    )


def test_a_replaced_code_shares_its_successor_and_an_unknown_one_nothing() -> None:
    assert shared(ShareChoice("1.000005")).reply.codes == ("1.000001",)
    assert [shared(target).reply.status for target in (ShareChoice("9.999999"), MenuChoice(), None)] == [
        Status.EXPIRED_CHOICE
    ] * 3


def test_a_body_that_does_not_decide_is_left_out() -> None:
    assert shared(ShareChoice("1.000001", "H99.05")).reply == shared(ShareChoice("1.000001")).reply


@pytest.mark.parametrize(
    "words", ["chia sẻ", "Chia sẻ", "chia se", "gửi cho người khác", "share", "chuyển tiếp!", "gui cho ba con"]
)
def test_it_is_asked_for_in_words_while_a_card_is_open(words: str) -> None:
    asked = find(turn(words, conversation=AT_HOME))
    assert asked.reply == shared(ShareChoice("1.000001")).reply


def test_for_the_body_that_the_card_is_about() -> None:
    there = Conversation(
        profile=AT_HOME.profile, procedure="1.000003", agency="H99.102", trail=("tt:1.000003@H99.102",)
    )
    assert find(turn("chia sẻ", conversation=there)).reply == shared(ShareChoice("1.000003", "H99.102")).reply


def test_without_a_card_it_is_a_question_like_any_other() -> None:
    assert find(turn("chia sẻ")).reply.status is Status.NOT_FOUND


def test_what_was_open_stays_open() -> None:
    given = replace(AT_HOME, agency=None, others=("1.000007",), trail=(str(CardChoice("1.000001")),))
    outcome = shared(ShareChoice("1.000001"), given)
    assert (outcome.procedure, outcome.others, outcome.reply.choices) == ("1.000001", ("1.000007",), ())


def test_of_what_editors_hide_nothing_is_sent_on_but_its_name() -> None:
    for code in ("1.000001", "1.000004"):
        hiding = Hiding(code, "Danh mục mới ghi khác.", date(2026, 11, 22))
        data = replace(catalogue(), editorial=Editorial(hidings=(hiding,)))
        text = share(turn(target=ShareChoice(code, "H99.100"), data=data)).reply.text.split("\n")
        assert text[1:] == [
            "Thông tin về thủ tục này đang được kiểm tra lại.",
            f"Xem cách làm: https://site.test/tt/{code}",
            f"Mã thủ tục: {code}",
        ]


def test_what_left_the_list_is_sent_on_as_that() -> None:
    procedures = dict(catalogue().procedures)
    procedures["1.000001"] = replace(procedures["1.000001"], removal=Removal(date(2026, 11, 2), ""))
    data = replace(catalogue(), procedures=procedures)
    text = share(turn(target=ShareChoice("1.000001"), data=data)).reply.text.split("\n")
    assert text[1] == "Thủ tục này không còn trong danh mục."
