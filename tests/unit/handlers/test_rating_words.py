"""Answers to the question about a service in people's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Status
from bot.dialogue.rating_choices import RateChoice
from bot.dialogue.survey import Asked
from bot.dialogue.turn import Outcome, Turn
from bot.ratings.model import Filing, Origin, Subject
from bot.ratings.scales import FIVE, SCALES, THREE, Scale
from bot.search.model import Decision, Verdict
from bot.texts import LANGUAGES, load_texts
from handlers import rating
from handlers.rating_words import heard
from tests.unit.handlers.example import outside, turn

PERIOD = "2026-12"
NOTHING = Decision("", Verdict.NOT_FOUND)
YES, NO, PRAISE = outside("confirm"), outside("deny"), outside("praise")
ASKED = Asked(Subject("1.000001"), PERIOD)


def screen(asked: Asked, *, scale: Scale = THREE, language: str = "vi") -> Turn:
    """The turn after the question has come as far as `asked`."""
    base = replace(turn(conversation=Conversation(asked=asked), language=language), period=PERIOD, scale=scale)
    if asked.filing is not None:
        shown = rating.rate(replace(base, target=RateChoice("1.000001", None, asked.filing)))
    elif asked.origin is Origin.FOLLOW_UP:
        shown = rating.asked_later(base, asked.subject)
    else:
        shown = rating.rate(replace(base, target=RateChoice("1.000001")))
    conversation = replace(base.conversation, choices=shown.reply.choices, procedure="1.000001")
    return replace(base, conversation=conversation)


def opened(outcome: Outcome | None) -> str:
    """The choice that the words stand for; the status where the question is put again; empty for neither."""
    if outcome is None:
        return ""
    return outcome.reply.status.value if outcome.view is None else str(outcome.view)


@pytest.mark.parametrize(
    ("text", "wish", "meant"),
    [
        ("rồi, tự nộp", NOTHING, "online"),
        ("Tui tự làm trên mạng rồi ạ", NOTHING, "online"),
        ("nop qua mang", NOTHING, "online"),
        ("ra xã nộp rồi", NOTHING, "counter"),
        ("dạ tôi nộp trực tiếp", NOTHING, "counter"),
        ("con tui nộp giúp", NOTHING, "helper"),
        ("nhờ cán bộ làm giúp", NOTHING, ""),
        ("nhờ cán bộ nộp", NOTHING, "helper"),
        ("chưa", NO, "none"),
        ("nỏ", NO, "none"),
        ("chưa nộp mô", NOTHING, "none"),
        ("thôi khỏi", NO, "none"),
        ("làm hộ chiếu", NOTHING, ""),
        ("đăng ký kết hôn", NOTHING, ""),
    ],
)
def test_how_it_was_filed(text: str, wish: Decision, meant: str) -> None:
    given = replace(screen(ASKED), text=text)
    assert opened(heard(given, wish)) == (f"rate:1.000001:{meant}" if meant else "")


@pytest.mark.parametrize(
    ("text", "wish"),
    [("rồi", YES), ("dạ rồi", NOTHING), ("dùng rồi ạ", NOTHING), ("Có", YES), ("ok", YES), ("đúng", YES)],
)
def test_who_only_says_yes_is_asked_how(text: str, wish: Decision) -> None:
    given = replace(screen(ASKED), text=text)
    outcome = heard(given, wish)
    assert outcome is not None
    assert (outcome.reply.status, outcome.reply.text, outcome.reply.choices, outcome.asked, outcome.said) == (
        Status.ASKED_TO_RATE,
        "Anh/chị nộp bằng cách nào?",
        given.conversation.choices[:3],
        ASKED,
        None,
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [("dung", "stop"), ("Đừng.", "stop"), ("dùng", "asked_to_rate"), ("dung roi", "asked_to_rate")],
)
def test_stop_is_not_used(text: str, meant: str) -> None:
    """Only where the assistant asked by itself: elsewhere there is nothing to stop. "Dừng" itself is a command."""
    later = replace(screen(replace(ASKED, origin=Origin.FOLLOW_UP)), text=text)
    assert opened(heard(later, YES)) == meant
    assert opened(heard(replace(screen(ASKED), text=text), YES)) in {"asked_to_rate", ""}


@pytest.mark.parametrize(
    ("text", "three", "five"),
    [
        ("rất hài lòng", 3, 5),
        ("hai long lam", 3, 5),
        ("dạ hài lòng lắm ạ", 3, 5),
        ("hài lòng", 2, 4),
        ("có", 2, 4),
        ("tui cũng hài lòng", 2, 4),
        ("không", 1, 2),
        ("không hài lòng", 1, 2),
        ("nỏ hài lòng mô", None, None),
        ("nỏ hài lòng", 1, 2),
        ("chưa hài lòng", 1, 2),
        ("rất không hài lòng", 1, 1),
        ("bình thường", 0, 3),
        ("tốt", 0, 0),
        ("chán lắm", 0, 0),
        ("ok", 0, 0),
        ("đăng ký kết hôn", None, None),
    ],
)
def test_how_satisfied(text: str, three: int | None, five: int | None) -> None:
    """0: the levels are offered once more; nobody may guess which one "good" is. None: it is about something else."""
    meant = []
    for scale in (THREE, FIVE):
        given = replace(screen(replace(ASKED, filing=Filing.ONLINE), scale=scale), text=text)
        meant.append(opened(heard(given, PRAISE)))
    assert meant == [
        "" if level is None else f"rate:1.000001:online:{level}" if level else "asked_to_rate"
        for level in (three, five)
    ]


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_level_are_of_no_other(scale: Scale, language: str) -> None:
    given = screen(replace(ASKED, filing=Filing.ONLINE), scale=scale, language=language)
    texts = load_texts(language)
    wrong = [
        (word, level)
        for level in range(1, scale.levels + 1)
        for word in (*texts.words(f"rating_words.{scale.id}.{level}"), texts.get(f"rating.level.{scale.id}.{level}"))
        if opened(heard(replace(given, text=word), NOTHING)) != f"rate:1.000001:online:{level}"
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_way_of_filing_are_of_no_other(language: str) -> None:
    given, texts = screen(ASKED, language=language), load_texts(language)
    wrong = [
        (word, filing)
        for filing in (*Filing, "none")
        for word in texts.words(f"rating_words.filing.{filing}")
        if opened(heard(replace(given, text=word), NOTHING)) != f"rate:1.000001:{filing}"
    ]
    assert wrong == []


@pytest.mark.parametrize(("wish", "meant"), [(YES, "note:write"), (NO, "note:skip"), (NOTHING, ""), (PRAISE, "")])
def test_consent_is_a_plain_yes(wish: Decision, meant: str) -> None:
    asked = replace(ASKED, filing=Filing.ONLINE, level=3)
    choices = (Choice("note:write", "Đồng ý"), Choice("note:skip", "Thôi"))
    given = turn("lời", conversation=Conversation(asked=asked, choices=choices))
    assert opened(heard(replace(given, period=PERIOD), wish)) == meant


@pytest.mark.parametrize("text", ["có", "không", "rồi", "hài lòng", "dừng", "tự nộp"])
def test_where_nothing_is_asked_nothing_is_answered(text: str) -> None:
    rated = (Choice("note:ask", ""), Choice("rate:1.000001:online:3+", ""), Choice("rate:1.000001", ""))
    for choices in ((), rated, (Choice("tt:1.000001", ""), Choice("rate:1.000001", ""))):
        given = turn(text, conversation=Conversation(asked=ASKED, choices=choices))
        assert [heard(given, wish) for wish in (YES, NO, NOTHING)] == [None, None, None]
