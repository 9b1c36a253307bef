"""Offering more options than fit: never more than eight at a time, the last one leading on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from bot.dialogue.choices import Target
from bot.dialogue.messages import Choice
from handlers.offering import MOST

MOST_PAGES = 99
_Option = TypeVar("_Option")
_Show = Callable[[Sequence[_Option]], Sequence[Choice]]


def page_of(
    options: Sequence[Choice], page: int, onward: Callable[[int], Target], label: str, *, most: int = MOST
) -> tuple[Choice, ...]:
    """The options of `page` (from 1), and one that leads to the next page where there is one. Empty beyond the end.

    `most`: fewer than eight where others are to stand beside them.
    """
    return shown_page(options, tuple, page, onward, label, most=most)


def shown_page(
    options: Sequence[_Option],
    show: _Show[_Option],
    page: int,
    onward: Callable[[int], Target],
    label: str,
    *,
    most: int = MOST,
) -> tuple[Choice, ...]:
    """The same for what is made into choices only when its page is shown: `show` is given just that page."""
    size = most - 1
    # What lies beyond the last page that an id can name is reached by filtering.
    options = options[: MOST_PAGES * size]
    if len(options) <= most:
        return tuple(show(options)) if page == 1 and options else ()
    # The last page needs no way on, so it holds one more.
    pages = ceil((len(options) - 1) / size)
    if page > pages:
        return ()
    if page == pages:
        return tuple(show(options[(page - 1) * size :]))
    return (*show(options[(page - 1) * size : page * size]), Choice(str(onward(page + 1)), label))
