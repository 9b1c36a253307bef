"""A commune's name typed as the answer to "which place?": today's name, or one from before 2025."""

from __future__ import annotations

import re

from bot.catalog.communes import CommuneMatch, commune_by_name
from bot.catalog.lookup import agencies_of
from bot.catalog.model import AgencyKind
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import canonical, fold, fold_canonical
from handlers import card
from handlers.commune_names import communes_of, former_name, known_districts
from handlers.filing import kind_of_place
from handlers.offering import MOST, closed

_WHAT = "dat|ruong|vuon|nha|xay|lam|mo|ban|quan|cua hang|kinh doanh"
_WHOSE = "cua|toi|tui|em|chau|con|bac|minh"
_IN = re.compile(rf"(?:(?:{_WHAT}|{_WHOSE}|thi|la|nam|o|tai|thuoc) )*")
_MAX_CHARS = 40


def card_at_commune(turn: Turn) -> Outcome | None:
    """The card at the commune named, if a place was asked for or counts, and the message is such a name; else None.

    A name that several communes of today may claim is asked back.
    """
    code = turn.conversation.procedure
    if code is None or len(turn.text) > _MAX_CHARS or not _place_was_asked(turn, code):
        return None
    named = _communes(turn, code)
    if not named:
        return _at_branch(turn, code)
    if len(named) == 1:
        note = former_name(turn, named[0])
        return card.show(turn, code, named[0].commune.agency_code, turn.conversation.asks, note=note)
    communes = [match.commune for match in named]
    choices = tuple(Choice(str(CardChoice(code, commune.agency_code)), commune.name) for commune in communes)
    return unchanged(
        turn, Reply(Status.ASKED_BACK, turn.texts.get("find.which_commune"), choices[:MOST], codes=(code,))
    )


def _at_branch(turn: Turn, code: str) -> Outcome | None:
    """The card at the branch that bears the name typed; asked which where two do."""
    name = fold(_name(turn))
    deciding = [agency for agency in agencies_of(turn.catalogue, code) if agency.kind is AgencyKind.BRANCH]
    named = [branch for branch in deciding if name and fold(branch.name).endswith(f" {name}")]
    if not named:
        return None
    if len(named) == 1:
        return card.show(turn, code, named[0].code, turn.conversation.asks)
    choices = tuple(Choice(str(CardChoice(code, branch.code)), branch.name) for branch in named)
    text = turn.texts.get("card.level.which_body")
    return unchanged(turn, Reply(Status.ASKED_BACK, text, closed(turn, choices[: MOST - 1]), codes=(code,)))


def _name(turn: Turn) -> str:
    """The name in the message, without the words for what is there and whose it is."""
    text = canonical(turn.text)
    before = _IN.match(fold_canonical(text))
    return text[before.end() :] if before else text


def _communes(turn: Turn, code: str) -> list[CommuneMatch]:
    """The communes that the message may name, of those that decide on the procedure; each once."""
    # As it is written first: "Lâm Hợp", "Nam Hà" begin like such words without their marks.
    written = canonical(turn.text).strip(" .!?")
    name = written if commune_by_name(turn.catalogue, written) else _name(turn)
    deciding = {agency.code for agency in agencies_of(turn.catalogue, code)}
    matches = list(commune_by_name(turn.catalogue, name))
    # Ten communes are called like a former district, and most who say the name mean all of that.
    of_districts = communes_of(turn.catalogue, known_districts(turn.catalogue, name))
    matches += [CommuneMatch(commune, None) for commune in of_districts]
    found: dict[str, CommuneMatch] = {}
    for match in matches:
        if match.commune.agency_code in deciding:
            found.setdefault(match.commune.agency_code, match)
    return list(found.values())


def _place_was_asked(turn: Turn, code: str) -> bool:
    procedure = turn.catalogue.procedures.get(code)
    if procedure is not None and kind_of_place(turn.catalogue, procedure) is not None:
        # The card says that the place of the land, the building or the business counts.
        return True
    targets = (parse(choice.id) for choice in turn.conversation.choices)
    return any(isinstance(t, CardChoice) and t.code == code and t.agency in turn.catalogue.communes for t in targets)
