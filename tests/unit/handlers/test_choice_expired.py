"""Choices that cannot be used any more, and numbers that none bears."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome
from handlers import choice_expired
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
BIRTH = Choice("le:birth", "Sinh con")


def test_expired() -> None:
    assert choice_expired.expired(turn()) == Outcome(
        Reply(
            Status.EXPIRED_CHOICE,
            "Lựa chọn này không còn dùng được. Mời anh/chị chọn lại, hoặc viết việc mình cần.",
            (AGAIN,),
        )
    )


def test_out_of_range_repeats_the_choices_and_forgets_nothing() -> None:
    conversation = Conversation(
        choices=(AGAIN, BIRTH),
        waiting=(BIRTH,),
        asks=("fee",),
        procedure="1.000001",
        agency="H99.101",
        others=("1.000006",),
    )
    assert choice_expired.out_of_range(turn(conversation=conversation)) == Outcome(
        Reply(Status.EXPIRED_CHOICE, "Danh sách chỉ có từ 1 đến 2. Anh/chị chọn lại giúp tôi.", (AGAIN, BIRTH)),
        (BIRTH,),
        ("fee",),
        "1.000001",
        "H99.101",
        ("1.000006",),
    )
    only = choice_expired.out_of_range(turn(conversation=Conversation(choices=(AGAIN,))))
    assert only.reply.text == "Chỉ có một lựa chọn dưới đây. Anh/chị nhắn số 1, hoặc viết việc mình cần."


def test_a_number_where_nothing_was_ever_offered_is_no_expired_choice() -> None:
    assert choice_expired.out_of_range(turn()) == Outcome(
        Reply(
            Status.EXPIRED_CHOICE,
            "Tôi chưa có danh sách nào để chọn. Anh/chị viết việc mình cần, ví dụ: làm giấy khai sinh.",
            (AGAIN,),
        )
    )
    before = Conversation(updated_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert choice_expired.out_of_range(turn(conversation=before)) == choice_expired.expired(turn())
