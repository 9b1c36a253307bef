"""What editors say beside the catalogue, on cards and on the first screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.editorial import Benefit, Editorial, Notice, PartialReason, Scope
from bot.dialogue.choices import StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import Turn
from bot.search.model import SearchResult
from handlers import card, start
from handlers.beside import ended, unended
from handlers.find import find
from tests.unit.handlers.example import answered, catalogue, turn

DAY = date(2026, 11, 22)
LAST = date(2026, 11, 30)
BIRTH, MINES, LAND, MARRIAGE = "1.000001", "1.000002", "1.000003", "1.000006"
ALL = Notice(Scope.ALL, "", "Cổng tạm nghỉ tối nay", DAY, LAST)
FIELD = Notice(Scope.FIELD, "ho-tich", "Mẫu tờ khai đã đổi.", date(2026, 11, 20), LAST)
ONE = Notice(Scope.PROCEDURE, BIRTH, "Nhớ mang giấy chứng sinh!", date(2026, 11, 1), LAST)
BENEFIT = Benefit(BIRTH, "Lệ phí giảm một nửa", "Nghị quyết 12/2025/NQ-HĐND.", DAY, LAST)
REASON = PartialReason(MINES, "Phải đo đất tại chỗ", "Quyết định 34/QĐ-UBND")
TOLD_ALL = "Thông báo đến hết ngày 30/11/2026: Cổng tạm nghỉ tối nay."
TOLD_FIELD = "Thông báo đến hết ngày 30/11/2026: Mẫu tờ khai đã đổi."
TOLD_ONE = "Thông báo đến hết ngày 30/11/2026: Nhớ mang giấy chứng sinh!"
TOLD_BENEFIT = "Lệ phí giảm một nửa. Nguồn: Nghị quyết 12/2025/NQ-HĐND. Tính đến hết ngày 30/11/2026."
TOLD_REASON = "Phải đo đất tại chỗ. Nguồn: Quyết định 34/QĐ-UBND. Phần trên mạng thì đăng nhập bằng tài khoản VNeID."


def at(day: date, said: Editorial, language: str = "vi", conversation: Conversation | None = None) -> Turn:
    data = replace(catalogue(), editorial=said)
    return replace(turn(data=data, language=language, conversation=conversation), today=day)


def added(code: str, said: Editorial, day: date = DAY, language: str = "vi") -> list[str]:
    """The lines of a card that are there because of what editors say, and the lines that are not, marked."""
    before = card.show(at(day, Editorial(), language), code).reply.text.split("\n")
    after = card.show(at(day, said, language), code).reply.text.split("\n")
    gone = [f"- {line}" for line in before if line not in after]
    return [*(line for line in after if line not in before), *gone]


def greeting(day: date, said: Editorial) -> list[str]:
    return start.start(replace(at(day, said), target=StartChoice())).reply.text.split("\n")


def test_two_notices_the_newest_first_below_the_name_and_above_the_answer() -> None:
    said = Editorial(notices=(ONE, ALL, FIELD))
    lines = card.show(at(DAY, said), BIRTH).reply.text.split("\n")
    assert lines[0] == "Đăng ký khai sinh"
    assert lines[2:4] == [TOLD_ALL, TOLD_FIELD]
    assert added(BIRTH, said) == [TOLD_ALL, TOLD_FIELD]
    assert added(MARRIAGE, Editorial(notices=(ONE, FIELD))) == [TOLD_FIELD]
    assert added(LAND, said) == [TOLD_ALL]


@pytest.mark.parametrize(
    ("day", "lines"),
    [(date(2026, 11, 21), []), (DAY, [TOLD_ALL]), (LAST, [TOLD_ALL]), (date(2026, 12, 1), [])],
)
def test_a_notice_is_shown_on_its_days(day: date, lines: list[str]) -> None:
    said = Editorial(notices=(ALL,))
    assert added(BIRTH, said, day) == lines
    assert greeting(day, said) == [*greeting(day, Editorial()), *lines]


def test_the_first_screen_has_the_notices_for_all_and_no_others() -> None:
    said = Editorial(notices=(ALL, FIELD, ONE))
    assert greeting(DAY, said) == [*greeting(DAY, Editorial()), TOLD_ALL]
    tapped_on = Conversation(trail=("tt:1.000001",))
    again = start.start(replace(at(DAY, said, conversation=tapped_on), target=StartChoice()))
    assert again.reply.text == "Anh/chị cần làm việc gì? Cứ viết như nói hằng ngày, hoặc chọn dưới đây."


def test_a_question_which_body_has_them_too() -> None:
    benefit = replace(BENEFIT, code="1.000008")
    said = Editorial(notices=(ALL,), benefits=(benefit,))
    lines = card.show(at(DAY, said), "1.000008").reply.text.split("\n")
    assert lines[1] == TOLD_ALL
    assert added("1.000008", said) == [TOLD_ALL, TOLD_BENEFIT]


def test_a_benefit_with_its_source_and_its_last_day() -> None:
    said = Editorial(benefits=(BENEFIT,))
    assert added(BIRTH, said) == [TOLD_BENEFIT]
    assert (added(BIRTH, said, date(2026, 12, 1)), added(MARRIAGE, said)) == ([], [])


def test_a_benefit_is_told_to_who_asks_what_it_costs() -> None:
    said, speaking = Editorial(benefits=(BENEFIT,)), Conversation(procedure=BIRTH)
    table = {"lệ phí": SearchResult((replace(answered(BIRTH, asks=("fee",)), candidates=()),))}
    data = replace(catalogue(), editorial=said)
    asked = replace(turn("lệ phí", conversation=speaking, table=table, data=data), today=DAY)
    assert TOLD_BENEFIT in find(asked).reply.text.split("\n")


def test_the_published_reason_stands_instead_of_the_general_sentence() -> None:
    general = (
        "- Còn ít nhất một bước không làm trên mạng được. Bước nào thì xem trang của thủ tục. "
        "Phần trên mạng thì đăng nhập bằng tài khoản VNeID."
    )
    assert added(MINES, Editorial(partial_reasons=(REASON,))) == [TOLD_REASON, general]


def test_the_reason_of_one_body_is_told_at_that_body() -> None:
    own = replace(REASON, code="1.000008", agency="H99.05.06.1")
    said = Editorial(partial_reasons=(own,))
    at_body = card.show(at(DAY, said), "1.000008", "H99.05.06.1").reply.text
    beside = card.show(at(DAY, said), "1.000008", "H99.05.06.2").reply.text
    assert [TOLD_REASON in text.split("\n") for text in (at_body, beside)] == [True, False]


def test_in_english_it_is_said_that_the_words_are_vietnamese() -> None:
    said = Editorial(notices=(ALL,), benefits=(BENEFIT,))
    notice, benefit = added(BIRTH, said, language="en")
    assert notice == "Notice until 30 November 2026, in Vietnamese: Cổng tạm nghỉ tối nay."
    assert benefit == (
        "What you gain by filing online, in Vietnamese: Lệ phí giảm một nửa. "
        "Source: Nghị quyết 12/2025/NQ-HĐND. It holds until 30 November 2026."
    )
    assert added(MINES, Editorial(partial_reasons=(REASON,)), language="en")[0] == (
        "Why, in Vietnamese: Phải đo đất tại chỗ. Source: Quyết định 34/QĐ-UBND. "
        "For the online part, log in with VNeID, the State's identity app."
    )


@pytest.mark.parametrize(("text", "whole", "inside"), [("a", "a.", "a"), ("a.", "a.", "a"), ("a!", "a!", "a!")])
def test_words_become_a_sentence_or_a_part_of_one(text: str, whole: str, inside: str) -> None:
    assert (ended(text), unended(text)) == (whole, inside)
