"""Whether an answer helped: thanks, or what was missing, or another way."""

from __future__ import annotations

import pytest

from bot.dialogue.choices import HelpfulChoice, Opinion, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome
from handlers import choice_expired
from handlers.helpful import helpful
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
OLD = Choice("old:1.000001@H99.101", "Thông tin có vẻ đã cũ")
WAITING = (Choice("tt:1.000006", "Kết hôn"),)
CONVERSATION = Conversation(
    waiting=WAITING, asks=("fee",), procedure="1.000001", agency="H99.101", others=("1.000006",)
)
KEPT = (WAITING, ("fee",), "1.000001", "H99.101", ("1.000006",))
PAGE = Link("Mở trang thủ tục trên Cổng Dịch vụ công quốc gia", "https://portal.test/p/aaaa")


def test_it_helped() -> None:
    assert helpful(turn(target=HelpfulChoice(Opinion.YES), conversation=CONVERSATION)) == Outcome(
        Reply(Status.HELPFULNESS, "Cảm ơn anh/chị. Cần việc gì nữa, anh/chị cứ viết.", (AGAIN,)),
        *KEPT,
        opinion=Opinion.YES,
    )


def test_it_did_not() -> None:
    assert helpful(turn(target=HelpfulChoice(Opinion.NO), conversation=CONVERSATION)) == Outcome(
        Reply(
            Status.HELPFULNESS,
            "Tôi xin lỗi. Câu trả lời chưa được ở điểm nào?",
            (
                Choice("ok:wrong", "Không đúng việc tôi cần"),
                Choice("ok:incomplete", "Thiếu thông tin tôi cần"),
                Choice("ok:unclear", "Khó hiểu"),
                OLD,
                AGAIN,
            ),
        ),
        *KEPT,
        opinion=Opinion.NO,
    )


@pytest.mark.parametrize(
    ("opinion", "text"),
    [
        (Opinion.WRONG, "Anh/chị viết lại việc cần làm, hoặc xem việc khác gần giống."),
        (Opinion.INCOMPLETE, "Lệ phí, giấy tờ, thời gian thì xem trang của thủ tục."),
        (Opinion.UNCLEAR, "Anh/chị hỏi từng điều một, ví dụ: nộp ở đâu."),
    ],
)
def test_what_was_missing_leads_another_way(opinion: Opinion, text: str) -> None:
    ask = "Muốn hỏi người thật thì đến Trung tâm Phục vụ hành chính công gần nhất."
    looks_old = (OLD,) if opinion is Opinion.WRONG else ()
    assert helpful(turn(target=HelpfulChoice(opinion), conversation=CONVERSATION)) == Outcome(
        Reply(
            Status.HELPFULNESS,
            f"Cảm ơn anh/chị đã cho biết. {text}\n{ask}",
            (Choice("other", "Xem việc khác gần giống"), Choice("menu", "Tìm theo cách khác"), *looks_old, AGAIN),
            (PAGE,),
        ),
        *KEPT,
        opinion=opinion,
    )


def test_without_a_procedure_nothing_is_reported_as_old() -> None:
    offered = helpful(turn(target=HelpfulChoice(Opinion.NO))).reply.choices
    assert offered[3] == Choice("ok:old", "Thông tin có vẻ đã cũ")
    assert helpful(turn(target=HelpfulChoice(Opinion.OLD))).stale is None


def test_without_a_procedure_the_portal_is_opened() -> None:
    assert helpful(turn(target=HelpfulChoice(Opinion.OLD))).reply.links == (
        Link("Mở Cổng Dịch vụ công quốc gia", "https://portal.test"),
    )


def test_anything_else_is_expired() -> None:
    given = turn(target=StartChoice())
    assert helpful(given) == choice_expired.expired(given)
