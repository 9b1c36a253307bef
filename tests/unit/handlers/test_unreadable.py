"""Messages without a question, and what is said when something broke."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Attachment, Choice, Reply, Status
from bot.dialogue.survey import Asked, Awaits
from bot.dialogue.turn import Outcome
from bot.ratings.model import Filing, Subject
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


def test_who_was_asked_to_write_a_comment_is_asked_again() -> None:
    awaiting = Asked(Subject("1.000001"), "2026-12", filing=Filing.ONLINE, level=3, awaits=Awaits.COMMENT)
    given = turn(conversation=Conversation(asked=awaiting))
    skip = (Choice("note:skip", "Thôi, không viết"),)
    please = "Tôi chỉ đọc được chữ. Mời anh/chị viết góp ý, hoặc chọn dưới đây."
    outcomes = [
        *(handler(given) for handler in (unreadable.empty, unreadable.wordless)),
        unreadable.not_text(given, Attachment.PICTURE),
        *(unreadable.TooLong(limit)(given) for limit in (2000, 500)),
        unreadable.too_fast(given),
    ]
    assert outcomes == [
        Outcome(reply, asked=awaiting)
        for reply in (
            Reply(Status.EMPTY, please, skip),
            Reply(Status.EMPTY, please, skip),
            Reply(Status.NOT_TEXT, please, skip),
            Reply(Status.TOO_LONG, "Góp ý dài quá 1000 ký tự. Anh/chị viết ngắn lại giúp tôi.", skip),
            Reply(Status.TOO_LONG, "Góp ý dài quá 500 ký tự. Anh/chị viết ngắn lại giúp tôi.", skip),
            outcomes[-1].reply,
        )
    ]


def test_nothing_of_the_conversation_is_forgotten() -> None:
    given = turn(
        conversation=Conversation(
            choices=BIRTH,
            waiting=BIRTH,
            asks=("fee",),
            procedure="1.000001",
            others=("1.000006",),
            urgent="emergency_fire",
        )
    )
    outcomes = [
        *(handler(given) for handler in (unreadable.empty, unreadable.too_fast, unreadable.switched_off)),
        unreadable.not_text(given, Attachment.PICTURE),
    ]
    assert outcomes == [
        Outcome(said.reply, BIRTH, ("fee",), "1.000001", None, ("1.000006",), urgent="emergency_fire")
        for said in outcomes
    ]


ASK = "Anh/chị viết giúp tôi việc mình cần, ví dụ: làm giấy khai sinh."
PLEASE = "Please write what you need, for example: birth certificate."
NO_TEXT = {
    Attachment.PICTURE: (
        f"Tôi chưa xem được ảnh. Xin đừng gửi ảnh giấy tờ tùy thân vào đây.\n{ASK}",
        f"I cannot look at pictures. Please do not send pictures of identity papers here.\n{PLEASE}",
    ),
    Attachment.VOICE: (
        (
            "Tôi chưa nghe được tin nhắn thoại.\n"
            "Anh/chị bấm vào ô viết tin, rồi bấm hình micro trên bàn phím mà nói: điện thoại tự viết thành chữ.\n"
            "Hoặc nhờ người nhà viết giúp, ví dụ: làm giấy khai sinh."
        ),
        (
            "I cannot listen to voice messages.\n"
            "Tap the field you write in, then the microphone on the keyboard, and speak: the phone writes it down.\n"
            "Or ask someone to write for you, for example: birth certificate."
        ),
    ),
    Attachment.FILE: (
        f"Tôi chưa mở được tệp, và không nhận hồ sơ.\n{ASK}",
        f"I cannot open files, and I do not take applications.\n{PLEASE}",
    ),
    Attachment.PLACE: (
        "Tôi chưa đọc được vị trí trên bản đồ. Anh/chị viết tên xã, phường giúp tôi.",
        "I cannot read a place on the map. Please write the name of your commune or ward.",
    ),
    Attachment.CONTACT: (
        f"Tôi không nhận danh thiếp hay số điện thoại.\n{ASK}",
        f"I do not take contact cards or phone numbers.\n{PLEASE}",
    ),
    Attachment.LINK: (
        f"Tôi không mở đường dẫn được gửi tới. {ASK}",
        f"I do not open links that are sent to me. {PLEASE}",
    ),
    **dict.fromkeys(
        (Attachment.VIDEO, Attachment.STICKER, Attachment.OTHER),
        (f"Tôi chỉ đọc được chữ. {ASK}", f"I can only read text. {PLEASE}"),
    ),
}


@pytest.mark.parametrize("attachment", Attachment)
def test_what_is_no_text_is_named_and_words_are_asked_for(attachment: Attachment) -> None:
    said = [unreadable.not_text(turn(language=language), attachment).reply for language in ("vi", "en")]
    assert said == [Reply(Status.NOT_TEXT, text) for text in NO_TEXT[attachment]]


def test_too_fast() -> None:
    assert [unreadable.too_fast(turn(language=language)).reply for language in ("vi", "en")] == [
        Reply(
            Status.TOO_FAST,
            "Tôi trả lời chưa kịp. Anh/chị chờ một phút, rồi nhắn lại việc mình cần giúp tôi. "
            "Nguy hiểm thì gọi ngay 113, 114 hoặc 115.",
        ),
        Reply(
            Status.TOO_FAST,
            "I cannot keep up. Please wait a minute, then write again what you need. "
            "In danger, call 113, 114 or 115 at once.",
        ),
    ]


def test_switched_off() -> None:
    assert [unreadable.switched_off(turn(language=language)).reply.text for language in ("vi", "en")] == [
        (
            "Tôi là trợ lý tự động, đang tạm nghỉ, chưa trả lời được. Xin lỗi anh/chị.\n"
            "Anh/chị nhắn lại sau, hoặc đến Trung tâm Phục vụ hành chính công gần nhất. "
            "Thủ tục nào cũng có trên dichvucong.gov.vn.\n"
            "Nguy hiểm thì gọi ngay 113, 114 hoặc 115."
        ),
        (
            "I am the automatic assistant; I am paused and cannot answer now. Sorry.\n"
            "Please write again later, or go to the nearest Trung tâm Phục vụ hành chính công. "
            "Every procedure is on dichvucong.gov.vn too.\n"
            "In danger, call 113, 114 or 115 at once."
        ),
    ]
