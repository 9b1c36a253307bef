"""Taking up what editors say in a running assistant: nothing of the search's index is built for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import structlog

from bot.catalog.editorial_check import LeftOut, with_editorial
from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.dialogue.turn import Searches
from bot.search.engine import SearchEngine
from bot.search.pins import PinnedSearch
from bot.store.editorial import KeptItem

_log = structlog.get_logger(__name__)


def said_beside(catalogue: Catalogue, kept: Iterable[KeptItem]) -> Catalogue:
    """The catalogue with what editors say of it; what does not fit it is logged, and shown to them on their page."""
    items = tuple(kept)
    told, left_out = with_editorial(catalogue, (one.item for one in items))
    log_left_out(items, left_out, catalogue.version)
    return told


def log_left_out(items: Sequence[KeptItem], left_out: Sequence[LeftOut], version: str) -> None:
    """`version`: of the catalogue that they do not fit."""
    if left_out:
        numbers = [items[out.place].number for out in left_out]
        _log.warning("editorial_left_out", numbers=numbers, catalogue=version)


def guide_with(guide: Guide, catalogue: Catalogue) -> Guide:
    """The guide to `catalogue`, which is the guide's own but for its words and what editors say of it.

    Its lists are made anew only where something else is hidden; that takes about a tenth of a second.
    """
    if guide.catalogue.editorial.hidings == catalogue.editorial.hidings:
        return replace(guide, catalogue=catalogue)
    return Guide.of(catalogue)


def pinned(engine: Searches, catalogue: Catalogue) -> Searches:
    """The engine with the pins of the catalogue, and with no others."""
    base = engine.engine if isinstance(engine, PinnedSearch) else engine
    pins = catalogue.editorial.pins
    return PinnedSearch(base, pins) if pins and isinstance(base, SearchEngine) else base
