"""The whole against the target, then what moved, what is red, what has too few ratings."""

from __future__ import annotations

from aiohttp import web

from bot.operations.figures.addresses import OVERVIEW
from bot.store.staff import Role
from bot.web.staff.access import staff_page
from bot.web.staff.case_query import ALL, CaseFilter
from bot.web.staff.figure_pages import choice_of, desk_of, downloads, place_of, query_of, today_of
from bot.web.staff.overview_view import overview_view
from bot.web.staff.visit import Visit


def add_overview_page(app: web.Application) -> None:
    app.router.add_get(OVERVIEW, show_overview)


@staff_page(Role.VIEWER)
async def show_overview(visit: Visit) -> web.StreamResponse:
    """GET /staff?ky=2026-10"""
    desk, query, place = desk_of(visit), query_of(visit), place_of(visit)
    today = today_of(visit)
    overview = await desk.overview(query.period, visit.account.limited_to)
    return await visit.page(
        "staff/overview.html",
        visit.texts.get("web.staff.overview.title"),
        view=overview_view(visit.texts, overview, desk.names, place),
        place=place,
        query=query,
        choice=choice_of(visit, query),
        action=OVERVIEW,
        downloads=downloads(visit, query.period),
        today=CaseFilter().in_days(today, today).href(ALL),
    )
