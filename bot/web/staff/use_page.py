"""How much the assistant is used. It is counted for the whole province, and not told to who may see a part only."""

from __future__ import annotations

from aiohttp import web

from bot.operations.figures.addresses import USE
from bot.operations.figures.period_words import period_written
from bot.store.staff import Role
from bot.web.staff.access import staff_page
from bot.web.staff.figure_pages import choice_of, desk_of, place_of, query_of
from bot.web.staff.use_view import use_view
from bot.web.staff.visit import Visit


def add_use_page(app: web.Application) -> None:
    app.router.add_get(USE, show_use)


@staff_page(Role.VIEWER)
async def show_use(visit: Visit) -> web.StreamResponse:
    """GET /staff/su-dung?ky=2026-10"""
    if visit.account.limited_to is not None:
        return await visit.refuse("web.staff.use.limited")
    desk, query = desk_of(visit), query_of(visit)
    return await visit.page(
        "staff/use.html",
        visit.texts.get("web.staff.use.title"),
        view=use_view(visit.texts, desk.names, await desk.use(query.period)),
        place=place_of(visit),
        period=period_written(visit.texts, query.period),
        query=query,
        choice=choice_of(visit, query),
        action=USE,
    )
