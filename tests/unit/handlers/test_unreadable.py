"""Messages without a question, and what is said when something broke."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome
from handlers import unreadable
from tests.unit.handlers.example import turn

BIRTH = (Choice("le:birth", "Sinh con"),)


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


def test_nothing_of_the_conversation_is_forgotten() -> None:
    conversation = Conversation(choices=BIRTH, waiting=BIRTH, asks=("fee",), procedure="1.000001", others=("1.000006",))
    outcome = unreadable.empty(turn(conversation=conversation))
    assert outcome == Outcome(outcome.reply, BIRTH, ("fee",), "1.000001", None, ("1.000006",))
