"""What people want to know before they say how a service went, and stories told instead of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.messages import Reply, Status
from bot.dialogue.survey import Asked
from bot.dialogue.turn import Turn
from bot.ratings.model import Filing, Subject
from bot.search.model import Decision, Verdict
from handlers.offering import home
from handlers.rating_doubts import doubted
from tests.unit.handlers.example import turn
from tests.unit.handlers.test_rating_words import ASKED, screen

NOTHING = Decision("", Verdict.NOT_FOUND)
LEVELS = Asked(Subject("1.000001"), ASKED.period, filing=Filing.ONLINE)
STORY = "toi lam tren mang may bua ma no cu bao loi, phai nho thang chau no lam cho moi xong, met lam"


def told(given: Turn, wish: Decision = NOTHING) -> str:
    """The id of what is said; empty where the message is left to others. The question stays as it was."""
    outcome = doubted(given, wish)
    if outcome is None:
        return ""
    texts = given.texts
    (said,) = (one for one, text in texts.sentences.items() if text == outcome.reply.text)
    assert outcome.reply == Reply(Status.HELPED, texts.get(said), given.conversation.choices or (home(given),))
    assert (outcome.asked, outcome.said) == (given.conversation.asked, None)
    return said


@pytest.mark.parametrize("asked", [ASKED, LEVELS])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("danh gia de lam gi", "rating.about.why"),
        ("Rứa đánh giá để mần chi hả?", "rating.about.why"),
        ("ai xem cai ni", "rating.about.who"),
        ("có lộ tên tui không", "rating.about.who"),
        ("co bi phat khong", "rating.about.harm"),
        ("chê có sao không", "rating.about.harm"),
        (STORY, "rating.about.story"),
        ("đăng ký kết hôn", ""),
        ("làm giấy khai sinh cho con gái của tôi mới sinh tuần trước ở Hà Nội", ""),
    ],
)
def test_the_question_stays_after_an_answer(asked: Asked, text: str, said: str) -> None:
    assert told(replace(screen(asked), text=text)) == said


@pytest.mark.parametrize(
    "wish",
    [
        Decision("", Verdict.NOT_FOUND, asks=("place",)),
        Decision("", Verdict.OUT_OF_SCOPE, intent="complaint"),
    ],
)
def test_a_long_question_and_a_complaint_are_no_story(wish: Decision) -> None:
    assert told(replace(screen(LEVELS), text=STORY), wish) == ""
    assert told(replace(screen(LEVELS), text=f"{STORY}?")) == ""


def test_a_story_may_speak_of_days_and_of_the_network() -> None:
    wish = Decision("", Verdict.NOT_FOUND, asks=("time", "online"))
    assert told(replace(screen(LEVELS), text=STORY), wish) == "rating.about.story"


def test_elsewhere_only_what_speaks_of_rating_is_one() -> None:
    assert told(turn("đánh giá để làm gì")) == "rating.about.why"
    assert [told(turn(text)) for text in ("ai xem cái ni", "có bị phạt không", STORY)] == ["", "", ""]


def test_in_english() -> None:
    assert told(replace(screen(ASKED, language="en"), text="Who sees this?")) == "rating.about.who"
