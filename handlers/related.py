"""What is related to a procedure: what people usually need next, and the other members of its family."""

from __future__ import annotations

from bot.dialogue.choices import CardChoice, RelatedChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.naming import heading, labels, told_difference
from handlers.offering import MOST, card_choices, in_force

_NEXT = 3


def related(turn: Turn) -> Outcome:
    """The list: what comes next first, then the family, each with what tells it apart."""
    target = turn.target
    procedure = turn.catalogue.procedures.get(target.code) if isinstance(target, RelatedChoice) else None
    if procedure is None or not has_relatives(turn, procedure.code):
        return choice_expired.expired(turn)
    texts, language = turn.texts, turn.language
    following = _following(turn, procedure.code)
    kin = tuple(code for code in _kin(turn, procedure.code) if code not in following)[: MOST - 1 - len(following)]
    named = dict(zip((*following, *kin), labels(turn.catalogue, (*following, *kin), language), strict=True))
    lines = [texts.get("related.title", name=heading(procedure, language))]
    if following:
        lines.append(texts.get("related.next", names="; ".join(named[code] for code in following)))
    if kin:
        lines.append(texts.get("related.family"))
    for code in kin:
        told = told_difference(turn.catalogue, code, language)
        if told:
            lines.append(texts.get("find.difference", label=named[code], difference=told))
    back = Choice(str(CardChoice(procedure.code)), texts.get("card.back"))
    choices = (*card_choices(turn, (*following, *kin)), back)
    reply = Reply(Status.BROWSED, "\n".join(lines), choices, codes=(procedure.code,))
    return Outcome(reply, turn.conversation.waiting, procedure=procedure.code)


def has_relatives(turn: Turn, code: str) -> bool:
    return bool(_following(turn, code) or _kin(turn, code))


def _following(turn: Turn, code: str) -> tuple[str, ...]:
    return in_force(turn, turn.catalogue.next_steps.get(code, ()))[:_NEXT]


def _kin(turn: Turn, code: str) -> tuple[str, ...]:
    return turn.guide.kin.get(code, ())
