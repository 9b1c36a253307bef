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
from bot.operations.figures.model import (
    EVERYTHING,
    MOST_SHOWN,
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
from bot.operations.figures.names import ALONE, HELPED, NO_FIELD, FigureNames
from bot.ratings.movement import movement, movements
from bot.ratings.periods import Period, previous, report_month_of, report_months_to
from bot.ratings.ranking import ranking
from bot.ratings.satisfaction import Satisfaction, satisfaction_of
from bot.ratings.summary import Group, groups, trend, whole
from bot.ratings.targets import history, target_on
from bot.search.fold import fold
from bot.store.figures import EVERY_RATING, Count, Dimension, Extent, Figures, Narrowing
from bot.texts import Texts

MONTHS_OF_TREND = 12
_Key = tuple[By, str]
_WORTH_A_LOOK = {By.AGENCY: Dimension.AGENCY, By.SERVICE: Dimension.CODE}
"""What an overview tells of single ones of."""
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
        ground, trended, obstacles, details = await asyncio.gather(
            self._ground(period, agencies),
            self.figures.trend([now, then, *(self._plain_extent(month, agencies) for month in months)]),
            self.figures.obstacles(now),
            _nothing() if is_brief else self._details(now, then, period),
        )
        every, earlier = self._whole(trended[0], period), self._whole(trended[1], before)
        return Overview(
            ground=ground,
            whole=every,
            before=before,
            movement=movement(earlier.counted, every.counted),
            trend=trend(months, trended[2:], self.rules.scale, self._target),
            moved=details.moved,
            red=details.red,
            red_count=details.red_count,
            few=details.few,
            few_count=details.few_count,
            obstacles=obstacles,
        )

    async def _details(self, now: Extent, then: Extent, period: Period) -> _Details:
        """Agencies and services: all are compared by what is counted of them, the few that are told of read whole."""
        found = await asyncio.gather(*(self._counted(e, d) for d in _WORTH_A_LOOK.values() for e in (now, then)))
        names, ways = self.names, tuple(_WORTH_A_LOOK)
        moved = tuple(
            Moved(by, names.of(by, each.key), each)
            for by, current, earlier in zip(ways, found[::2], found[1::2], strict=True)
            for each in movements(earlier, current)
        )
        keyed = {(by, key): each for by, current in zip(ways, found[::2], strict=True) for key, each in current.items()}
        ranked = ranking(keyed, self._target(period))
        red, few = ranked.red[:MOST_SHOWN], ranked.few[:MOST_SHOWN]
        rows = await self._rows_of((*red, *few), now, period)
        return _Details(
            tuple(sorted(moved, key=lambda each: (not each.movement.is_clear, -abs(each.movement.points)))),
            tuple(rows[key] for key in red),
            len(ranked.red),
            tuple(rows[key] for key in few),
            len(ranked.few),
        )

    async def _counted(self, extent: Extent, by: Dimension) -> dict[str, Satisfaction]:
        scale = self.rules.scale
        found = await self.figures.counted(extent, by, scale.id)
        return {key: satisfaction_of(scale, levels) for key, levels in found.items()}

    async def _rows_of(self, wanted: Sequence[_Key], extent: Extent, period: Period) -> dict[_Key, Row]:
        """What the period's figures of these agencies and services are."""
        keys = {by: frozenset(key for of, key in wanted if of is by) for by in _WORTH_A_LOOK}
        asked = [by for by in _WORTH_A_LOOK if keys[by]]
        found = await asyncio.gather(
            *(self.figures.counts(_only(extent, by, keys[by]), _WORTH_A_LOOK[by]) for by in asked)
        )
        return {
            (by, each.key): self._row(by, each)
            for by, counts in zip(asked, found, strict=True)
            for each in self._groups(counts, period)
        }

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
        rows = (self._row(by, group) for group in found)
        return tuple(sorted(rows, key=lambda row: (fold(row.name), row.name, row.group.key)))

    def _row(self, by: By, group: Group) -> Row:
        return Row(by, self.names.of(by, group.key), group)


@dataclass(frozen=True, slots=True)
class _Details:
    """What an overview tells of single groups."""

    moved: tuple[Moved, ...] = ()
    red: tuple[Row, ...] = ()
    red_count: int = 0
    few: tuple[Row, ...] = ()
    few_count: int = 0


async def _nothing() -> _Details:
    return _Details()


def _only(extent: Extent, by: By, keys: frozenset[str]) -> Extent:
    """These agencies, which the reader may see, or these procedures."""
    return replace(extent, agencies=keys) if by is By.AGENCY else replace(extent, codes=keys)


def _by_help(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Who was asked is not known apart for the helped and the others: it belongs to the whole alone."""
    return tuple(replace(count, key=HELPED if count.is_helped else ALONE) for count in counts if count.scale)
