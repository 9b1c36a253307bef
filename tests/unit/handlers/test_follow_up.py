"""What is asked after a card and names nothing else is about that card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from bot.search.model import Candidate, Decision, SearchResult, Verdict
from handlers import card
from handlers.find import find
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
WHOLE = Choice("tt:1.000006", "Xem lại thủ tục này")
HELPFUL = (Choice("ok:yes", "Có giúp được"), Choice("ok:no", "Không giúp được"))
ASKED = Profile(commune_asked=True)
PAGE = Link("Mở trang thủ tục trên Cổng Dịch vụ công quốc gia", "https://portal.test/s?keyword=1.000006")
ACCOUNT = Link("Cách làm tài khoản VNeID", "https://id.test")
LINE = "Mã 1.000006. Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu, ngày 3/10/2026."
FEE = "Lệ phí: ghi trên trang của thủ tục, mở ở bên dưới."
ANY_CENTRE = (
    "Nộp trực tiếp: Trung tâm Phục vụ hành chính công nào trong tỉnh Mẫu cũng nhận, của tỉnh hay của xã, phường."
)
OR_ASK = "Không tiện mở trang thì hỏi Trung tâm Phục vụ hành chính công gần nhất."
MARRYING = Conversation(profile=ASKED, procedure="1.000006", others=("1.000007",), judged=True)


def asking(*asks: str, verdict: Verdict = Verdict.NOT_FOUND, intent: str | None = None) -> dict[str, SearchResult]:
    return {"hỏi": SearchResult((Decision("hỏi", verdict, intent=intent, asks=asks),))}


@pytest.mark.parametrize("table", [asking("fee"), asking("fee", verdict=Verdict.OUT_OF_SCOPE, intent="vague")])
def test_one_thing_is_answered_alone(table: dict[str, SearchResult]) -> None:
    assert find(turn("hỏi", conversation=MARRYING, table=table)) == Outcome(
        Reply(Status.ANSWERED, f"Đăng ký kết hôn\n{FEE}\n{OR_ASK}\n{LINE}", (WHOLE, AGAIN), (PAGE,), ("1.000006",)),
        asks=("fee",),
        procedure="1.000006",
        others=("1.000007",),
    )


def test_if_it_helped_is_asked_once() -> None:
    unjudged = replace(MARRYING, judged=False)
    reply = find(turn("hỏi", conversation=unjudged, table=asking("fee"))).reply
    assert (reply.text.splitlines()[-1], reply.choices) == (
        "Câu trả lời này có giúp được anh/chị không?",
        (WHOLE, *HELPFUL, AGAIN),
    )


def test_where() -> None:
    at_home = replace(MARRYING, profile=Profile(commune="H99.101", commune_asked=True))
    texts = [
        find(turn("hỏi", conversation=conversation, table=asking("place"))).reply.text.splitlines()[1:-1]
        for conversation in (MARRYING, at_home)
    ]
    assert texts == [
        [
            ANY_CENTRE,
            "Nơi giải quyết: Ủy ban nhân dân xã, phường.",
        ],
        [
            "Nộp trực tiếp: Trung tâm Phục vụ hành chính công xã Bình Minh, hoặc trung tâm nào khác trong tỉnh Mẫu.",
            "Nơi giải quyết: Ủy ban nhân dân xã, phường.",
        ],
    ]


def test_whether_online() -> None:
    reply = find(turn("hỏi", conversation=MARRYING, table=asking("online"))).reply
    assert (reply.text.splitlines()[1], reply.links) == (
        "Tùy trường hợp, làm được toàn bộ hoặc chỉ một phần trên mạng.",
        (PAGE, ACCOUNT),
    )


def test_whether_online_where_bodies_differ_asks_which_body() -> None:
    given = turn("hỏi", conversation=replace(MARRYING, procedure="1.000003"), table=asking("online"))
    assert find(given) == card.show(given, "1.000003", asks=("online",))


def test_whether_online_at_the_body_that_was_chosen() -> None:
    conversation = replace(MARRYING, procedure="1.000003", agency="H99.102")
    outcome = find(turn("hỏi", conversation=conversation, table=asking("online")))
    assert outcome.reply.text.splitlines()[1] == "Làm được một phần trên mạng (dịch vụ công trực tuyến một phần)."
    assert (outcome.agency, outcome.reply.choices[0].id) == ("H99.102", "tt:1.000003@H99.102")


def test_what_we_have_no_data_on_is_said_so() -> None:
    assert find(turn("hỏi", conversation=MARRYING, table=asking("who"))).reply.text.splitlines()[1] == (
        "Điều này tôi chưa có dữ liệu. Anh/chị xem trang của thủ tục, mở ở bên dưới."
    )


def test_other_wishes_still_wait() -> None:
    waiting = (Choice("tt:1.000007", "Khai tử"),)
    outcome = find(turn("hỏi", conversation=replace(MARRYING, waiting=waiting), table=asking("fee")))
    assert (outcome.reply.choices[0], outcome.waiting) == (Choice("tt:1.000007", "Việc kế tiếp – Khai tử"), waiting)


@pytest.mark.parametrize(
    "conversation", [Conversation(), Conversation(trail=("start", "menu")), Conversation(procedure="9.999999")]
)
def test_before_any_card_it_is_about_nothing(conversation: Conversation) -> None:
    assert find(turn("hỏi", conversation=conversation, table=asking("fee"))).reply.status is Status.NOT_FOUND


def test_what_names_something_else_is_not_about_the_card() -> None:
    table = {"hỏi": SearchResult((Decision("hỏi", Verdict.ANSWERED, (Candidate("1.000007", 1.5),), asks=("fee",)),))}
    assert find(turn("hỏi", conversation=MARRYING, table=table)).reply.codes == ("1.000007",)


def test_a_long_message_tells_of_something_new() -> None:
    text = " ".join(["hỏi"] * 13)
    table = {text: SearchResult((Decision(text, Verdict.NOT_FOUND, asks=("fee",)),))}
    assert find(turn(text, conversation=MARRYING, table=table)).reply.status is Status.NOT_FOUND


def test_asked_about_several_that_were_offered_it_asks_which_first_and_keeps_it_in_mind() -> None:
    conversation = Conversation(trail=("pick:1.000006+1.000007",), others=("1.000001",))
    assert find(turn("hỏi", conversation=conversation, table=asking("fee"))) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Việc nào dưới đây? Chọn xong, tôi trả lời ngay.",
            (Choice("tt:1.000006", "Đăng ký kết hôn"), Choice("tt:1.000007", "Đăng ký khai tử"), AGAIN),
            codes=("1.000006", "1.000007"),
        ),
        asks=("fee",),
        others=("1.000001",),
    )


def test_a_few_words_may_switch_to_a_relative() -> None:
    """ "… người nước ngoài" after a card: the relative that gains by what was said."""
    said, together = "còn khai tử thì sao", "Đăng ký kết hôn khai tử"
    near = (Candidate("1.000006", 1.3), Candidate("1.000007", 0.6))
    switched = (Candidate("1.000007", 1.4), Candidate("1.000006", 1.2))
    table = {
        said: SearchResult((Decision(said, Verdict.NOT_FOUND),)),
        "Đăng ký kết hôn": SearchResult((Decision("", Verdict.ANSWERED, near),)),
        together: SearchResult((Decision("", Verdict.ANSWERED, switched),)),
    }
    given = turn(said, conversation=MARRYING, table=table)
    assert find(given) == card.show(given, "1.000007", near=("1.000006",))
