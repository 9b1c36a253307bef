"""From one page of a list to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagerView:
    """Which page it is of how many, and the addresses of the ones beside it."""

    page: int
    pages: int
    before: str | None
    after: str | None


def pager(page: int, pages: int, address: Callable[[int], str]) -> PagerView:
    """`page` may lie beyond the last one, which is then the one before."""
    before = address(min(page - 1, pages)) if page > 1 else None
    return PagerView(page, pages, before, address(page + 1) if page < pages else None)
