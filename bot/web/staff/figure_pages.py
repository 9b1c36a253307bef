"""The pages of figures: their addresses, their places in the menu, and what all of them need."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from bot.operations.figures import addresses
from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import By
from bot.operations.reports import desk
from bot.operations.reports.model import ReportFormat
from bot.ratings.periods import Period, day_of
from bot.store.staff import Role
from bot.web.backing import BACKING
from bot.web.staff.figure_query import FigureQuery, PeriodChoice, period_choice, read_query
from bot.web.staff.group_view import Cell
from bot.web.staff.house import Banner, add_banner, add_menu_entry
from bot.web.staff.visit import Visit


def desk_of(visit: Visit) -> FigureDesk:
    backing = visit.request.app[BACKING]
    return FigureDesk(backing.store.office.figures, visit.catalogue, visit.texts, backing.rules.rating)


def query_of(visit: Visit) -> FigureQuery:
    return read_query(visit.request.query, today_of(visit), _start(visit))


def choice_of(visit: Visit, query: FigureQuery, kept: dict[str, str] | None = None) -> PeriodChoice:
    return period_choice(visit.texts, query.period, today_of(visit), _start(visit), kept)


def today_of(visit: Visit) -> date:
    return day_of(visit.now)


def place_of(visit: Visit) -> str:
    """What the figures are of: the province, or the agencies that this account is held to."""
    return desk.place_of(desk_of(visit), visit.account.limited_to)


def demonstration_banner(app: web.Application) -> Banner:
    """Made-up figures say so on every page."""
    figures = app[BACKING].store.office.figures

    async def tell() -> str | None:
        return "web.staff.demonstration" if await figures.is_demonstration() else None

    return tell


def _start(visit: Visit) -> int:
    return visit.request.app[BACKING].rules.rating.period_start


def downloads(visit: Visit, period: Period, by: By | None = None) -> tuple[Cell, ...]:
    """The same as files: the whole, and with `by` that table."""
    return tuple(
        Cell(visit.texts.find(f"web.staff.figures.format.{form}") or form, addresses.report_address(form, period, by))
        for form in ReportFormat
    )


def offer(app: web.Application) -> None:
    """In the menu, before everything else; and the banner above all pages."""
    for place, (path, text_id) in enumerate(
        (
            (addresses.OVERVIEW, "web.staff.nav.overview"),
            (addresses.TABLES, "web.staff.nav.tables"),
            (addresses.RATINGS, "web.staff.nav.ratings"),
            (addresses.USE, "web.staff.nav.use"),
        )
    ):
        add_menu_entry(app, path, text_id, Role.VIEWER, place)
    add_banner(app, demonstration_banner(app))
