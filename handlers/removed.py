"""A procedure that left the province's list: since when, and what may be meant instead.

Known is only that the list has it no longer. Whether it was abolished is not, unless something took its place.
"""

from __future__ import annotations

from bot.catalog.lookup import portal_link
from bot.catalog.model import Procedure
from bot.dialogue.choices import CardChoice, MenuChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts import Texts
from bot.texts.written import day_written
from handlers.card_lines import data_lines, head_lines
from handlers.naming import province_name
from handlers.offering import MOST, card_choices, closed, pending, waiting_still
from handlers.rating import rate_choice


def gone(turn: Turn, procedure: Procedure, note: str | None = None) -> Outcome:
    """The answer in the place of a card, where nothing is known to have taken the procedure's place.

    Whoever filed while it stood in the list can still say how that went.
    """
    texts, province = turn.texts, turn.catalogue.province
    near = turn.guide.near.get(procedure.code, ())
    lines = [
        *head_lines(turn, procedure, note),
        left_sentence(texts, procedure, province_name(province, turn.language)),
        texts.get("removed.why_unknown"),
        texts.get("removed.filed"),
        texts.get("removed.near") if near else texts.get("removed.none_near"),
        texts.get("removed.not_it", centre=province.service_centre),
        *data_lines(turn, procedure, published=True),
    ]
    waiting = waiting_still(turn, procedure.code)
    choices = (
        *pending(turn, waiting),
        *card_choices(turn, near),
        Choice(str(MenuChoice()), texts.get("browse.other_ways")),
    )
    rating = rate_choice(turn, procedure.code, None)
    reply = Reply(
        Status.ANSWERED,
        "\n".join(line for line in lines if line),
        closed(turn, (*choices[: MOST - 2], rating)),
        (Link(texts.get("removed.search_portal"), portal_link(turn.catalogue, procedure)),),
        (procedure.code,),
    )
    return Outcome(reply, waiting, procedure=procedure.code, view=CardChoice(procedure.code))


def left_sentence(texts: Texts, procedure: Procedure, province: str) -> str:
    """That the list has it no longer, since when, and by what if that is known."""
    removal = procedure.removal
    if removal is None:
        return ""
    date = day_written(texts.language, removal.since)
    if not removal.decision:
        return texts.get("removed.since", province=province, date=date)
    return texts.get("removed.since_decision", province=province, date=date, decision=removal.decision)


def replaced_note(turn: Turn, old: str, new: str) -> str:
    """For the card of what took the place of `old`: that it did, and since when the list has the old one no longer."""
    removal = turn.catalogue.procedures[old].removal
    if removal is None:
        return turn.texts.get("card.replaced", old=old, new=new)
    date = day_written(turn.language, removal.since)
    if not removal.decision:
        return turn.texts.get("removed.replaced", old=old, new=new, date=date)
    return turn.texts.get("removed.replaced_decision", old=old, new=new, date=date, decision=removal.decision)
