"""The whole name of a procedure, for names that are paragraphs."""

from __future__ import annotations

from bot.dialogue.choices import CardChoice, FullNameChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.offering import closed


def full_name(turn: Turn) -> Outcome:
    target = turn.target
    procedure = turn.catalogue.procedures.get(target.code) if isinstance(target, FullNameChoice) else None
    if procedure is None:
        return choice_expired.expired(turn)
    texts, code = turn.texts, procedure.code
    choices = closed(turn, (Choice(str(CardChoice(code)), texts.get("card.back")),))
    reply = Reply(Status.ANSWERED, texts.get("card.full_name", code=code, name=procedure.title), choices, codes=(code,))
    return Outcome(reply, turn.conversation.waiting, procedure=code)
