"""A text about a procedure to send to others: its name, what can be done from home, where to read on, its code."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.catalog.lookup import is_hidden, successor
from bot.catalog.model import Catalogue, Procedure
from bot.dialogue.choices import ShareChoice
from bot.dialogue.messages import Choice, Forward, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import fold
from bot.texts import Texts
from handlers import choice_expired
from handlers.beside import hidden_bodies
from handlers.bodies import levels_by_agency, offers
from handlers.naming import heading
from handlers.stages import Stage, stage_everywhere, stage_of

PROCEDURE_PAGES = "/tt"
BODY = "noi"
_HOME = {
    Stage.FULL: "share.home.full",
    Stage.PARTIAL: "share.home.partial",
    Stage.INFORMATION: "share.home.information",
    Stage.BY_CASE: "share.home.by_case",
    Stage.DIFFERS: "share.home.differs",
    Stage.LISTED: "share.home.unknown_listed",
    Stage.NOT_LISTED: "share.home.unknown_not_listed",
    Stage.UNKNOWN: "share.home.unknown",
}


def share(turn: Turn) -> Outcome:
    """Nothing of the person is in it, and no body unless they chose one: it is the same whoever sends it."""
    target = turn.target
    code = successor(turn.catalogue, target.code) if isinstance(target, ShareChoice) else None
    if not isinstance(target, ShareChoice) or code is None:
        return choice_expired.expired(turn)
    catalogue, texts, procedure = turn.catalogue, turn.texts, turn.catalogue.procedures[code]
    agency = target.agency if target.agency in levels_by_agency(catalogue, code) else None
    name, home = heading(procedure, turn.language), home_sentence(catalogue, texts, procedure, agency)
    besides = None if agency is not None else hidden_bodies(catalogue, texts, procedure)
    home = home if besides is None else f"{home} {besides}"
    address = page_of(turn.site, turn.language, code, agency)
    if agency is None:
        text = texts.get("share.text", name=name, home=home, address=address, code=code)
    else:
        body = catalogue.agencies[agency].name
        text = texts.get("share.text_at", name=name, home=home, agency=body, address=address, code=code)
    # No choices: on channels without buttons they would be sent on with the text. Those of the card stay open.
    forward = Forward(texts.get("share.forward"), code)
    return unchanged(turn, Reply(Status.SHARED, text, codes=(code,), forward=forward))


def home_sentence(catalogue: Catalogue, texts: Texts, procedure: Procedure, agency: str | None = None) -> str:
    """One sentence: what can be done online, as far as the data say; at one body, or wherever they offer it."""
    if procedure.is_gone:
        return texts.get("poster.picture.removed")
    if is_hidden(catalogue, procedure.code):
        return texts.get("editorial.hidden_short")
    if agency is None:
        stage = stage_everywhere(catalogue, procedure, offers(catalogue, procedure.code))
    else:
        stage = stage_of(procedure, levels_by_agency(catalogue, procedure.code)[agency])
    return texts.get(_HOME[stage])


def page_of(site: str, language: str, code: str, agency: str | None = None) -> str:
    """The public page. `site`: the address of our own pages, without a slash at its end."""
    spoken = "" if language == "vi" else f"/{language}"
    query = "" if agency is None else f"?{urlencode({BODY: agency})}"
    return f"{site}{spoken}{PROCEDURE_PAGES}/{code}{query}"


def share_choice(turn: Turn, code: str, agency: str | None) -> Choice:
    return Choice(str(ShareChoice(code, agency)), turn.texts.get("share.open"))


def is_asked(turn: Turn) -> bool:
    """Whether the message says nothing but that what is on the screen is to be shared."""
    return fold(turn.text) in {fold(words) for words in turn.texts.words("share.asked")}
