"""A place named beside a procedure, or after its card ("còn ở Kỳ Hoa thì sao"): the card for that place, this once."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.communes import commune_by_name
from bot.catalog.lookup import agencies_of
from bot.catalog.model import Commune
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome, Turn
from bot.search.fold import canonical, fold_canonical
from bot.search.model import Decision, Verdict
from handlers import card
from handlers.commune_names import states_home
from handlers.offering import current

_MARKERS = frozenset({"xa", "phuong", "o", "tai", "ve", "in", "at"})
_KINDS = frozenset({"xa", "phuong"})
_LONGEST_NAME = 3
_LONGEST = 14


def card_elsewhere(turn: Turn, wish: Decision) -> Outcome | None:
    """The card at the place named: of the procedure answered, else of the one spoken of before; or None."""
    place = commune_in(turn)
    if place is None:
        return None
    if wish.verdict is Verdict.ANSWERED and wish.candidates:
        shown = at_place(turn, wish.written or wish.candidates[0].code, place, wish.asks)
        return replace(shown, profile=_told_home(turn, place)) if states_home(turn) else shown
    code = turn.conversation.procedure
    if code is None or not current(turn, (code,)):
        return None
    names_another = wish.verdict is Verdict.ASKED_BACK and wish.candidates[0].code != code and not wish.asks
    return None if names_another and not _goes_on(turn) else at_place(turn, code, place, wish.asks)


def at_place(turn: Turn, code: str, place: Commune, asks: tuple[str, ...]) -> Outcome:
    """The card as for someone at this place; what is remembered of the person stays as it is."""
    there = replace(turn.conversation.profile, commune=place.agency_code)
    visiting = replace(turn, conversation=replace(turn.conversation, profile=there))
    bodies = (agency.code for agency in agencies_of(turn.catalogue, current(turn, (code,))[0]))
    decides = place.agency_code in bodies
    shown = card.show(visiting, code, place.agency_code if decides else None, asks)
    return replace(shown, profile=None)


def _told_home(turn: Turn, place: Commune) -> Profile:
    return replace(turn.conversation.profile, commune=place.agency_code, commune_asked=True)


def commune_in(turn: Turn) -> Commune | None:
    """The one commune that stands in the message behind a word for a place; None for none, or if it may be several."""
    words = canonical(turn.text).replace(",", " ").strip(" .!?").split()
    if len(words) > _LONGEST:
        return None
    folded = [fold_canonical(word) for word in words]
    for at in range(len(words) - 1):
        if folded[at] not in _MARKERS:
            continue
        start = at + 1 if folded[at] not in _KINDS else at
        for end in range(min(len(words), at + 1 + _LONGEST_NAME), at + 1, -1):
            name = " ".join(words[start:end])
            found = {match.commune.agency_code: match.commune for match in commune_by_name(turn.catalogue, name)}
            if len(found) == 1:
                return next(iter(found.values()))
    return None


def _goes_on(turn: Turn) -> bool:
    """Whether the message begins with a place, so that it goes on from what was said."""
    first = fold_canonical(canonical(turn.text)).split()[:1]
    return bool(first) and first[0] in {"o", "tai", "con", "dat", "the", "vay", "neu", "and"}
