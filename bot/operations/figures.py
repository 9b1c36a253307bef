"""Figures for staff: what the store has counted, with the names of the catalogue, for those who may see it.

`agencies` is what a reader may see at all (None: everything). It goes into every question to the store, so nothing of
another agency is ever read for them, whatever else they ask for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from bot.catalog.model import Catalogue
from bot.dialogue.rating_rules import USUAL_RULES, RatingRules
from bot.operations.figure_names import ALONE, HELPED, NO_FIELD, FigureNames
from bot.operations.summaries import (
    EVERYTHING,
    Breakdown,
    By,
    Filters,
    Ground,
    Moved,
    NamedRating,
    Overview,
    RatingList,
    Row,
    UseSummary,
)
from bot.ratings.model import Filing
from bot.ratings.movement import movement, movements
from bot.ratings.periods import Period, previous, report_month_of, report_months_to
from bot.ratings.satisfaction import Certainty, Standing
from bot.ratings.summary import Group, groups, trend, whole
from bot.ratings.targets import history, target_on
from bot.search.fold import fold
from bot.store.figures import EVERY_RATING, Count, Dimension, Extent, Figures, Narrowing
from bot.texts import Texts

MONTHS_OF_TREND = 12
_DIMENSIONS = {
    By.SERVICE: Dimension.CODE,
    By.FIELD: Dimension.CODE,
    By.AGENCY: Dimension.AGENCY,
    By.COMMUNE: Dimension.COMMUNE,
    By.CHANNEL: Dimension.CHANNEL,
    By.ORIGIN: Dimension.ORIGIN,
    By.HELPED: None,
}


@dataclass(frozen=True, slots=True)
class FigureDesk:
    """Every method may raise StoreError. Cheap to make: for one request, with the catalogue of the moment."""

    figures: Figures
    catalogue: Catalogue
    texts: Texts
    rules: RatingRules = USUAL_RULES

    @property
    def names(self) -> FigureNames:
        return FigureNames(self.catalogue, self.texts)

    def current(self, today: date) -> Period:
        """The report month that a day lies in."""
        return report_month_of(today, self.rules.period_start)

    async def overview(
        self, period: Period, agencies: frozenset[str] | None = None, *, is_brief: bool = False
    ) -> Overview:
        """`is_brief`: only the whole, month by month; nothing of single services and agencies is read."""
        before = previous(period)
        months = report_months_to(period.last, MONTHS_OF_TREND, self.rules.period_start)
        now, then = (self._plain_extent(each, agencies) for each in (period, before))
        ground, trended, obstacles, (rows, moved) = await asyncio.gather(
            self._ground(period, agencies),
            self.figures.trend([now, then, *(self._plain_extent(month, agencies) for month in months)]),
            self.figures.obstacles(now),
            _nothing() if is_brief else self._details(now, then, period),
        )
        every = self._whole(trended[0], period)
        return Overview(
            ground=ground,
            whole=every,
            before=before,
            movement=movement(self._whole(trended[1], before), every),
            trend=trend(months, trended[2:], self.rules.scale, self._target),
            moved=tuple(sorted(moved, key=lambda each: (not each.movement.is_clear, -abs(each.movement.points)))),
            red=_red(rows),
            few=_few(rows),
            obstacles=obstacles,
        )

    async def _details(self, now: Extent, then: Extent, period: Period) -> tuple[list[Row], list[Moved]]:
        """Agencies and services: how they are in a period (by their keys), and what moved since the one before."""
        counts = await asyncio.gather(
            *(self.figures.counts(extent, by) for by in (Dimension.AGENCY, Dimension.CODE) for extent in (now, then))
        )
        rows: list[Row] = []
        moved: list[Moved] = []
        for by, current, earlier in ((By.AGENCY, counts[0], counts[1]), (By.SERVICE, counts[2], counts[3])):
            found = self._groups(current, period)
            rows.extend(Row(by, self.names.of(by, group.key), group) for group in found)
            # Of the period before, only what is compared.
            past = groups((count for count in earlier if count.filing == Filing.ONLINE), self.rules.scale, None)
            moved.extend(Moved(by, self.names.of(by, each.key), each) for each in movements(past, found))
        return rows, moved

    async def breakdown(
        self, by: By, period: Period, filters: Filters = EVERYTHING, agencies: frozenset[str] | None = None
    ) -> Breakdown:
        extent = await self._extent(period, filters, agencies)
        ground, counts = await asyncio.gather(
            self._ground(period, agencies), self.figures.counts(extent, _DIMENSIONS[by])
        )
        keyed = _by_help(counts) if by is By.HELPED else counts
        found = self._groups(keyed, period, is_by_field=by is By.FIELD)
        return Breakdown(ground, by, filters, self._whole(counts, period), self._rows(by, found))

    async def ratings(
        self,
        period: Period,
        filters: Filters = EVERYTHING,
        only: Narrowing = EVERY_RATING,
        agencies: frozenset[str] | None = None,
        *,
        limit: int = 50,
        offset: int = 0,
    ) -> RatingList:
        """The ratings behind a number."""
        extent = await self._extent(period, filters, agencies)
        ground, page = await asyncio.gather(
            self._ground(period, agencies), self.figures.rows(extent, only, limit=limit, offset=offset)
        )
        names = self.names
        return RatingList(
            ground,
            filters,
            only,
            tuple(
                NamedRating(
                    rating,
                    names.service(rating.subject.code),
                    names.agency(rating.subject.agency),
                    names.commune(rating.subject.commune),
                    names.channel(rating.channel),
                    names.origin(rating.origin),
                )
                for rating in page.rows
            ),
            page.total,
        )

    async def use(self, period: Period) -> UseSummary:
        by_channel, by_hour, is_demonstration = await asyncio.gather(
            self.figures.use(period.first, period.last),
            self.figures.use(period.first, period.last, by_hour=True),
            self.figures.is_demonstration(),
        )
        return UseSummary(period, by_channel, by_hour, is_demonstration)

    async def _ground(self, period: Period, agencies: frozenset[str] | None) -> Ground:
        return Ground(
            period,
            self.rules.scale,
            target_on(self.catalogue.targets, period.last),
            history(self.catalogue.targets, period.last),
            agencies,
            await self.figures.is_demonstration(),
        )

    async def _extent(self, period: Period, filters: Filters, agencies: frozenset[str] | None) -> Extent:
        extent = replace(
            self._plain_extent(period, agencies),
            codes=None if filters.code is None else frozenset({filters.code}),
            agency=filters.agency,
            commune=filters.commune,
            channel=filters.channel,
            origin=filters.origin,
        )
        if filters.field is None:
            return extent
        if filters.field == NO_FIELD or filters.code is not None:
            # Which procedures the catalogue does not know is seen only where they have been rated.
            known = {count.key for count in await self.figures.counts(extent, Dimension.CODE)}
        else:
            known = set(self.catalogue.procedures)
        field_of = self.names.field_of
        return replace(extent, codes=frozenset(code for code in known if field_of(code) == filters.field))

    def _plain_extent(self, period: Period, agencies: frozenset[str] | None) -> Extent:
        return Extent(period.first, period.last, agencies)

    def _target(self, period: Period) -> Fraction | None:
        target = target_on(self.catalogue.targets, period.last)
        return None if target is None else target.share

    def _groups(self, counts: Iterable[Count], period: Period, *, is_by_field: bool = False) -> tuple[Group, ...]:
        part_of = self.names.field_of if is_by_field else None
        return groups(counts, self.rules.scale, self._target(period), part_of=part_of)

    def _whole(self, counts: Iterable[Count], period: Period) -> Group:
        return whole(counts, self.rules.scale, self._target(period))

    def _rows(self, by: By, found: Iterable[Group]) -> tuple[Row, ...]:
        rows = (Row(by, self.names.of(by, group.key), group) for group in found)
        return tuple(sorted(rows, key=lambda row: (fold(row.name), row.name, row.group.key)))


async def _nothing() -> tuple[list[Row], list[Moved]]:
    return [], []


def _by_help(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Who was asked is not known apart for the helped and the others: it belongs to the whole alone."""
    return tuple(replace(count, key=HELPED if count.is_helped else ALONE) for count in counts if count.scale)


def _red(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Those that surely miss the target; a target that cannot be reached any more lacks most of all."""

    def lacking(row: Row) -> tuple[bool, int]:
        missing = row.group.verdict.missing if row.group.verdict else None
        return missing is not None, -(missing or 0)

    red = (
        row
        for row in rows
        if row.group.verdict is not None
        and (row.group.verdict.standing, row.group.verdict.certainty) == (Standing.NOT_MET, Certainty.SURE)
    )
    return tuple(sorted(red, key=lacking))


def _few(rows: Sequence[Row]) -> tuple[Row, ...]:
    few = (
        row
        for row in rows
        if row.group.verdict is not None and row.group.verdict.certainty is Certainty.FEW and row.group.counted.count
    )
    return tuple(sorted(few, key=lambda row: -row.group.counted.count))
