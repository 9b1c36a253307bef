"""Offering more options than fit: never more than eight at a time, the last one leading on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from bot.dialogue.choices import Target
from bot.dialogue.messages import Choice
from handlers.offering import MOST


def page_of(
    options: Sequence[Choice], page: int, onward: Callable[[int], Target], label: str, *, most: int = MOST
) -> tuple[Choice, ...]:
    """The options of `page` (from 1), and one that leads to the next page where there is one. Empty beyond the end.

    `most`: fewer than eight where others are to stand beside them.
    """
    if len(options) <= most:
        return tuple(options) if page == 1 else ()
    size = most - 1
    shown = tuple(options[(page - 1) * size : page * size])
    if page < ceil(len(options) / size):
        return (*shown, Choice(str(onward(page + 1)), label))
    return shown
