"""Short words that answer what was just said: which of a few, something else, yes, no."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choices import (
    HelpfulChoice,
    Opinion,
    OtherChoice,
    PickChoice,
    PrivacyChoice,
    PrivacyStep,
    StartChoice,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from handlers import card, choice_expired, helpful, privacy
from handlers.other import agree, no_more, other, pick, refuse
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
MARRIAGE = Choice("tt:1.000006", "Đăng ký kết hôn")
DEATH = Choice("tt:1.000007", "Đăng ký khai tử")
HELPFUL = (Choice("ok:yes", "Có giúp được"), Choice("ok:no", "Không giúp được"))
ASKED = Profile(commune_asked=True)


def test_pick_lists_the_few_by_their_codes_of_today() -> None:
    waiting = (Choice("pick:1.000005+1.000006", "x"), DEATH)
    conversation = Conversation(waiting=waiting, asks=("fee",))
    target = PickChoice(("1.000005", "1.000006"))
    assert pick(turn(target=target, conversation=conversation)) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Anh/chị cần việc nào dưới đây?\n• Khai sinh: lần đầu. Trẻ mới sinh, chưa từng khai sinh.",
            (
                Choice("tt:1.000001", "Khai sinh: lần đầu"),
                MARRIAGE,
                Choice("tt:1.000007", "Việc kế tiếp – Đăng ký khai tử"),
                AGAIN,
            ),
            codes=("1.000001", "1.000006"),
        ),
        (DEATH,),
        ("fee",),
    )


def test_of_one_the_card_is_shown() -> None:
    given = turn(target=PickChoice(("1.000006", "9.999999")), conversation=Conversation(asks=("fee",)))
    assert pick(given) == card.show(given, "1.000006", asks=("fee",))


def test_pick_of_nothing_is_expired() -> None:
    for target in (PickChoice(("9.999999",)), StartChoice()):
        given = turn(target=target)
        assert pick(given) == choice_expired.expired(given)


def test_something_else_is_what_was_not_shown_yet() -> None:
    conversation = Conversation(
        choices=(MARRIAGE, AGAIN), waiting=(DEATH,), asks=("fee",), procedure="1.000001",
        others=("1.000005", "1.000006", "1.000007", "1.000004"),
    )  # fmt: skip
    assert other(turn(target=OtherChoice(), conversation=conversation)) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Vậy có phải một trong các việc này không?",
            (DEATH, Choice("tt:1.000004", "Đăng ký thường trú"), AGAIN),
            codes=("1.000007", "1.000004"),
        ),
        (DEATH,),
        ("fee",),
        view=PickChoice(("1.000007", "1.000004")),
    )


def test_no_more_than_five_at_a_time_and_the_rest_the_next_time() -> None:
    codes = ("1.000001", "1.000002", "1.000003", "1.000004", "1.000006", "1.000007", "1.000009")
    outcome = other(turn(conversation=Conversation(others=codes)))
    assert (outcome.reply.codes, outcome.others) == (codes[:5], codes[5:])


def test_with_nothing_left_it_asks_to_say_it_otherwise() -> None:
    conversation = Conversation(procedure="1.000006", others=("1.000006",), waiting=(DEATH,))
    assert other(turn(conversation=conversation)) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Vâng, tôi hiểu chưa đúng ý. Anh/chị viết lại bằng lời khác, nêu tên giấy tờ hoặc việc cần làm.\n"
            "Cần người giúp thì đến Trung tâm Phục vụ hành chính công gần nhất.",
            (Choice("menu", "Tìm theo cách khác"), AGAIN),
            (Link("Mở Cổng Dịch vụ công quốc gia", "https://portal.test"),),
        ),
        (DEATH,),
    )


def test_yes_and_no_to_whether_it_helped() -> None:
    given = turn(conversation=Conversation(choices=(*HELPFUL, AGAIN), procedure="1.000006", waiting=(DEATH,)))
    assert agree(given) == helpful.helpful(replace(given, target=HelpfulChoice(Opinion.YES)))
    assert refuse(given) == helpful.helpful(replace(given, target=HelpfulChoice(Opinion.NO)))


def test_yes_to_the_one_that_was_offered() -> None:
    given = turn(conversation=Conversation(choices=(MARRIAGE, AGAIN), trail=("pick:1.000006",), asks=("fee",)))
    assert agree(given) == card.show(given, "1.000006", asks=("fee",))


def test_yes_to_several_asks_which() -> None:
    conversation = Conversation(
        choices=(MARRIAGE, DEATH, AGAIN), trail=("pick:1.000006+1.000007",), asks=("fee",), others=("1.000001",)
    )
    assert agree(turn(conversation=conversation)) == Outcome(
        Reply(Status.ASKED_BACK, "Anh/chị chọn giúp tôi một việc dưới đây.", (MARRIAGE, DEATH, AGAIN)),
        asks=("fee",),
        others=("1.000001",),
    )


def test_yes_goes_on_to_the_next_wish() -> None:
    one = turn(conversation=Conversation(profile=ASKED, procedure="1.000006", waiting=(DEATH,)))
    outcome = agree(one)
    assert outcome is not None
    assert (outcome.reply.codes, outcome.waiting) == (("1.000007",), ())
    few = Choice("pick:1.000001+1.000009", "Khai sinh")
    outcome = agree(turn(conversation=Conversation(procedure="1.000006", waiting=(few, DEATH))))
    assert outcome is not None
    assert (outcome.reply.codes, outcome.waiting) == (("1.000001", "1.000009"), (DEATH,))


def test_yes_and_no_to_whether_to_delete() -> None:
    conversation = Conversation(
        choices=(Choice("me:erased", "Xóa ngay"), Choice("me:kept", "Không xóa")), procedure="1.000006"
    )
    given = turn(conversation=conversation)
    assert agree(given) == privacy.privacy(replace(given, target=PrivacyChoice(PrivacyStep.ERASED)))
    assert refuse(given) == privacy.privacy(replace(given, target=PrivacyChoice(PrivacyStep.KEPT)))


def test_enough_is_no_refusal() -> None:
    given = turn("thôi không cần", conversation=Conversation(procedure="1.000006", others=("1.000007",)))
    assert refuse(given) == Outcome(Reply(Status.OUT_OF_SCOPE, given.texts.get("outside.goodbye"), (AGAIN,)))


def test_nothing_more_is_left() -> None:
    assert no_more(turn(conversation=Conversation(procedure="1.000006", asks=("fee",)))) == Outcome(
        Reply(
            Status.BROWSED,
            "Hết rồi ạ. Anh/chị cần việc gì nữa thì viết cho tôi.",
            (Choice("menu", "Tìm theo cách khác"), AGAIN),
        ),
        asks=("fee",),
        procedure="1.000006",
    )


def test_yes_and_no_to_nothing_are_no_answer() -> None:
    assert agree(turn()) is None
    assert agree(turn(conversation=Conversation(choices=(AGAIN,), trail=("start", "menu")))) is None
    assert refuse(turn()) is None


def test_no_after_an_answer_is_something_else() -> None:
    given = turn(conversation=Conversation(procedure="1.000006", others=("1.000007",)))
    assert refuse(given) == other(given)
