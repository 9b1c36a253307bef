"""Old data are told with a caution: on the card, in the answer to a single question, and in the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.choices import CardChoice, OnlineListChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice
from bot.dialogue.turn import Turn
from bot.search.model import Decision, SearchResult, Verdict
from handlers.card import open_card
from handlers.find import find
from handlers.online_list import online_list
from tests.unit.handlers.example import turn

CAUTION = "Thông tin này đã lâu chưa cập nhật. Trước khi nộp, anh/chị xem lại trên Cổng Dịch vụ công quốc gia."
OF_LIST = "Danh sách này đã lâu chưa cập nhật. Trước khi nộp, anh/chị xem lại trên Cổng Dịch vụ công quốc gia."
LISTED, RECORDED = date(2026, 10, 3), date(2026, 6, 10)
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


def on(given: Turn, day: date) -> Turn:
    return replace(given, today=day)


@pytest.mark.parametrize(
    ("code", "day"),
    [("1.000001", LISTED), ("1.000003", LISTED), ("1.000004", RECORDED)],
    ids=["card", "asked which body", "from the national record"],
)
def test_the_caution_stands_above_the_day_of_the_data(code: str, day: date) -> None:
    given = turn(target=CardChoice(code))
    young = open_card(on(given, day + YEAR)).reply.text.split("\n")
    old = open_card(on(given, day + YEAR + DAY)).reply.text.split("\n")
    place = next(n for n, line in enumerate(young) if line.startswith(f"Mã {code}"))
    assert old == [*young[:place], CAUTION, *young[place:]]


def test_it_is_shown_after_as_many_days_as_are_set() -> None:
    given = replace(turn(target=CardChoice("1.000001")), data_old_days=30)
    shown = [CAUTION in open_card(on(given, LISTED + timedelta(days=n))).reply.text for n in (30, 31)]
    assert shown == [False, True]


def test_an_answer_to_one_question_has_it_too() -> None:
    conversation = Conversation(procedure="1.000001", choices=(Choice("tt:1.000001", "Khai sinh"),))
    table = {"hỏi": SearchResult((Decision("hỏi", Verdict.NOT_FOUND, asks=("fee",)),))}
    given = turn("hỏi", conversation=conversation, table=table)
    young = find(on(given, LISTED + YEAR)).reply.text.split("\n")
    old = find(on(given, LISTED + YEAR + DAY)).reply.text.split("\n")
    assert [line for line in old if line not in young] == [CAUTION]


def test_the_list_in_the_chat_has_its_own() -> None:
    given = turn(target=OnlineListChoice())
    young = online_list(on(given, LISTED + YEAR)).reply.text.split("\n")
    assert online_list(on(given, LISTED + YEAR + DAY)).reply.text.split("\n") == [*young[:-1], OF_LIST, young[-1]]
