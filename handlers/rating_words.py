"""The question about a service answered in words ("rồi, con nộp giúp", "hài lòng lắm", "có") instead of by a choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import Target
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.rating_choices import NOT_FILED, FollowUpsChoice, NoteChoice, NoteStep, RateChoice
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import canonical
from bot.search.model import Decision
from handlers import rating
from handlers.heard_words import says

_YES, _NO = "confirm", "deny"
_POINTS = " .,!?"


def heard(turn: Turn, wish: Decision) -> Outcome | None:
    """The outcome of an answer to the question on the screen; None where it is none, or nothing is asked."""
    offered = [parse(choice.id) for choice in turn.conversation.choices]
    if NoteChoice(NoteStep.WRITE) in offered:
        step = {_YES: NoteStep.WRITE, _NO: NoteStep.SKIP}.get(wish.intent or "")
        return None if step is None else _opened(turn, NoteChoice(step))
    asked = [target for target in offered if isinstance(target, RateChoice) and not target.is_helped]
    by_filing = [target for target in asked if target.filing is not None and target.level is None]
    if by_filing:
        return _filing(turn, wish, by_filing, can_stop=FollowUpsChoice() in offered)
    by_level = [target for target in asked if target.level is not None]
    return _level(turn, by_level) if by_level else None


def _filing(turn: Turn, wish: Decision, asked: Sequence[RateChoice], *, can_stop: bool) -> Outcome | None:
    # As it is spelled: without its marks "dừng" is "dùng".
    if can_stop and canonical(turn.text).strip(_POINTS) in map(canonical, turn.texts.words("rating_words.stop")):
        return _opened(turn, FollowUpsChoice())
    for target in asked:
        if _is(turn, f"rating_words.filing.{target.filing}"):
            return _opened(turn, target)
    if wish.intent == _NO:
        return next((_opened(turn, target) for target in asked if target.filing == NOT_FILED), None)
    if wish.intent == _YES or _is(turn, "rating_words.used"):
        used = {target for target in asked if target.filing != NOT_FILED}
        choices = tuple(choice for choice in turn.conversation.choices if parse(choice.id) in used)
        return _again(turn, "rating.how", choices)
    return None


def _level(turn: Turn, asked: Sequence[RateChoice]) -> Outcome | None:
    for target in asked:
        if _is(turn, f"rating_words.{turn.scale.id}.{target.level}"):
            return _opened(turn, target)
    if _is(turn, "rating_words.vague"):
        return _again(turn, "rating.choose_level", turn.conversation.choices)
    return None


def _is(turn: Turn, list_id: str) -> bool:
    return says(turn, list_id, "rating_words.around")


def _again(turn: Turn, text_id: str, choices: tuple[Choice, ...]) -> Outcome:
    """The same question once more, a little plainer."""
    reply = Reply(Status.ASKED_TO_RATE, turn.texts.get(text_id), choices)
    return replace(unchanged(turn, reply), asked=turn.conversation.asked)


def _opened(turn: Turn, target: Target) -> Outcome:
    turn = replace(turn, target=target)
    if isinstance(target, RateChoice):
        outcome = rating.rate(turn)
    elif isinstance(target, NoteChoice):
        outcome = rating.note(turn)
    else:
        outcome = rating.follow_ups(turn)
    return replace(outcome, view=target)
