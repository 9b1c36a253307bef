"""Whether the answer helped; and if not, what was missing, and another way. It is no rating of a service."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.lookup import portal_link
from bot.dialogue.choices import HelpfulChoice, MenuChoice, Opinion, OtherChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.offering import home
from handlers.stale import stale, stale_choice

_REASONS = (
    (Opinion.WRONG, "helpful.reason_wrong"),
    (Opinion.INCOMPLETE, "helpful.reason_incomplete"),
    (Opinion.UNCLEAR, "helpful.reason_unclear"),
)
_ANSWERS = {
    Opinion.WRONG: "helpful.answer_wrong",
    Opinion.INCOMPLETE: "helpful.answer_incomplete",
    Opinion.UNCLEAR: "helpful.answer_unclear",
    Opinion.OLD: "helpful.answer_old",
}


def helpful(turn: Turn) -> Outcome:
    """Thanks; or the question what was missing; or, to that, another way."""
    if not isinstance(turn.target, HelpfulChoice):
        return choice_expired.expired(turn)
    opinion, texts, kept = turn.target.opinion, turn.texts, turn.conversation
    old = stale_choice(turn)
    if opinion is Opinion.OLD and old is not None:
        return stale(replace(turn, target=old))
    if opinion is Opinion.YES:
        reply = Reply(Status.HELPFULNESS, texts.get("helpful.thanks"), (home(turn),))
    elif opinion is Opinion.NO:
        choices = tuple(Choice(str(HelpfulChoice(reason)), texts.get(text_id)) for reason, text_id in _REASONS)
        looks_old = Choice(str(old or HelpfulChoice(Opinion.OLD)), texts.get("stale.option"))
        reply = Reply(Status.HELPFULNESS, texts.get("helpful.what_was_missing"), (*choices, looks_old, home(turn)))
    else:
        reply = Reply(Status.HELPFULNESS, _another_way(turn, opinion), _choices(turn, opinion), _links(turn))
    return Outcome(reply, kept.waiting, kept.asks, kept.procedure, kept.agency, kept.others, opinion=opinion)


def _another_way(turn: Turn, opinion: Opinion) -> str:
    centre = turn.catalogue.province.service_centre
    return f"{turn.texts.get(_ANSWERS[opinion])}\n{turn.texts.get('helpful.ask_people', centre=centre)}"


def _choices(turn: Turn, opinion: Opinion) -> tuple[Choice, ...]:
    old = stale_choice(turn) if opinion is Opinion.WRONG else None
    looks_old = () if old is None else (Choice(str(old), turn.texts.get("stale.option")),)
    other = Choice(str(OtherChoice()), turn.texts.get("helpful.other_procedures"))
    ways = Choice(str(MenuChoice()), turn.texts.get("browse.other_ways"))
    return (other, ways, *looks_old, home(turn))


def _links(turn: Turn) -> tuple[Link, ...]:
    procedure = turn.catalogue.procedures.get(turn.conversation.procedure or "")
    if procedure is None:
        return (Link(turn.texts.get("link.portal"), turn.catalogue.province.portal_home),)
    return (Link(turn.texts.get("link.procedure"), portal_link(turn.catalogue, procedure)),)
