"""Offering more options than fit: never more than eight at a time, the last one leading on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from bot.dialogue.choices import Target
from bot.dialogue.messages import Choice
from handlers.offering import MOST


def page_of(options: Sequence[Choice], page: int, onward: Callable[[int], Target], label: str) -> tuple[Choice, ...]:
    """The options of `page` (from 1), and one that leads to the next page where there is one. Empty beyond the end."""
    if len(options) <= MOST:
        return tuple(options) if page == 1 else ()
    shown = tuple(options[(page - 1) * PAGE : page * PAGE])
    if page < pages_of(len(options)):
        return (*shown, Choice(str(onward(page + 1)), label))
    return shown


PAGE = MOST - 1


def pages_of(count: int) -> int:
    """How many pages so many options take."""
    return 1 if count <= MOST else ceil(count / PAGE)
