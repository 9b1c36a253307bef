"""The person's commune: told in today's or in former names, asked back where several fit, changed, forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import Commune, FormerUnit
from bot.dialogue.choices import CommuneChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from handlers import card, choice_expired
from handlers.commune import commune, named_alone, told
from tests.unit.handlers.example import catalogue, turn

AGAIN = Choice("start", "Việc khác")
FORGET = Choice("cm:none", "Quên xã, phường này")
SKIP = Choice("cm:skip", "Không nói nơi ở")
QUESTION = Conversation(choices=(SKIP, AGAIN))
AN_BINH = Choice("cm:H99.100", "Xã An Bình")
BINH_MINH = Choice("cm:H99.101", "Xã Bình Minh")


def at(code: str) -> Profile:
    return Profile(commune=code, commune_asked=True)


NUI = "Xã Núi cũ nay thuộc xã An Bình.\n"


def remembered(code: str, name: str, former: str = "") -> Outcome:
    """What is said once it is known, and nothing else was spoken of."""
    return Outcome(
        Reply(
            Status.REMEMBERED,
            f"{former}Tôi nhớ rồi: anh/chị ở {name}.\nAnh/chị cần làm việc gì?",
            (
                Choice(f"ag:{code}", "Việc làm ở xã, phường này"),
                Choice(f"ol:agency:{code}", "Việc nào ở đây làm được trên mạng"),
                FORGET,
                AGAIN,
            ),
        ),
        profile=at(code),
    )


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("tôi ở An Bình", "H99.100", "xã An Bình"),
        ("toi o an binh", "H99.100", "xã An Bình"),
        ("Tôi ở xã Bình Minh.", "H99.101", "xã Bình Minh"),
        ("nhà tui ở cua lo", "H99.102", "xã Cửa Lò"),
        ("xã Cửa Lò", "H99.102", "xã Cửa Lò"),
        ("tôi ở An Bình, tỉnh Mẫu", "H99.100", "xã An Bình"),
        ("đổi sang Bình Minh", "H99.101", "xã Bình Minh"),
    ],
)
def test_told_in_todays_and_in_former_names(text: str, code: str, name: str) -> None:
    assert told(turn(text)) == remembered(code, name)


@pytest.mark.parametrize("text", ["xã Núi", "xa nui", "tôi ở xã núi huyện cũ", "tôi ở núi, huyện Cũ, tỉnh Mẫu"])
def test_a_former_name_is_told_with_the_one_of_today(text: str) -> None:
    assert told(turn(text)) == remembered("H99.100", "xã An Bình", NUI)


@pytest.mark.parametrize("text", ["An Bình", "núi", "khai sinh", "tôi ở đâu", "x" * 81, ""])
def test_a_bare_name_is_an_answer_only_where_it_was_asked(text: str) -> None:
    assert told(turn(text)) is None


def test_a_bare_name_answers_the_question() -> None:
    assert told(turn("An Bình", conversation=QUESTION)) == remembered("H99.100", "xã An Bình")
    assert named_alone(turn("núi")) == remembered("H99.100", "xã An Bình", NUI)
    assert named_alone(turn("chẳng đâu cả")) is None


def test_of_a_split_unit_it_is_asked_which_part() -> None:
    assert told(turn("tôi ở xã đồi")) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Xã Đồi cũ nay thuộc nhiều nơi. Anh/chị ở nơi nào?\n"
            "• Xã An Bình bây giờ gồm các nơi cũ: xã Núi, một phần xã Đồi.\n"
            "• Xã Bình Minh bây giờ gồm các nơi cũ: một phần xã Đồi.",
            (AN_BINH, BINH_MINH),
        )
    )


def test_a_ward_with_the_name_of_an_old_one_is_told_apart_from_it() -> None:
    data = catalogue()
    ward = Commune("H99.102", "00002", "Núi", "ward", "", (FormerUnit("Xã Biển", "Huyện Cũ", whole=True),))
    given = turn("tôi ở Núi", data=replace(data, communes={**data.communes, "H99.102": ward}))
    assert told(given) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Có hơn một nơi mang tên Núi. Anh/chị ở nơi nào?\n"
            "• Phường Núi bây giờ gồm các nơi cũ: xã Biển.\n"
            "• Còn xã Núi cũ nay thuộc xã An Bình.",
            (Choice("cm:H99.102", "Phường Núi"), AN_BINH),
        )
    )


def test_a_district_is_no_more_and_its_communes_are_offered() -> None:
    outcome = Outcome(
        Reply(
            Status.ASKED_BACK,
            "Huyện Cũ nay không còn, đã chia thành các xã, phường: An Bình, Bình Minh. "
            "Anh/chị ở nơi nào? Viết tên giúp tôi.",
            (AN_BINH, BINH_MINH),
        )
    )
    assert told(turn("tôi ở huyện Cũ")) == outcome
    assert told(turn("huyen cu")) == outcome


def test_what_was_spoken_of_is_said_again_for_the_place() -> None:
    conversation = Conversation(
        choices=(SKIP,), procedure="1.000006", asks=("fee",), profile=Profile(commune_asked=True)
    )
    outcome = told(turn("cửa lò", conversation=conversation))
    shown = card.show(
        turn(conversation=replace(conversation, profile=at("H99.102"))),
        "1.000006",
        asks=("fee",),
        note="Tôi nhớ rồi: anh/chị ở xã Cửa Lò.",
    )
    assert outcome == replace(shown, profile=at("H99.102"))
    assert outcome is not None
    assert "Nơi giải quyết: Cửa Lò." in outcome.reply.text.splitlines()


def test_asking() -> None:
    assert commune(turn(target=CommuneChoice())) == Outcome(
        Reply(Status.ASKED_BACK, "Anh/chị ở xã, phường nào? Viết tên giúp tôi, tên cũ cũng được.", (SKIP, AGAIN)),
        profile=Profile(commune_asked=True),
    )


def test_asking_who_has_told_already() -> None:
    given = turn(target=CommuneChoice(), conversation=Conversation(profile=at("H99.101"), procedure="1.000006"))
    assert commune(given) == Outcome(
        Reply(
            Status.ASKED_BACK, "Tôi đang nhớ anh/chị ở xã Bình Minh. Muốn đổi thì viết tên nơi khác.", (FORGET, AGAIN)
        ),
        procedure="1.000006",
        profile=at("H99.101"),
    )


def test_changing() -> None:
    changed = told(turn("Cửa Lò", conversation=Conversation(choices=(FORGET, AGAIN), profile=at("H99.101"))))
    assert changed == remembered("H99.102", "xã Cửa Lò")


def test_tapping() -> None:
    assert commune(turn(target=CommuneChoice("H99.102"))) == remembered("H99.102", "xã Cửa Lò")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("none", "Tôi đã quên xã, phường của anh/chị."),
        ("skip", "Vâng, tôi không hỏi lại nữa. Khi cần, anh/chị viết 'tôi ở', rồi tên xã, phường."),
    ],
)
def test_forgetting_and_not_telling(code: str, text: str) -> None:
    conversation = Conversation(profile=Profile("en", "H99.101"), procedure="1.000006", asks=("fee",))
    assert commune(turn(target=CommuneChoice(code), conversation=conversation)) == Outcome(
        Reply(Status.REMEMBERED, text, (AGAIN,)),
        asks=("fee",),
        procedure="1.000006",
        profile=Profile("en", None, commune_asked=True),
    )


def test_a_commune_that_is_not_there_is_expired() -> None:
    given = turn(target=CommuneChoice("H99.05"))
    assert commune(given) == choice_expired.expired(given)


def test_anything_else_asks() -> None:
    assert commune(turn(target=StartChoice())) == commune(turn(target=CommuneChoice()))
