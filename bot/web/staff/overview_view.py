"""What the overview shows, as words and cells; a template fills it in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.operations.figures.addresses import (
    BY_SLUGS,
    GROUPS_PICTURE,
    TREND_PICTURE,
    WHOLE_PICTURE,
    Which,
    overview_address,
    picture_address,
    ratings_address,
    table_address,
)
from bot.operations.figures.model import EVERYTHING, MOST_SHOWN, Breakdown, By, Filters, Ground, Moved, Overview, Row
from bot.operations.figures.names import FigureNames
from bot.operations.figures.period_words import period_written
from bot.operations.reports.compose import bars_chart, standing_chart, trend_chart
from bot.operations.reports.definitions import definitions, notes
from bot.operations.reports.words import month_label
from bot.ratings.charts.describe import describe
from bot.ratings.movement import Movement
from bot.ratings.periods import Period
from bot.ratings.satisfaction import Satisfaction, Standing, Verdict
from bot.ratings.summary import TrendPoint
from bot.store.figures import Obstacles
from bot.texts import Texts
from bot.texts.written import day_written, share_written
from bot.web.staff.figure_words import count_written, points_written, rate_written
from bot.web.staff.group_view import Address, Cell, GroupView, group_view, level_names

_FILTER_OF = {By.SERVICE: "code", By.AGENCY: "agency"}
_OPENED_BY = {By.SERVICE: By.AGENCY, By.AGENCY: By.SERVICE}


@dataclass(frozen=True, slots=True)
class RowView:
    """`kind`: what it is (an agency, a procedure); its name leads to its own table."""

    kind: str
    name: Cell
    group: GroupView


@dataclass(frozen=True, slots=True)
class MovedView:
    kind: str
    name: Cell
    before: str
    after: str
    points: str
    certainty: str


@dataclass(frozen=True, slots=True)
class ObstacleView:
    reason: str
    count: str


@dataclass(frozen=True, slots=True)
class WordsView:
    """What somebody said of why they did not file."""

    day: str
    service: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """`words`: all that the picture shows, in sentences."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """`answer`: the whole against the target, as a sentence.

    `more_…`: how many rows there are beyond those shown; 0 for none.
    """

    period: str
    target: str
    answer: str
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    picture: PictureView
    trend_picture: PictureView
    whole: GroupView
    levels: tuple[str, ...]
    movement: str
    months: tuple[RowView, ...]
    moved: tuple[MovedView, ...]
    more_moved: int
    red: tuple[RowView, ...]
    more_red: int
    few: tuple[RowView, ...]
    more_few: int
    obstacles: tuple[ObstacleView, ...]
    words: tuple[WordsView, ...]
    tables: tuple[Cell, ...]


def overview_view(texts: Texts, overview: Overview, names: FigureNames, place: str) -> OverviewView:
    """`place`: the province, or a reader's agencies, as people call them."""
    ground = overview.ground
    period = ground.period
    whole = group_view(texts, overview.whole, ground.scale, listed(period, EVERYTHING))
    return OverviewView(
        period=period_written(texts, period),
        target=target_line(texts, ground),
        answer=_answer(texts, overview, whole),
        notes=notes(texts, ground, is_empty=not overview.whole.counted.count),
        definitions=definitions(texts, ground),
        picture=PictureView(
            picture_address(WHOLE_PICTURE, period), describe(standing_chart(texts, place, overview), texts)
        ),
        trend_picture=PictureView(
            picture_address(TREND_PICTURE, period), describe(trend_chart(texts, place, overview), texts)
        ),
        whole=whole,
        levels=level_names(texts, ground.scale),
        movement=_movement_line(texts, overview.movement, overview.before),
        months=tuple(_month(texts, point, ground) for point in overview.trend),
        moved=tuple(_moved(texts, each, period) for each in overview.moved[:MOST_SHOWN]),
        more_moved=max(0, len(overview.moved) - MOST_SHOWN),
        red=tuple(_row(texts, row, ground) for row in overview.red),
        more_red=overview.red_count - len(overview.red),
        few=tuple(_row(texts, row, ground) for row in overview.few),
        more_few=overview.few_count - len(overview.few),
        obstacles=tuple(
            ObstacleView(texts.find(f"rating.reason.{reason}") or reason, count_written(texts, count))
            for reason, count in overview.obstacles.counts
        ),
        words=_words(texts, overview.obstacles, names),
        tables=table_links(texts, period),
    )


def _answer(texts: Texts, overview: Overview, whole: GroupView) -> str:
    kind = _kind_of_answer(overview.whole.counted, overview.whole.verdict)
    said = {"share": whole.share.text, "count": whole.count.text, "verdict": whole.verdict, "missing": whole.missing}
    return texts.find(f"web.staff.overview.answer.{kind}", **said) or kind


def _kind_of_answer(found: Satisfaction, verdict: Verdict | None) -> str:
    if not found.count:
        return "none"
    if verdict is None:
        return "share"
    if verdict.standing is None:
        return "few"
    # What no number of satisfied ratings would reach, needs none.
    return "met" if verdict.standing is Standing.MET or verdict.missing is None else "not_met"


def group_picture(texts: Texts, breakdown: Breakdown, place: str) -> PictureView | None:
    """Group by group; None where there is nothing to draw."""
    if not breakdown.whole.counted.count:
        return None
    words = describe(bars_chart(texts, place, breakdown), texts)
    return PictureView(picture_address(GROUPS_PICTURE, breakdown.ground.period, breakdown.by), words)


def target_line(texts: Texts, ground: Ground) -> str:
    if ground.target is None:
        return texts.get("web.staff.figures.no_target")
    share = share_written(texts.language, ground.target.share)
    return texts.get("web.staff.figures.target", share=share, source=ground.target.source)


def table_links(texts: Texts, period: Period, filters: Filters = EVERYTHING) -> tuple[Cell, ...]:
    return tuple(Cell(texts.find(f"report.table.{by}") or by, table_address(by, period, filters)) for by in BY_SLUGS)


def listed(period: Period, filters: Filters) -> Address:
    """Where the ratings behind the numbers of a row are listed."""
    return lambda only: ratings_address(period, Which(filters, only))


def _row(texts: Texts, row: Row, ground: Ground) -> RowView:
    filters = Filters(**{_FILTER_OF[row.by]: row.group.key})
    view = group_view(texts, row.group, ground.scale, listed(ground.period, filters))
    return RowView(_kind(texts, row.by), _name(row.by, row.name, row.group.key, ground.period), view)


def _month(texts: Texts, point: TrendPoint, ground: Ground) -> RowView:
    name = Cell(month_label(point.period), overview_address(point.period))
    return RowView("", name, group_view(texts, point.group, ground.scale, listed(point.period, EVERYTHING)))


def _moved(texts: Texts, moved: Moved, period: Period) -> MovedView:
    each = moved.movement
    return MovedView(
        _kind(texts, moved.by),
        _name(moved.by, moved.name, each.key, period),
        _share_and_count(texts, each.before),
        _share_and_count(texts, each.after),
        points_written(texts, each.points),
        _certainty(texts, each),
    )


def _share_and_count(texts: Texts, found: Satisfaction) -> str:
    return texts.get(
        "web.staff.figures.share_of", share=rate_written(texts, found.share), count=count_written(texts, found.count)
    )


def _movement_line(texts: Texts, movement: Movement | None, before: Period) -> str:
    name = period_written(texts, before)
    if movement is None:
        return texts.get("web.staff.figures.no_movement", before=name)
    points, certainty = points_written(texts, movement.points), _certainty(texts, movement)
    return texts.get("web.staff.figures.movement", before=name, points=points, certainty=certainty)


def _certainty(texts: Texts, movement: Movement) -> str:
    return texts.get("web.staff.figures.clear" if movement.is_clear else "web.staff.figures.unclear")


def _words(texts: Texts, obstacles: Obstacles, names: FigureNames) -> tuple[WordsView, ...]:
    return tuple(
        WordsView(
            day_written(texts.language, each.day),
            names.of(By.SERVICE, each.subject.code),
            texts.find(f"rating.reason.{each.reason}") or each.reason,
            each.words,
        )
        for each in obstacles.words
    )


def _kind(texts: Texts, by: By) -> str:
    return texts.find(f"report.of.{by}") or by


def _name(by: By, name: str, key: str, period: Period) -> Cell:
    return Cell(name, table_address(_OPENED_BY[by], period, Filters(**{_FILTER_OF[by]: key})))
