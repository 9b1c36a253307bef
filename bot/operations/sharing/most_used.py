"""The services that a commune needs most: by its own figures where there are any, else as the catalogue has them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Protocol

from bot.catalog.lookup import successor
from bot.catalog.model import Catalogue, Commune
from bot.store.figures import Count, Dimension, Extent

MOST = 12
"""As many as one overview sheet has room for."""
DAYS = 365
FEWEST = 5
"""People asked about a service; below, a count would tell of single persons."""


class Counting(Protocol):
    """What is asked of `bot.store.figures.Figures`."""

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]: ...

    async def is_demonstration(self) -> bool: ...


def usual(catalogue: Catalogue) -> tuple[str, ...]:
    """Today's codes of the catalogue's own list, in its order."""
    current = (successor(catalogue, one.code) for one in catalogue.most_used)
    return tuple(dict.fromkeys(code for code in current if code is not None))[:MOST]


async def most_used(figures: Counting, catalogue: Catalogue, commune: Commune | None, today: date) -> tuple[str, ...]:
    """At most twelve codes: those about which most people of the commune were asked in a year, then the usual ones.

    Figures that were made up to be shown are not looked at. Raises StoreError.
    """
    own: Counter[str] = Counter()
    if commune is not None and not await figures.is_demonstration():
        extent = Extent(today - timedelta(days=DAYS), today, commune=commune.agency_code)
        for count in await figures.counts(extent, Dimension.CODE):
            current = successor(catalogue, count.key)
            if current is not None and not catalogue.procedures[current].is_gone:
                own[current] += count.asked
    ranked = sorted((code for code, asked in own.items() if asked >= FEWEST), key=lambda code: (-own[code], code))
    return tuple(dict.fromkeys((*ranked, *usual(catalogue))))[:MOST]
