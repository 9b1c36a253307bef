"""The beginning: who answers, what to write, and the situations in life to choose from."""

from __future__ import annotations

from bot.dialogue.choices import LifeEventChoice, StartChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.paging import page_of


def start(turn: Turn) -> Outcome:
    """The greeting, or a further page of situations; no second greeting for who taps on from an answer."""
    page = turn.target.page if isinstance(turn.target, StartChoice) else 1
    choices = life_event_choices(turn, page)
    if page > 1:
        if not choices:
            return choice_expired.expired(turn)
        return Outcome(Reply(Status.STARTED, turn.texts.get("start.more_events"), choices))
    if choices and _was_offered(turn):
        return Outcome(Reply(Status.STARTED, turn.texts.get("start.once_more"), choices))
    province = turn.catalogue.province
    text_id = "start.greeting" if choices else "start.greeting_plain"
    text = turn.texts.get(text_id, assistant=province.assistant_name, operator=province.operator)
    return Outcome(Reply(Status.STARTED, text, choices))


def _was_offered(turn: Turn) -> bool:
    """Whether this was tapped under an answer, so that the person has been greeted."""
    return turn.target is not None and any(choice.id == str(turn.target) for choice in turn.conversation.choices)


def life_event_choices(turn: Turn, page: int = 1) -> tuple[Choice, ...]:
    """The situations that have procedures, as choices."""
    events = [Choice(str(LifeEventChoice(e.id)), e.title) for e in turn.catalogue.life_events if e.codes]
    return page_of(events, page, StartChoice, turn.texts.get("start.more"))
