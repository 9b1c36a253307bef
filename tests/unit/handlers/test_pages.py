"""The pages around a question: start, situations in life, help, and what cannot be read."""

from __future__ import annotations

import pytest
from handlers.life_event import life_event

from bot.catalog.model import LifeEvent
from bot.dialogue.choices import CardChoice, LifeEventChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome
from handlers import choice_expired, unreadable
from handlers.help import help_, unknown_command
from handlers.start import start
from tests.unit.handlers.example import catalogue, turn

AGAIN = Choice("start", "Việc khác")
BIRTH = Choice("le:birth", "Sinh con")


def test_start_greets_and_offers_situations() -> None:
    assert start(turn()).reply == Reply(
        Status.STARTED,
        """Xin chào. Tôi là Một Cửa Mẫu, trợ lý trả lời tự động của Ủy ban nhân dân tỉnh Mẫu.
Anh/chị cần làm thủ tục gì? Cứ viết như nói hằng ngày, có dấu hay không dấu đều được.
Tôi không lưu lời nhắn, chỉ nhớ các lựa chọn gần nhất. Xin đừng gửi số căn cước, số điện thoại hay mã OTP.
Anh/chị cũng có thể chọn một việc dưới đây.""",
        (BIRTH,),
    )


def test_who_taps_on_is_not_greeted_twice() -> None:
    given = turn(target=StartChoice(), conversation=Conversation((AGAIN,)))
    assert start(given).reply == Reply(
        Status.STARTED, "Anh/chị cần làm việc gì? Cứ viết như nói hằng ngày, hoặc chọn dưới đây.", (BIRTH,)
    )
    assert start(turn(conversation=Conversation((AGAIN,)))) == start(turn())


def test_start_without_situations() -> None:
    reply = start(turn(data=catalogue(()))).reply
    assert (reply.choices, reply.text.splitlines()[-1][:15]) == ((), "Tôi không lưu l")


def test_start_pages() -> None:
    events = tuple(LifeEvent(f"e{n}", f"Việc {n}", ("1.000001",)) for n in range(1, 13))
    data = catalogue((*events, LifeEvent("none", "Trống", ())))
    first = start(turn(data=data)).reply
    second = start(turn(target=StartChoice(2), data=data)).reply
    assert first.choices == (
        *(Choice(f"le:e{n}", f"Việc {n}") for n in range(1, 8)),
        Choice("start:2", "Xem thêm việc khác"),
    )
    assert second == Reply(
        Status.STARTED,
        "Anh/chị chọn một việc dưới đây, hoặc viết điều mình cần.",
        tuple(Choice(f"le:e{n}", f"Việc {n}") for n in range(8, 13)),
    )
    third = turn(target=StartChoice(3), data=data)
    assert start(third) == choice_expired.expired(third)


def test_life_event() -> None:
    assert life_event(turn(target=LifeEventChoice("birth"))).reply == Reply(
        Status.BROWSED,
        "Sinh con: anh/chị cần việc nào?",
        (Choice("tt:1.000001", "Khai sinh: lần đầu"), Choice("tt:1.000009", "Nhận cha, mẹ, con"), AGAIN),
    )


def test_life_event_without_procedures() -> None:
    data = catalogue((LifeEvent("none", "Trống", ()),))
    assert life_event(turn(target=LifeEventChoice("none"), data=data)).reply == Reply(
        Status.BROWSED, "Mục này chưa có thủ tục nào. Anh/chị viết giúp tôi việc mình cần.", (AGAIN,)
    )


@pytest.mark.parametrize("target", [LifeEventChoice("nowhere"), LifeEventChoice("birth", 2), CardChoice("1.000001")])
def test_life_event_that_is_not_there(target: LifeEventChoice | CardChoice) -> None:
    given = turn(target=target)
    assert life_event(given) == choice_expired.expired(given)


def test_help() -> None:
    text = help_(turn()).reply.text
    assert help_(turn()).reply == Reply(Status.HELPED, text, (AGAIN,))
    assert unknown_command(turn()).reply == Reply(Status.HELPED, f"Tôi không biết lệnh này.\n{text}", (AGAIN,))


def test_out_of_range_repeats_the_choices_and_forgets_nothing() -> None:
    conversation = Conversation((AGAIN, BIRTH), (BIRTH,), ("fee",), "1.000001")
    assert choice_expired.out_of_range(turn(conversation=conversation)) == Outcome(
        Reply(Status.EXPIRED_CHOICE, "Danh sách chỉ có từ 1 đến 2. Anh/chị chọn lại giúp tôi.", (AGAIN, BIRTH)),
        (BIRTH,),
        ("fee",),
        "1.000001",
    )
    assert choice_expired.out_of_range(turn()) == choice_expired.expired(turn())
    only = choice_expired.out_of_range(turn(conversation=Conversation((AGAIN,))))
    assert only.reply.text == "Chỉ có một lựa chọn dưới đây. Anh/chị bấm vào đó, hoặc viết việc mình cần."


def test_unreadable() -> None:
    replies = [
        handler(turn()).reply
        for handler in (unreadable.empty, unreadable.wordless, unreadable.TooLong(2000), unreadable.failed)
    ]
    assert replies == [
        Reply(
            Status.EMPTY, "Tin nhắn chưa có chữ nào. Anh/chị viết giúp tôi việc mình cần, ví dụ: làm giấy khai sinh."
        ),
        Reply(Status.EMPTY, "Tôi chỉ đọc được chữ. Anh/chị viết giúp tôi việc mình cần, ví dụ: làm giấy khai sinh."),
        Reply(
            Status.TOO_LONG,
            "Tin nhắn quá dài, tôi đọc được tối đa 2000 ký tự. Anh/chị viết ngắn lại giúp tôi, chỉ nêu việc mình cần.",
        ),
        Reply(Status.FAILED, "Xin lỗi, tôi đang gặp trục trặc. Anh/chị gửi lại giúp tôi sau ít phút."),
    ]
