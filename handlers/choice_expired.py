"""A choice that cannot be used any more, or never could: a polite new start."""

from __future__ import annotations

from bot.dialogue.messages import Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from handlers.offering import home


def expired(turn: Turn) -> Outcome:
    return Outcome(Reply(Status.EXPIRED_CHOICE, turn.texts.get("choice.expired"), (home(turn),)))


def none_offered(turn: Turn) -> Outcome:
    """A number from someone to whom nothing was offered yet."""
    return Outcome(Reply(Status.EXPIRED_CHOICE, turn.texts.get("choice.none_offered"), (home(turn),)))


def out_of_range(turn: Turn) -> Outcome:
    """A number that none of the open choices bears: the same choices once more, nothing forgotten."""
    conversation = turn.conversation
    if not conversation.choices:
        return none_offered(turn) if conversation.is_new else expired(turn)
    last = len(conversation.choices)
    text = turn.texts.get("choice.out_of_range_one") if last == 1 else turn.texts.get("choice.out_of_range", last=last)
    return unchanged(turn, Reply(Status.EXPIRED_CHOICE, text, conversation.choices))
