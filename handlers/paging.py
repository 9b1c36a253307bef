"""Offering more options than fit: never more than eight at a time, the last one leading on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from bot.dialogue.choices import Target
from bot.dialogue.messages import Choice
from bot.texts import Texts
from handlers.offering import MOST

WITH_BACK = MOST - 1
"""Choices on a page that always has the way back beside them."""
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
    pages = pages_of(len(options), most=most)
    if page > pages:
        return ()
    size = most - 1
    if page == pages:
        return tuple(show(options[(page - 1) * size :]))
    return (*show(options[(page - 1) * size : page * size]), Choice(str(onward(page + 1)), label))


def pages_of(count: int, *, most: int = MOST) -> int:
    """How many pages so many options take; none where there are none."""
    # The last page needs no way on, so it holds one more.
    return 1 if 1 <= count <= most else ceil((count - 1) / (most - 1)) if count else 0


def with_page(texts: Texts, text: str, page: int, count: int) -> str:
    """The head of a list by `WITH_BACK`; from the second page on it says how far one has come."""
    if page == 1:
        return text
    return f"{text} {texts.get('browse.page', page=page, pages=pages_of(count, most=WITH_BACK))}"
