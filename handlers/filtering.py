"""A word typed below a long list narrows it. The word itself is not remembered: the whole list stays one step back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.browse import Shelf
from bot.catalog.list_names import words_of
from bot.catalog.model import Tier
from bot.catalog.online_list import tier_of
from bot.catalog.phrases import folded
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    FieldChoice,
    FieldsChoice,
    LifeEventChoice,
    ListBy,
    OnlineListChoice,
)
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Outcome, Turn
from handlers import card
from handlers.browse import agency_shelf, field_key, field_shelf
from handlers.naming import field_name, labels
from handlers.offering import MOST, card_choices, current
from handlers.online_list import listed_codes
from handlers.paging import WITH_BACK

_MOST_WORDS = 4
_SHOWN = MOST - 1


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, as names are compared with it: `marked` where it bears accents, so that "cháy" is not "chạy"."""

    text: str
    marked: bool

    def stands_in(self, name: str) -> bool:
        """Whether its words stand in the name beside each other; the last one may be the beginning of a word."""
        return f" {self.text}" in f" {self._spelled(name)}"

    def begins(self, name: str) -> bool:
        return self._spelled(name).startswith(self.text)

    def _spelled(self, name: str) -> str:
        return name if self.marked else folded(name)


def filtered(turn: Turn) -> Outcome | None:
    """The entries of the list on the screen whose names hold what was typed; None where there is no such list or entry.

    Those that are shown by a name that begins with it come first, then those that are shown by one that holds it.
    """
    text = words_of(turn.text)
    view = last_view(turn.conversation.trail)
    if not 1 <= len(text.split()) <= _MOST_WORDS:
        return None
    typed = _Typed(text, marked=text != folded(text))
    if isinstance(view, FieldsChoice):
        names = {s.id: field_name(turn.catalogue, s.id, turn.language) for s in turn.guide.fields}
        return _shown(turn, typed, [Choice(str(FieldChoice(field_key(key))), name) for key, name in names.items()])
    if isinstance(view, AgenciesChoice):
        agencies = [Choice(str(AgencyChoice(s.id)), s.name) for s in turn.guide.agencies]
        return _shown(turn, typed, agencies) or _without_list(turn, typed)
    codes, on_one_page = _codes(turn, view)
    return None if len(codes) <= on_one_page else _procedures(turn, typed, codes)


def _codes(turn: Turn, view: object) -> tuple[tuple[str, ...], int]:
    """The whole list on the screen, and how much of it would need no second page."""
    shelf: Shelf | None = None
    if isinstance(view, OnlineListChoice):
        return listed_codes(turn, view), WITH_BACK
    if isinstance(view, FieldChoice):
        shelf = field_shelf(turn, view.id)
    elif isinstance(view, AgencyChoice):
        shelf = agency_shelf(turn, view.code)
    elif isinstance(view, LifeEventChoice):
        event = next((event for event in turn.catalogue.life_events if event.id == view.id), None)
        return () if event is None else current(turn, event.codes), MOST
    return () if shelf is None else shelf.codes, WITH_BACK


def _procedures(turn: Turn, typed: _Typed, codes: Sequence[str]) -> Outcome | None:
    names = turn.guide.names
    found = [code for code in codes if any(typed.stands_in(name) for name in names[code])]
    if not found:
        return None
    shown = {code: words_of(labels(turn.catalogue, (code,), turn.language)[0]) for code in found}
    if len(found) == 1 and typed.stands_in(shown[found[0]]):
        return card.show(turn, found[0])
    found.sort(key=lambda code: (not typed.begins(shown[code]), not typed.stands_in(shown[code])))
    return _listed(turn, card_choices(turn, found[:_SHOWN]), len(found))


def _shown(turn: Turn, typed: _Typed, options: Sequence[Choice]) -> Outcome | None:
    found = [choice for choice in options if typed.stands_in(words_of(choice.label))]
    found.sort(key=lambda choice: not typed.begins(words_of(choice.label)))
    return _listed(turn, found[:_SHOWN], len(found)) if found else None


def _without_list(turn: Turn, typed: _Typed) -> Outcome | None:
    """What is said of an agency that is asked for, but of which no services are published (police, tax)."""
    catalogue, texts = turn.catalogue, turn.texts
    others = (agency for agency in catalogue.agencies.values() if tier_of(catalogue, agency.code) is Tier.OTHER)
    name = next((agency.name for agency in others if typed.begins(words_of(agency.name))), None)
    if name is None:
        return None
    tier = Choice(str(OnlineListChoice(ListBy.TIER, Tier.OTHER.value)), texts.get("online_list.tier_other"))
    listed = (tier,) if turn.guide.online.by_tier[Tier.OTHER].procedures else ()
    text = texts.get("browse.without_list", name=name)
    return Outcome(Reply(Status.BROWSED, text, (*listed, _whole(turn))))


def _listed(turn: Turn, choices: Sequence[Choice], count: int) -> Outcome:
    texts = turn.texts
    if count <= _SHOWN:
        text = texts.get("browse.filtered", count=count)
    else:
        text = texts.get("browse.filtered_many", count=count, shown=_SHOWN)
    return Outcome(Reply(Status.BROWSED, text, (*choices, _whole(turn))))


def _whole(turn: Turn) -> Choice:
    return Choice(turn.conversation.trail[-1], turn.texts.get("browse.whole_list"))
