"""What people say before they answer how a service went: what is it for, who sees it; or they tell how it went."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choice_ids import parse
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.rating_choices import NoteChoice, RateChoice, ReasonChoice
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import fold
from bot.search.model import Decision, Verdict
from handlers.heard_words import says
from handlers.offering import home

_WHY = "rating_doubts.why"
_DOUBTS = {"rating_doubts.who": "rating.about.who", "rating_doubts.harm": "rating.about.harm"}
_OF_A_STORY = frozenset({"time", "online"})
"""What a story speaks of as well ("làm trên mạng mấy bữa"); whoever asks for anything else tells none."""
_WORDS_OF_A_STORY = 8
"""Fewer words are looked for among the procedures: they may well be another wish."""


def doubted(turn: Turn, wish: Decision) -> Outcome | None:
    """The outcome of a question about the question, or of a story instead of an answer; None for anything else."""
    if _is(turn, _WHY):
        return _told(turn, "rating.about.why")
    on_screen = tuple(choice for choice in turn.conversation.choices if _is_asked(choice))
    if not on_screen:
        return None
    for doubt, answer in _DOUBTS.items():
        if _is(turn, doubt):
            return _told(turn, answer)
    return _told(turn, "rating.about.story") if _puts_question(on_screen) and _is_story(turn, wish) else None


def _is(turn: Turn, list_id: str) -> bool:
    return says(turn, list_id, "rating_doubts.around")


def _is_asked(choice: Choice) -> bool:
    """Whether it belongs to the question, or to what is said after it; the button of a card does not."""
    target = parse(choice.id)
    return isinstance(target, NoteChoice | ReasonChoice) or (
        isinstance(target, RateChoice) and target.filing is not None
    )


def _puts_question(choices: tuple[Choice, ...]) -> bool:
    targets = [parse(choice.id) for choice in choices]
    return not any(isinstance(target, NoteChoice) for target in targets)


def _is_story(turn: Turn, wish: Decision) -> bool:
    """Many words that tell how something went, and neither ask for anything nor surely name another procedure."""
    words = fold(turn.text).split()
    if len(words) < _WORDS_OF_A_STORY or wish.intent is not None or "?" in turn.text:
        return False
    if not _OF_A_STORY.issuperset(wish.asks):
        return False
    asked = turn.conversation.asked
    if wish.verdict is Verdict.ANSWERED and (asked is None or wish.candidates[0].code != asked.subject.code):
        return False
    said = f" {' '.join(words)} "
    return any(f" {fold(telling)} " in said for telling in turn.texts.words("rating_doubts.telling"))


def _told(turn: Turn, text_id: str) -> Outcome:
    """What stood there to be chosen still does."""
    reply = Reply(Status.HELPED, turn.texts.get(text_id), turn.conversation.choices or (home(turn),))
    return replace(unchanged(turn, reply), asked=turn.conversation.asked)
