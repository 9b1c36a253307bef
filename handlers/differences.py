"""What tells procedures apart that are offered beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.messages import Choice
from bot.dialogue.turn import Turn
from bot.search.fold import fold
from handlers.naming import told_difference

_NEW_WORDS = 3
"""With so few words that its label does not hold, a difference is not worth a line."""


def differences(turn: Turn, codes: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    """What tells the choices apart, where an editor wrote it down and it says more than the label."""
    return [
        turn.texts.get("find.difference", label=choice.label, difference=told)
        for code, choice in zip(codes, choices, strict=True)
        if (told := _beginning(told_difference(turn.catalogue, code, turn.language)))
        and len(_words(told.rstrip(".")) - _words(choice.label.replace(":", " "))) > _NEW_WORDS
    ]


def _beginning(told: str | None) -> str:
    """The sentence up to its first semicolon: what follows names the other choices, which stand beside it."""
    beginning = (told or "").partition(";")[0].rstrip(" .")
    return f"{beginning}." if beginning else ""


def _words(text: str) -> set[str]:
    return set(fold(text).replace(",", " ").split())
