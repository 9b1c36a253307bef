"""Browsing without typing: groups of situations in life, a situation, the fields, a field, the agencies, an agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.catalog.browse import Shelf
from bot.catalog.model import AgencyKind, LifeEvent
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    MenuChoice,
    Target,
)
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.naming import LABEL_CHARS, event_title, field_name, group_title, shorten
from handlers.offering import MOST, card_choices, closed, current
from handlers.paging import WITH_BACK, page_of, shown_page, with_page
from handlers.start import groups

_LONGEST_KEY = 40
"""A field's id may be a sentence; so much of it tells it from all others, and fits into a choice id."""


def life_event_group(turn: Turn) -> Outcome:
    """The situations of one group."""
    found = groups(turn)
    target = turn.target
    if not isinstance(target, LifeEventGroupChoice) or target.number > len(found):
        return choice_expired.expired(turn)
    events = found[target.number - 1]
    choices = tuple(Choice(str(LifeEventChoice(e.id)), event_title(e, turn.language)) for e in events)[: MOST - 1]
    ways = Choice(str(MenuChoice()), turn.texts.get("browse.other_ways"))
    text = turn.texts.get("browse.group", title=group_title(events[0], turn.language))
    return Outcome(Reply(Status.BROWSED, text, (*choices, ways)))


def life_event(turn: Turn) -> Outcome:
    """A page of the situation's procedures, in the order in which they are needed."""
    target = turn.target
    event = next(
        (e for e in turn.catalogue.life_events if isinstance(target, LifeEventChoice) and e.id == target.id), None
    )
    if event is None or not isinstance(target, LifeEventChoice):
        return choice_expired.expired(turn)
    return open_event(turn, event, target.page)


def open_event(turn: Turn, event: LifeEvent, page: int = 1) -> Outcome:
    """A page of this situation's procedures."""
    codes = current(turn, event.codes)
    text = turn.texts.get("life_event.title", title=event_title(event, turn.language))

    def onward(number: int) -> Target:
        return LifeEventChoice(event.id, number)

    # Without the way back on a page before the last one: a procedure more is a tap less to it.
    return _procedures(turn, text, codes, page, onward, most=MOST)


def fields(turn: Turn) -> Outcome:
    """The fields, those that people need most first."""
    page = turn.target.page if isinstance(turn.target, FieldsChoice) else 1
    options = tuple(
        Choice(
            str(FieldChoice(field_key(shelf.id))),
            _counted(turn, field_name(turn.catalogue, shelf.id, turn.language), shelf),
        )
        for shelf in turn.guide.fields
    )
    text = turn.texts.get("browse.fields", count=len(options))
    return _paged(turn, text, options, page, FieldsChoice)


def field(turn: Turn) -> Outcome:
    """The procedures of one field."""
    target = turn.target
    shelf = field_shelf(turn, target.id) if isinstance(target, FieldChoice) else None
    if shelf is None or not isinstance(target, FieldChoice):
        return choice_expired.expired(turn)
    name = field_name(turn.catalogue, shelf.id, turn.language)
    return _shelf(turn, name, shelf, target.page, lambda number: FieldChoice(target.id, number))


def agencies(turn: Turn) -> Outcome:
    """The agencies that have services: the person's commune, or how to choose it, then all that are no communes."""
    page = turn.target.page if isinstance(turn.target, AgenciesChoice) else 1
    options = tuple(Choice(str(AgencyChoice(s.id)), _counted(turn, s.name, s)) for s in offices(turn))
    text = turn.texts.get("browse.agencies")
    return _paged(turn, text, (_own_commune(turn), *options), page, AgenciesChoice)


def offices(turn: Turn) -> list[Shelf]:
    """The agencies that are no communes, nearest to people first; those of one name are left out: who could choose?"""
    kinds, names = turn.catalogue.agencies, Counter(shelf.name for shelf in turn.guide.agencies)
    others = (shelf for shelf in turn.guide.agencies if kinds[shelf.id].kind is not AgencyKind.COMMUNE)
    return [shelf for shelf in others if names[shelf.name] == 1]


def agency(turn: Turn) -> Outcome:
    """The procedures on which one agency decides."""
    target = turn.target
    shelf = agency_shelf(turn, target.code) if isinstance(target, AgencyChoice) else None
    if shelf is None or not isinstance(target, AgencyChoice):
        return choice_expired.expired(turn)
    return _shelf(turn, shelf.name, shelf, target.page, lambda number: AgencyChoice(target.code, number))


def field_key(field_id: str) -> str:
    """A field's id, cut so that it fits into a choice id."""
    return field_id[:_LONGEST_KEY].rstrip("-")


def field_shelf(turn: Turn, key: str) -> Shelf | None:
    """The field of that key."""
    return next((shelf for shelf in turn.guide.fields if field_key(shelf.id) == key), None)


def agency_shelf(turn: Turn, code: str) -> Shelf | None:
    return next((shelf for shelf in turn.guide.agencies if shelf.id == code), None)


def _own_commune(turn: Turn) -> Choice:
    commune = turn.commune
    if commune is None:
        return Choice(str(CommuneChoice()), turn.texts.get("browse.commune"))
    return Choice(str(AgencyChoice(commune.agency_code)), turn.catalogue.agencies[commune.agency_code].name)


def _shelf(turn: Turn, name: str, shelf: Shelf, page: int, onward: Callable[[int], Target]) -> Outcome:
    count = len(shelf.codes)
    text_id = "browse.shelf" if count <= WITH_BACK else "browse.long_shelf"
    text = with_page(turn.texts, turn.texts.get(text_id, name=name, count=count), page, count)
    return _procedures(turn, text, shelf.codes, page, onward, most=WITH_BACK)


def _procedures(
    turn: Turn, text: str, codes: Sequence[str], page: int, onward: Callable[[int], Target], *, most: int
) -> Outcome:
    """A page of procedures, and the ways out if there is room."""

    def show(shown: Sequence[str]) -> Sequence[Choice]:
        return card_choices(turn, shown)

    return _answer(turn, text, shown_page(codes, show, page, onward, turn.texts.get("start.next"), most=most))


def _paged(turn: Turn, text: str, options: Sequence[Choice], page: int, onward: Callable[[int], Target]) -> Outcome:
    head = with_page(turn.texts, text, page, len(options))
    return _answer(turn, head, page_of(options, page, onward, turn.texts.get("start.next"), most=WITH_BACK))


def _answer(turn: Turn, text: str, choices: tuple[Choice, ...]) -> Outcome:
    if not choices:
        return choice_expired.expired(turn)
    return Outcome(Reply(Status.BROWSED, text, closed(turn, choices, with_back=True)))


def _counted(turn: Turn, name: str, shelf: Shelf) -> str:
    count = turn.texts.get("browse.count", count=len(shelf.codes))
    return f"{shorten(name, LABEL_CHARS - len(count) - 1)} {count}"
