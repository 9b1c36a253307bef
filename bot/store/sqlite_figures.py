"""The counts that figures are made of, in SQLite: whole buckets as counted, the days at the ends from rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.store.figures import Count, Dimension, Extent, Use
from bot.store.lanes import Readers


class SqliteFigures:
    """`bot.store.figures.Figures` says what the methods do."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
        raise NotImplementedError

    async def trend(self, extents: Sequence[Extent]) -> tuple[tuple[Count, ...], ...]:
        raise NotImplementedError

    async def use(self, first: date, last: date, *, by_hour: bool = False) -> tuple[Use, ...]:
        raise NotImplementedError
