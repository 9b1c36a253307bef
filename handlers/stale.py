"""Somebody says that what they were told looks old: thanks, what becomes of it, and the portal's page meanwhile."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.lookup import portal_link, successor
from bot.dialogue.choices import MenuChoice, Opinion, OtherChoice, StaleChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.ratings.model import Subject
from handlers import choice_expired
from handlers.heard_words import says
from handlers.offering import home


def stale(turn: Turn) -> Outcome:
    """The outcome of the choice."""
    if not isinstance(turn.target, StaleChoice):
        return choice_expired.expired(turn)
    code = successor(turn.catalogue, turn.target.code)
    if code is None:
        return choice_expired.expired(turn)
    return _noted(turn, code, turn.target.agency)


def said_old(turn: Turn) -> Outcome | None:
    """The outcome of a message that says nothing else than that what was told is old; None for any other.

    Papers may be old as well ("giấy tờ cũ"): such words are in no list.
    """
    if not says(turn, "stale.said", "stale.around"):
        return None
    target = stale_choice(turn)
    if target is None:
        return unchanged(turn, Reply(Status.ASKED_BACK, turn.texts.get("stale.which"), (home(turn),)))
    return replace(stale(replace(turn, target=target)), view=target)


def stale_choice(turn: Turn) -> StaleChoice | None:
    """The choice for what is spoken of; None where nothing is."""
    code = turn.conversation.procedure
    if code is None or code not in turn.catalogue.procedures:
        return None
    return StaleChoice(code, turn.conversation.agency)


def _noted(turn: Turn, code: str, agency: str | None) -> Outcome:
    texts, catalogue, kept = turn.texts, turn.catalogue, turn.conversation
    agency = agency if agency in catalogue.agencies else None
    centre = catalogue.province.service_centre
    lines = (texts.get("stale.thanks"), texts.get("stale.meanwhile"), texts.get("helpful.ask_people", centre=centre))
    choices = (
        Choice(str(OtherChoice()), texts.get("helpful.other_procedures")),
        Choice(str(MenuChoice()), texts.get("browse.other_ways")),
        home(turn),
    )
    page = Link(texts.get("link.procedure"), portal_link(catalogue, catalogue.procedures[code]))
    return Outcome(
        Reply(Status.HELPFULNESS, "\n".join(lines), choices, (page,)),
        *(kept.waiting, kept.asks, kept.procedure, kept.agency, kept.others),
        opinion=Opinion.OLD,
        stale=Subject(code, agency=agency or ""),
    )
