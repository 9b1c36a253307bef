"""Browsing: the procedures that a situation in life calls for."""

from __future__ import annotations

from bot.catalog.lookup import successor
from bot.catalog.model import LifeEvent
from bot.dialogue.choices import CardChoice, LifeEventChoice, StartChoice, Target
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.naming import labels
from handlers.paging import MOST, page_of


def life_event(turn: Turn) -> Outcome:
    """A page of the situation's procedures, in the order in which they are needed."""
    target = turn.target
    if not isinstance(target, LifeEventChoice):
        return choice_expired.expired(turn)
    event = next((event for event in turn.catalogue.life_events if event.id == target.id), None)
    if event is None:
        return choice_expired.expired(turn)
    return open_event(turn, event, target.page)


def open_event(turn: Turn, event: LifeEvent, page: int = 1) -> Outcome:
    """A page of this situation's procedures."""
    choices = _page(turn, event, page)
    if not choices and page > 1:
        return choice_expired.expired(turn)
    again = (Choice(str(StartChoice()), turn.texts.get("start.again")),)
    if not choices:
        return Outcome(Reply(Status.BROWSED, turn.texts.get("life_event.nothing"), again))
    text = turn.texts.get("life_event.title", title=event.title)
    return Outcome(Reply(Status.BROWSED, text, choices if len(choices) == MOST else (*choices, *again)))


def _page(turn: Turn, event: LifeEvent, page: int) -> tuple[Choice, ...]:
    current = (successor(turn.catalogue, code) for code in event.codes)
    codes = tuple(dict.fromkeys(code for code in current if code is not None))
    options = [
        Choice(str(CardChoice(code)), label) for code, label in zip(codes, labels(turn.catalogue, codes), strict=True)
    ]

    def onward(number: int) -> Target:
        return LifeEventChoice(event.id, number)

    return page_of(options, page, onward, turn.texts.get("start.next"))
