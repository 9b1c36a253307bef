"""A word or two typed below a few procedures to choose from: the ones of which it is said."""

from __future__ import annotations

import re

from bot.catalog.model import Procedure
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice, PickChoice
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Outcome, Turn
from bot.search.fold import spelling_of
from handlers import card

_MOST_WORDS = 3
_WORD = re.compile(r"[^\W_]+")


def narrowed(turn: Turn) -> Outcome | None:
    """The card of the one procedure on the screen of which all the words are said; None where it is none or several.

    With diacritics the words are compared with theirs: "đổi" is not "đối".
    """
    view = last_view(turn.conversation.trail)
    spelled = spelling_of(turn.text)
    words = _WORD.findall(spelled(turn.text))
    if not isinstance(view, PickChoice) or not 1 <= len(words) <= _MOST_WORDS:
        return None
    offered = (parse(choice.id) for choice in turn.conversation.choices)
    codes = [target.code for target in offered if isinstance(target, CardChoice)]
    procedures = [turn.catalogue.procedures[code] for code in codes if code in turn.catalogue.procedures]
    for told in (_names, _all_that_is_told):
        fitting = [p for p in procedures if set(words) <= set(_WORD.findall(spelled(told(p))))]
        if len(fitting) == 1:
            others = tuple(code for code in codes if code != fitting[0].code)
            return card.show(turn, fitting[0].code, asks=turn.conversation.asks, near=others)
    return None


def _names(procedure: Procedure) -> str:
    english = None if procedure.english is None else procedure.english.label
    return " ".join(name for name in (procedure.label, procedure.short_name, english) if name)


def _all_that_is_told(procedure: Procedure) -> str:
    """The difference up to its first semicolon: what follows names the others."""
    apart = (procedure.difference or "").partition(";")[0]
    return f"{_names(procedure)} {procedure.title} {apart}"
