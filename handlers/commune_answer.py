"""A commune's name typed as the answer to "which place?": today's name, or one from before 2025."""

from __future__ import annotations

import re

from bot.catalog.communes import commune_by_name
from bot.catalog.model import Commune
from bot.dialogue.choices import CardChoice, parse
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import canonical, fold_canonical
from handlers import card
from handlers.bodies import levels_by_agency
from handlers.offering import MOST

_IN = re.compile(r"(?:(?:dat|nha|o|tai|thuoc) )*")
_MAX_CHARS = 40


def card_at_commune(turn: Turn) -> Outcome | None:
    """The card at the commune named, if a place was just asked for and the message is such a name; else None.

    A name that several communes of today may claim is asked back.
    """
    code = turn.conversation.procedure
    if code is None or len(turn.text) > _MAX_CHARS or not _place_was_asked(turn, code):
        return None
    named = _communes(turn, code)
    if not named:
        return None
    if len(named) == 1:
        return card.show(turn, code, named[0].agency_code, turn.conversation.asks)
    choices = tuple(Choice(str(CardChoice(code, commune.agency_code)), commune.name) for commune in named)
    return unchanged(
        turn, Reply(Status.ASKED_BACK, turn.texts.get("find.which_commune"), choices[:MOST], codes=(code,))
    )


def _communes(turn: Turn, code: str) -> list[Commune]:
    """The communes that the message may name, of those that decide on the procedure; each once."""
    text = canonical(turn.text)
    before = _IN.match(fold_canonical(text))
    name = text[before.end() :] if before else text
    deciding = levels_by_agency(turn.catalogue, code)
    matches = [match.commune for match in commune_by_name(turn.catalogue, name)]
    return list({commune.agency_code: commune for commune in matches if commune.agency_code in deciding}.values())


def _place_was_asked(turn: Turn, code: str) -> bool:
    targets = (parse(choice.id) for choice in turn.conversation.choices)
    return any(isinstance(t, CardChoice) and t.code == code and t.agency in turn.catalogue.communes for t in targets)
