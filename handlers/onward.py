"""What may come after a card: the procedures that were nearly meant, and the situation in life it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.choices import CardChoice, LifeEventChoice, PickChoice
from bot.dialogue.messages import Choice
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Turn
from bot.search.model import Decision
from handlers.naming import event_title, labels
from handlers.offering import in_force

_NEAR = 0.25
"""How far in score a rival may be behind the answer to be offered beside it."""
_MOST = 3


def near_answer(wish: Decision) -> tuple[str, ...]:
    """The codes that came close to the answer."""
    if not wish.candidates:
        return ()
    least = wish.candidates[0].score - _NEAR
    return tuple(candidate.code for candidate in wish.candidates[1:] if candidate.score >= least)


def left_on_list(turn: Turn) -> tuple[str, ...]:
    """What else may be meant when a card is chosen: the rest of the list that was asked back, or the card before.

    Lists that one browses offer many things on purpose; they are no doubt about what is meant.
    """
    conversation, chosen = turn.conversation, turn.target
    if not isinstance(chosen, CardChoice) or any(choice.id == str(chosen) for choice in conversation.waiting):
        return ()
    view = last_view(conversation.trail)
    if isinstance(view, PickChoice):
        return tuple(code for code in view.codes if code != chosen.code) if chosen.code in view.codes else ()
    offered = {choice.id for choice in conversation.choices}
    if isinstance(view, CardChoice) and view.code != chosen.code:
        return (view.code, *conversation.others) if str(chosen) in offered else ()
    return conversation.others if conversation.procedure == chosen.code else ()


def near_choices(turn: Turn, codes: Sequence[str], without: Sequence[str]) -> tuple[Choice, ...]:
    """At most three of the codes as choices, by today's code, none of those in `without`, none that left the list."""
    shown = tuple(code for code in in_force(turn, codes) if code not in without)[:_MOST]
    named = zip(shown, labels(turn.catalogue, shown, turn.language), strict=True)
    return tuple(Choice(str(CardChoice(code)), turn.texts.get("card.near", label=label)) for code, label in named)


def situation(turn: Turn, code: str) -> tuple[Choice, ...]:
    """The situation in life that calls for this procedure most, if it calls for others too."""
    events = [event for event in turn.catalogue.life_events if code in event.codes and len(event.codes) > 1]
    if not events:
        return ()
    event = min(events, key=lambda event: event.codes.index(code))
    return (
        Choice(
            str(LifeEventChoice(event.id)), turn.texts.get("card.situation", title=event_title(event, turn.language))
        ),
    )
