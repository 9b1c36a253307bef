"""From the figures to a report: what is said, in which order, and with which pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.operations.figures.model import Breakdown, By, Ground, Overview
from bot.operations.figures.period_words import period_written
from bot.operations.reports.definitions import definitions, notes
from bot.operations.reports.figures_as_rows import columns, facts, row
from bot.operations.reports.model import ReportDocument, Table
from bot.operations.reports.words import month_label
from bot.ratings.charts.model import MOST_BARS, BarsChart, Frame, Reading, StandingChart, TrendChart
from bot.ratings.periods import VIETNAM
from bot.ratings.summary import Group, TrendPoint
from bot.texts import Texts
from bot.texts.written import day_written

_WITHOUT_CODES = {By.CHANNEL, By.ORIGIN, By.HELPED, By.FIELD}


class ReportBy(StrEnum):
    """What a report is broken down by; the words of addresses and of the command line."""

    SERVICE = "service"
    FIELD = "field"
    AGENCY = "agency"
    COMMUNE = "commune"
    CHANNEL = "channel"
    ORIGIN = "origin"
    HELPED = "helped"
    MONTH = "month"

    @property
    def of_figures(self) -> By | None:
        """None: months are in the overview already."""
        return None if self is ReportBy.MONTH else By(self.value)


@dataclass(frozen=True, slots=True)
class Making:
    """Whose report it is, and who makes it when. `place`: the province or the agencies, as people call them."""

    place: str
    by: str
    at: datetime


def compose(texts: Texts, making: Making, overview: Overview, breakdown: Breakdown | None = None) -> ReportDocument:
    """The report. Without `breakdown` it has no table but the months."""
    ground = overview.ground
    period = period_written(texts, ground.period)
    table = None if breakdown is None else _table(texts, breakdown)
    return ReportDocument(
        language=texts.language,
        title=texts.get("report.title"),
        place=making.place,
        period=ground.period,
        period_words=period,
        made=_made(texts, making),
        made_at=making.at,
        demo=texts.get("report.note.demo") if ground.is_demonstration else "",
        facts=facts(texts, ground, overview.whole, overview.movement),
        table=table,
        trend=_trend_table(texts, ground, overview.trend),
        notes=notes(texts, ground, is_empty=not overview.whole.counted.count),
        definitions=definitions(texts, ground),
        standing=standing_chart(texts, making.place, overview),
        months=trend_chart(texts, making.place, overview),
        bars=None if breakdown is None else bars_chart(texts, making.place, breakdown),
    )


def standing_chart(texts: Texts, place: str, overview: Overview) -> StandingChart:
    ground = overview.ground
    whole = Reading(place, overview.whole.counted, overview.whole.verdict)
    title = texts.get("report.picture.whole", place=place)
    return StandingChart(_frame(title, period_written(texts, ground.period), ground), whole)


def trend_chart(texts: Texts, place: str, overview: Overview) -> TrendChart:
    title = texts.get("report.picture.by", place=place, by=texts.get("report.table.month"))
    months = (_reading(month_label(point.period), point.group) for point in overview.trend)
    return TrendChart(_frame(title, "", overview.ground), tuple(months))


def bars_chart(texts: Texts, place: str, breakdown: Breakdown) -> BarsChart:
    """The groups with most ratings, the largest first; groups without any are not among them."""
    rated = [row for row in breakdown.rows if row.group.counted.count]
    largest = sorted(rated, key=lambda row: -row.group.counted.count)[:MOST_BARS]
    by = texts.find(f"report.table.{breakdown.by}") or breakdown.by
    title = texts.get("report.picture.by", place=place, by=by)
    frame = _frame(title, period_written(texts, breakdown.ground.period), breakdown.ground)
    names = _names(texts, breakdown)
    return BarsChart(frame, tuple(_reading(names[row.group.key], row.group) for row in largest), len(rated))


def _names(texts: Texts, breakdown: Breakdown) -> dict[str, str]:
    """The names of the rows by their keys; where several are called the same, with their codes."""
    times = Counter(row.name for row in breakdown.rows)
    return {
        row.group.key: row.name
        if times[row.name] == 1
        else texts.get("report.same_name", code=row.group.key, name=row.name)
        for row in breakdown.rows
    }


def _reading(label: str, group: Group) -> Reading:
    return Reading(label, group.counted, group.verdict)


def _frame(title: str, period: str, ground: Ground) -> Frame:
    target = ground.target
    return Frame(
        title,
        period,
        None if target is None else target.share,
        "" if target is None else target.source,
        ground.scale.id,
        ground.is_demonstration,
    )


def _table(texts: Texts, breakdown: Breakdown) -> Table:
    by = breakdown.by
    has_codes = by not in _WITHOUT_CODES
    names = _names(texts, breakdown)
    rows = (
        row(texts, names[each.group.key], (each.group.key,) if has_codes else (), each.group) for each in breakdown.rows
    )
    heads = columns(texts, breakdown.ground.scale, texts.find(f"report.of.{by}") or by, has_codes=has_codes)
    return Table(by, texts.find(f"report.table.{by}") or by, heads, tuple(rows))


def _trend_table(texts: Texts, ground: Ground, points: Iterable[TrendPoint]) -> Table:
    rows = (row(texts, f"{each.period.last:%m/%Y}", (), each.group) for each in points)
    heads = columns(texts, ground.scale, texts.get("report.of.month"), has_codes=False)
    return Table(ReportBy.MONTH, texts.get("report.table.month"), heads, tuple(rows))


def _made(texts: Texts, making: Making) -> str:
    at = making.at.astimezone(VIETNAM)
    day = day_written(texts.language, at.date())
    return texts.get("report.made", time=f"{at:%H:%M}", day=day, by=making.by)
