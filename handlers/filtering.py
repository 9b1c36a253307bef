"""A word typed below a long list narrows it. The word itself is not remembered: the whole list stays one step back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.browse import Shelf
from bot.dialogue.choices import AgenciesChoice, AgencyChoice, FieldChoice, FieldsChoice, LifeEventChoice, parse
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.search.fold import fold
from handlers import card
from handlers.browse import agency_shelf, field_key, field_shelf
from handlers.naming import field_name
from handlers.offering import MOST, card_choices, current

_MOST_WORDS = 4
_SHOWN = MOST - 1


def filtered(turn: Turn) -> Outcome | None:
    """The entries of the list on the screen that hold every word typed; None where there is no such list or entry."""
    words = fold(turn.text).split()
    view = parse(turn.conversation.trail[-1]) if turn.conversation.trail else None
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    if isinstance(view, FieldsChoice):
        names = {s.id: field_name(turn.catalogue, s.id, turn.language) for s in turn.guide.fields}
        options = [(name, Choice(str(FieldChoice(field_key(key))), name)) for key, name in names.items()]
        return _shown(turn, words, options)
    if isinstance(view, AgenciesChoice):
        return _shown(turn, words, [(s.name, Choice(str(AgencyChoice(s.id)), s.name)) for s in turn.guide.agencies])
    codes = _codes(turn, view)
    if len(codes) <= MOST:
        return None
    return _procedures(turn, words, codes)


def _codes(turn: Turn, view: object) -> tuple[str, ...]:
    shelf: Shelf | None = None
    if isinstance(view, FieldChoice):
        shelf = field_shelf(turn, view.id)
    elif isinstance(view, AgencyChoice):
        shelf = agency_shelf(turn, view.code)
    elif isinstance(view, LifeEventChoice):
        event = next((event for event in turn.catalogue.life_events if event.id == view.id), None)
        return () if event is None else current(turn, event.codes)
    return () if shelf is None else shelf.codes


def _procedures(turn: Turn, words: Sequence[str], codes: Sequence[str]) -> Outcome | None:
    names = turn.guide.words
    found = [code for code in codes if _hold(names[code], words)]
    if not found:
        return None
    if len(found) == 1:
        return card.show(turn, found[0])
    return _listed(turn, card_choices(turn, found[:_SHOWN]), len(found))


def _shown(turn: Turn, words: Sequence[str], options: Sequence[tuple[str, Choice]]) -> Outcome | None:
    found = [choice for name, choice in options if _hold(fold(name).split(), words)]
    return _listed(turn, found[:_SHOWN], len(found)) if found else None


def _listed(turn: Turn, choices: Sequence[Choice], count: int) -> Outcome:
    texts = turn.texts
    if count <= _SHOWN:
        text = texts.get("browse.filtered", count=count)
    else:
        text = texts.get("browse.filtered_many", count=count, shown=_SHOWN)
    whole = Choice(turn.conversation.trail[-1], texts.get("browse.whole_list"))
    return Outcome(Reply(Status.BROWSED, text, (*choices, whole)))


def _hold(held: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word typed begins a word of the name."""
    return all(any(word.startswith(typed) for word in held) for typed in words)
