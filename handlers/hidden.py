"""The card of a procedure of which nothing is said for now: since when, why, and where to look instead."""

from __future__ import annotations

from bot.catalog.editorial import Hiding, hiding_of, hidings_at
from bot.catalog.lookup import agencies_of, is_hidden, portal_link
from bot.catalog.model import Catalogue, Procedure
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts.written import day_written
from handlers.beside import ended, notice_lines
from handlers.filing import kind_of_place
from handlers.offering import closed, pending


def hiding_for(turn: Turn, procedure: Procedure, agency: str | None) -> Hiding | None:
    """Why the card may not be shown: at the body that is meant, or anywhere."""
    catalogue, said = turn.catalogue, turn.catalogue.editorial
    if not any(hiding.code == procedure.code for hiding in said.hidings):
        return None
    found = hiding_of(said, procedure.code, agency or _own_commune(turn, procedure))
    if found is None and is_hidden(catalogue, procedure.code):
        found = hidings_at(said, procedure.code)[0]
    return found


def is_hidden_there(catalogue: Catalogue, code: str, agency: str | None) -> bool:
    """Whether nothing may be said of it at this body, though at others it may."""
    hidden = agency is not None and hiding_of(catalogue.editorial, code, agency) is not None
    return hidden and not is_hidden(catalogue, code)


def hidden_card(
    turn: Turn,
    procedure: Procedure,
    hiding: Hiding,
    head: tuple[str | None, ...],
    near: tuple[Choice, ...],
    view: CardChoice,
) -> Outcome:
    """`head`: the lines above, the name first. `near`: what may be meant instead."""
    catalogue, texts = turn.catalogue, turn.texts
    lines = (
        *head,
        *notice_lines(catalogue.editorial, texts, turn.today, procedure.code, procedure.field_id),
        *_said(turn, hiding),
        texts.get("editorial.hidden_onward", centre=catalogue.province.service_centre),
        texts.get("editorial.hidden_code", code=procedure.code),
    )
    waiting = tuple(choice for choice in turn.conversation.waiting if choice.id != str(CardChoice(procedure.code)))
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


def _own_commune(turn: Turn, procedure: Procedure) -> str:
    """The person's own commune, where communes alone decide, by where one lives."""
    commune, catalogue = turn.commune, turn.catalogue
    if commune is None or kind_of_place(catalogue, procedure) is not None:
        return ""
    return commune.agency_code if _is_of_communes(catalogue, procedure) else ""


def _is_of_communes(catalogue: Catalogue, procedure: Procedure) -> bool:
    return all(agency.code in catalogue.communes for agency in agencies_of(catalogue, procedure.code))
