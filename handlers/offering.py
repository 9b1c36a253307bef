"""Choices that many handlers offer: procedures by their labels, home, and one step back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.lookup import successor
from bot.dialogue.choices import SKIP_COMMUNE, BackChoice, CardChoice, CommuneChoice, StartChoice
from bot.dialogue.messages import Choice
from bot.dialogue.turn import Turn
from handlers.naming import labels

MOST = 8
"""Choices in a message; more than that nobody reads."""


def home(turn: Turn) -> Choice:
    return Choice(str(StartChoice()), turn.texts.get("start.again"))


def back(turn: Turn) -> Choice:
    return Choice(str(BackChoice()), turn.texts.get("browse.back"))


def skip_commune(turn: Turn) -> Choice:
    """The way round the question where the person lives."""
    return Choice(str(CommuneChoice(SKIP_COMMUNE)), turn.texts.get("commune.skip"))


def card_choices(turn: Turn, codes: Sequence[str]) -> tuple[Choice, ...]:
    """A choice for each code, in order."""
    named = zip(codes, labels(turn.catalogue, codes, turn.language), strict=True)
    return tuple(Choice(str(CardChoice(code)), label) for code, label in named)


def whole_card(turn: Turn) -> tuple[Choice, ...]:
    """The way back to the procedure spoken of."""
    code = turn.conversation.procedure
    if code is None:
        return ()
    target = CardChoice(code, turn.conversation.agency)
    return (Choice(str(target), turn.texts.get("follow.whole_card")),)


def waiting_still(turn: Turn, code: str) -> tuple[Choice, ...]:
    """The other wishes of a message once the procedure is told of."""
    told = str(CardChoice(code))
    return tuple(choice for choice in turn.conversation.waiting if choice.id != told)


def pending(turn: Turn, waiting: Sequence[Choice]) -> tuple[Choice, ...]:
    """The other wishes of a message, to go on with."""
    return tuple(Choice(choice.id, turn.texts.get("card.waiting", label=choice.label)) for choice in waiting)


def current(turn: Turn, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that took the place of these, each once; those that nobody knows are left out."""
    found = (successor(turn.catalogue, code) for code in codes)
    return tuple(dict.fromkeys(code for code in found if code is not None))


def in_force(turn: Turn, codes: Sequence[str]) -> tuple[str, ...]:
    """The same without those that left the list: what is brought up unasked."""
    return tuple(code for code in current(turn, codes) if turn.catalogue.procedures[code].in_force)


def closed(turn: Turn, choices: Sequence[Choice], *, with_back: bool = False) -> tuple[Choice, ...]:
    """The choices, with the ways out where there is room for them."""
    ways = ((back(turn),) if with_back else ()) + (home(turn),)
    return (*choices, *ways[: max(0, MOST - len(choices))])
