"""The card of a procedure of which nothing is said for now: since when, why, and where to look instead."""

from __future__ import annotations

from bot.catalog.editorial import Hiding, hiding_of, hidings_of
from bot.catalog.lookup import agencies_of, is_hidden, portal_link
from bot.catalog.model import Catalogue, Procedure
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts.written import day_written
from handlers.beside import ended
from handlers.card_lines import head_lines
from handlers.filing import own_commune
from handlers.offering import closed, pending, waiting_still


def hiding_for(turn: Turn, procedure: Procedure, agency: str | None) -> Hiding | None:
    """Why the card may not be shown: at the body that is meant, or anywhere."""
    hidden = hidings_of(turn.catalogue.editorial, procedure.code)
    if not hidden or "" in hidden:
        return hidden.get("")
    bodies = [body.code for body in agencies_of(turn.catalogue, procedure.code)]
    found = hidden.get(agency or own_commune(turn, procedure, bodies) or "")
    if found is None and is_hidden(turn.catalogue, procedure.code):
        found = next(iter(hidden.values()))
    return found


def is_hidden_there(catalogue: Catalogue, code: str, agency: str | None) -> bool:
    """Whether nothing may be said of it at this body, though at others it may."""
    hidden = agency is not None and hiding_of(catalogue.editorial, code, agency) is not None
    return hidden and not is_hidden(catalogue, code)


def hidden_card(
    turn: Turn,
    procedure: Procedure,
    hiding: Hiding,
    note: str | None,
    near: tuple[Choice, ...],
    view: CardChoice,
) -> Outcome:
    """`note`: a line below the name. `near`: what may be meant instead."""
    catalogue, texts = turn.catalogue, turn.texts
    lines = (
        *head_lines(turn, procedure, note, with_difference=False),
        *_said(turn, hiding),
        texts.get("editorial.hidden_onward", centre=catalogue.province.service_centre),
        texts.get("editorial.hidden_code", code=procedure.code),
    )
    waiting = waiting_still(turn, procedure.code)
    reply = Reply(
        Status.ANSWERED,
        "\n".join(line for line in lines if line),
        closed(turn, (*pending(turn, waiting), *near)),
        (Link(texts.get("link.procedure"), portal_link(catalogue, procedure)),),
        (procedure.code,),
    )
    return Outcome(reply, waiting, procedure=procedure.code, agency=view.agency, view=view)


def _said(turn: Turn, hiding: Hiding) -> tuple[str, str]:
    texts, since = turn.texts, day_written(turn.language, hiding.since)
    why = texts.get("editorial.hidden_why", reason=ended(hiding.reason))
    agency = turn.catalogue.agencies.get(hiding.agency)
    if agency is None:
        return texts.get("editorial.hidden", date=since), why
    return texts.get("editorial.hidden_at", agency=agency.name, date=since), why
