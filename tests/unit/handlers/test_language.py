"""The language chosen: what was being spoken of is said again in it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choices import LanguageChoice, PickChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from handlers import card, choice_expired
from handlers.language import language
from tests.unit.handlers.example import turn

NOTE = "From now on I answer in English."
ASKED = Profile(commune_asked=True)


def test_at_the_beginning() -> None:
    assert language(turn(target=LanguageChoice("en"))) == Outcome(
        Reply(
            Status.REMEMBERED,
            f"{NOTE}\nWhat do you need to get done? Write it in your own words, or choose below.",
            (Choice("tt:1.000001", "Birth"), Choice("lg:1", "Family"), Choice("menu", "Search in another way")),
        ),
        profile=Profile(language="en"),
    )
    back = language(turn(target=LanguageChoice("vi"), language="en"))
    assert back.reply.text.splitlines()[0] == "Từ giờ tôi trả lời bằng tiếng Việt."


def test_the_card_on_the_screen_is_said_again() -> None:
    conversation = Conversation(profile=ASKED, procedure="1.000003", agency="H99.102", asks=("fee",), judged=True)
    outcome = language(turn(target=LanguageChoice("en"), conversation=conversation))
    english = card.show(turn(conversation=conversation, language="en"), "1.000003", "H99.102", ("fee",), note=NOTE)
    assert outcome == replace(english, profile=replace(ASKED, language="en"))
    assert outcome.reply.text.splitlines()[:2] == ["Tách thửa đất", NOTE]


def test_the_list_on_the_screen_is_said_again() -> None:
    conversation = Conversation(trail=("start", "pick:1.000001+1.000006"))
    outcome = language(turn(target=LanguageChoice("en"), conversation=conversation))
    assert (outcome.reply, outcome.view, outcome.profile) == (
        Reply(
            Status.ASKED_BACK,
            f"{NOTE}\nWhich of these do you need?\n• Birth: first registration. For a child never registered.",
            (
                Choice("tt:1.000001", "Birth: first registration"),
                Choice("tt:1.000006", "Đăng ký kết hôn"),
                Choice("start", "Something else"),
            ),
            codes=("1.000001", "1.000006"),
        ),
        PickChoice(("1.000001", "1.000006")),
        Profile(language="en"),
    )


def test_anything_else_is_expired() -> None:
    given = turn(target=StartChoice())
    assert language(given) == choice_expired.expired(given)
