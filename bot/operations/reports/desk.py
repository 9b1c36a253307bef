"""A report for somebody who asks for one: which figures it needs, and whose they are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.catalog.titles import begin_upper
from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import EVERYTHING, Breakdown
from bot.operations.reports.compose import Making, ReportBy, compose
from bot.operations.reports.model import ReportDocument
from bot.ratings.periods import Period

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks. `agencies`: what they may see (None: all). `name`: what stands in the report as its maker."""

    name: str
    agencies: frozenset[str] | None = None


async def make_report(
    desk: FigureDesk, reader: Reader, period: Period, at: datetime, by: ReportBy | None = None
) -> ReportDocument:
    """Without `by` there is no table but the months, which every report has. Raises StoreError."""
    making = Making(place_of(desk, reader.agencies), reader.name, at)
    overview, breakdown = await asyncio.gather(
        desk.overview(period, reader.agencies), _breakdown(desk, period, by, reader.agencies)
    )
    return compose(desk.texts, making, overview, breakdown)


def place_of(desk: FigureDesk, agencies: frozenset[str] | None) -> str:
    """The province, or the agencies that a reader may see: by name as long as they are few."""
    province = begin_upper(desk.catalogue.province.full_name)
    if agencies is None:
        return province
    if len(agencies) > _MOST_NAMED:
        return desk.texts.get("report.place.many", place=province, count=len(agencies))
    names = ", ".join(desk.names.agency(code) for code in sorted(agencies))
    return desk.texts.get("report.place.named", place=province, agencies=names)


async def _breakdown(
    desk: FigureDesk, period: Period, by: ReportBy | None, agencies: frozenset[str] | None
) -> Breakdown | None:
    of = None if by is None else by.of_figures
    return None if of is None else await desk.breakdown(of, period, EVERYTHING, agencies)
