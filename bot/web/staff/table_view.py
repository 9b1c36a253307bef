"""One table of figures: its rows in the order that the address asks for, and the ways to order and narrow it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from bot.operations.figures.addresses import Which, ratings_address, table_address
from bot.operations.figures.model import Breakdown, By, Filters, Row
from bot.operations.figures.names import HELPED
from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT
from bot.store.figures import Narrowing
from bot.texts import Texts
from bot.web.pager import PagerView, pager
from bot.web.staff.figure_query import PAGE
from bot.web.staff.group_view import Address, Cell, GroupView, group_view, level_names

ORDER, DIRECTION, ROWS = "xep", "chieu", "dong"
RISING, FALLING, EVERY = "tang", "giam", "tat-ca"
A_PAGE = 50
MOST_UNFOLDED = 20
"""A table with more rows shows those with too few ratings for a verdict only when it is asked to."""
_FILTER_OF: Mapping[By, str] = {
    By.SERVICE: "code",
    By.FIELD: "field",
    By.AGENCY: "agency",
    By.COMMUNE: "commune",
    By.CHANNEL: "channel",
    By.ORIGIN: "origin",
}
_OPENED_BY: Mapping[By, By] = {By.FIELD: By.SERVICE, By.AGENCY: By.SERVICE, By.COMMUNE: By.SERVICE}
Key = Callable[[Row], Fraction | int | None]
_NAMES = "ten"
_ORDERS: Mapping[str, Key | None] = {
    _NAMES: None,
    "ty-le": lambda row: row.group.counted.share,
    "so-phieu": lambda row: row.group.counted.count,
    "can-them": lambda row: row.group.verdict.missing if row.group.verdict and row.group.counted.count else None,
    "tra-loi": lambda row: row.group.response.rate,
}
"""What the rows can be put in order by; None: their names."""
_LABELS: Mapping[str, str] = {
    "ty-le": "web.staff.figures.column.share",
    "so-phieu": "web.staff.figures.column.count_short",
    "can-them": "web.staff.figures.column.missing_short",
    "tra-loi": "web.staff.figures.column.response",
}
_USUAL = "so-phieu"


@dataclass(frozen=True, slots=True)
class Order:
    """`is_whole`: rows with few ratings are wanted too."""

    name: str
    is_rising: bool
    is_whole: bool = False

    def parameters(self) -> dict[str, str]:
        rows = {ROWS: EVERY} if self.is_whole else {}
        return {ORDER: self.name, DIRECTION: RISING if self.is_rising else FALLING} | rows


@dataclass(frozen=True, slots=True)
class HeadView:
    """A column that the table can be ordered by. `state`: what `aria-sort` says, empty for another column."""

    label: str
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """`code`: shown beside the name where staff know it by that; else empty."""

    name: Cell
    code: str
    group: GroupView


@dataclass(frozen=True, slots=True)
class Folded:
    """How many rows are not shown for their few ratings, and where they are."""

    count: int
    href: str


@dataclass(frozen=True, slots=True)
class TableView:
    heads: Mapping[str, HeadView]
    levels: tuple[str, ...]
    rows: tuple[TableRow, ...]
    whole: GroupView
    pager: PagerView
    folded: Folded | None


def read_order(query: Mapping[str, str]) -> Order:
    """By names from A on, else the greatest first, unless it is asked for otherwise."""
    name = query.get(ORDER, "")
    name = name if name in _ORDERS else _USUAL
    direction, is_whole = query.get(DIRECTION), query.get(ROWS) == EVERY
    return Order(name, direction == RISING if direction in {RISING, FALLING} else name == _NAMES, is_whole)


def ordered(rows: tuple[Row, ...], order: Order) -> tuple[Row, ...]:
    """Rows for which there is nothing to compare come last, whichever way the others go."""
    key = _ORDERS[order.name]
    if key is None:
        return rows if order.is_rising else tuple(reversed(rows))
    known = [(value, row) for row in rows if (value := key(row)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=not order.is_rising)
    return (*(row for _, row in known), *(row for row in rows if key(row) is None))


def unfolded(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Those of a long table on which a verdict can be given; all of them where there is none."""
    if len(rows) <= MOST_UNFOLDED:
        return rows
    return tuple(row for row in rows if row.group.counted.count >= FEWEST_FOR_A_VERDICT) or rows


def table_view(texts: Texts, breakdown: Breakdown, order: Order, page: int) -> TableView:
    ground = breakdown.ground
    wanted = breakdown.rows if order.is_whole else unfolded(breakdown.rows)
    rows, left_out = ordered(wanted, order), len(breakdown.rows) - len(wanted)
    pages = max(1, ceil(len(rows) / A_PAGE))
    page = min(page, pages)

    def turned(to: int) -> str:
        more = {**order.parameters(), PAGE: str(to)}
        return table_address(breakdown.by, ground.period, breakdown.filters, more)

    return TableView(
        heads={name: _head(texts, breakdown, order, name) for name in _ORDERS},
        levels=level_names(texts, ground.scale),
        rows=tuple(_row(texts, breakdown, row) for row in rows[(page - 1) * A_PAGE : page * A_PAGE]),
        whole=group_view(texts, breakdown.whole, ground.scale, _listed(breakdown, breakdown.filters)),
        pager=pager(page, pages, turned),
        folded=Folded(left_out, _whole_address(breakdown, order)) if left_out else None,
    )


def _whole_address(breakdown: Breakdown, order: Order) -> str:
    more = replace(order, is_whole=True).parameters()
    return table_address(breakdown.by, breakdown.ground.period, breakdown.filters, more)


def _head(texts: Texts, breakdown: Breakdown, order: Order, name: str) -> HeadView:
    """Pressing the column that the table is ordered by turns the order round."""
    is_current = name == order.name
    following = replace(order, is_rising=not order.is_rising) if is_current else read_order({ORDER: name})
    parameters = replace(following, is_whole=order.is_whole).parameters()
    href = table_address(breakdown.by, breakdown.ground.period, breakdown.filters, parameters)
    label = texts.find(f"report.of.{breakdown.by}" if name == _NAMES else _LABELS[name]) or name
    return HeadView(label, href, ("ascending" if order.is_rising else "descending") if is_current else "")


def _row(texts: Texts, breakdown: Breakdown, row: Row) -> TableRow:
    period, key = breakdown.ground.period, row.group.key
    if row.by is By.HELPED:
        # No filter of its own: which ratings are meant is said by their kind.
        address = _listed(breakdown, breakdown.filters, is_helped=key == HELPED)
        return TableRow(Cell(row.name), "", group_view(texts, row.group, breakdown.ground.scale, address))
    filters = replace(breakdown.filters, **{_FILTER_OF[row.by]: key})
    opened = table_address(_OPENED_BY.get(row.by, By.AGENCY), period, filters)
    view = group_view(texts, row.group, breakdown.ground.scale, _listed(breakdown, filters))
    has_code = row.by in {By.SERVICE, By.AGENCY, By.COMMUNE} and row.name != key
    return TableRow(Cell(row.name, opened), key if has_code else "", view)


def _listed(breakdown: Breakdown, filters: Filters, *, is_helped: bool | None = None) -> Address:
    def address(only: Narrowing) -> str:
        helped = only.is_helped if is_helped is None else is_helped
        return ratings_address(breakdown.ground.period, Which(filters, replace(only, is_helped=helped)))

    return address
