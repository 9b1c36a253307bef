"""Open data: what may leave the house, as a CSV file for programs, and a second one that says what its columns mean.

Numbers have a point and columns a comma, as programs expect. Which groups may be named is `bot.ratings.publishing`'s.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from bot.operations.figures.model import Breakdown, By
from bot.ratings.publishing import PublishedGroup, published
from bot.ratings.satisfaction import FEWEST_PUBLISHED
from bot.texts import Texts
from bot.texts.cells import BYTE_ORDER_MARK, harmless

ALL = "all"
"""What the line of the total is grouped by."""
NEVER_PUBLISHED = frozenset({By.HELPED, By.FIELD})
"""Parts of a group are often of a few people. A field is the sum of its services: less those that the other table
shows, it is the service that is left out there."""
_BEFORE = ("period", "first_day", "last_day", "grouped_by", "key", "name", "scale", "ratings", "satisfied")
_AFTER = ("share", "interval_low", "interval_high", "asked", "answered", "is_demonstration")


@dataclass(frozen=True, slots=True)
class OpenData:
    """Two files with their plain names. `hidden`: how many groups are left out."""

    name: str
    data: bytes
    columns_name: str
    columns: bytes
    hidden: int


def open_data(texts: Texts, breakdown: Breakdown) -> OpenData:
    """Raises ValueError for what is never published: parts of groups, and the figures of some agencies alone.

    Figures of some agencies, beside those of the province, would let everybody work out the rest.
    """
    ground, by = breakdown.ground, breakdown.by
    if by in NEVER_PUBLISHED or ground.agencies is not None or _is_narrowed(breakdown):
        raise ValueError("only whole tables of the whole province are published")
    found = published([row.group for row in breakdown.rows], breakdown.whole)
    names = {row.group.key: row.name for row in breakdown.rows}
    lines = [_line(breakdown, by, names[group.key], group) for group in found.groups]
    if found.total is not None:
        lines.append(_line(breakdown, ALL, texts.get("report.open_data.all"), found.total))
    heads = columns(ground.scale.levels)
    period = ground.period.name.replace("..", "_")
    return OpenData(
        texts.get("report.open_data.file", period=period, by=by.value),
        _csv([heads, *lines]),
        texts.get("report.open_data.columns_file", period=period, by=by.value),
        _csv(_meanings(texts, heads, found.hidden)),
        found.hidden,
    )


def columns(levels: int) -> tuple[str, ...]:
    """The names of the columns, for a scale of so many levels."""
    return (*_BEFORE, *(f"level_{level}" for level in range(1, levels + 1)), *_AFTER)


def _is_narrowed(breakdown: Breakdown) -> bool:
    filters = breakdown.filters
    given = (filters.code, filters.field, filters.agency, filters.commune, filters.channel, filters.origin)
    return any(value is not None for value in given)


def _line(breakdown: Breakdown, grouped_by: str, name: str, group: PublishedGroup) -> list[str]:
    ground, counted = breakdown.ground, group.counted
    share, interval = counted.share, counted.interval
    figures = ("", "", "") if share is None or interval is None else (float(share), interval.low, interval.high)
    return [
        ground.period.name,
        ground.period.first.isoformat(),
        ground.period.last.isoformat(),
        grouped_by,
        harmless(group.key),
        harmless(name),
        ground.scale.id,
        str(counted.count),
        str(counted.satisfied),
        *map(str, counted.levels),
        *(figure if isinstance(figure, str) else f"{figure:.6f}" for figure in figures),
        str(group.response.asked),
        str(group.response.answered),
        str(ground.is_demonstration).lower(),
    ]


def _meanings(texts: Texts, heads: Iterable[str], hidden: int) -> Iterable[Iterable[str]]:
    yield texts.get("report.open_data.column"), texts.get("report.open_data.meaning")
    for head in heads:
        name, _, level = head.partition("_") if head.startswith("level_") else (head, "", "")
        yield head, texts.find(f"report.open_data.of.{name}", level=level) or head
    yield "", texts.get("report.open_data.of.hidden", fewest=FEWEST_PUBLISHED, count=hidden)


def _csv(lines: Iterable[Iterable[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()
