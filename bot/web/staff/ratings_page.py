"""The ratings behind a number, without any person."""

from __future__ import annotations

from aiohttp import web

from bot.operations.figures.addresses import (
    RATINGS,
    Which,
    filter_parameters,
    kind_parameters,
    ratings_address,
    read_only,
)
from bot.operations.figures.period_words import period_written
from bot.store.figures import EVERY_RATING
from bot.store.staff import Role
from bot.web.staff.access import staff_page
from bot.web.staff.figure_pages import choice_of, desk_of, place_of, query_of
from bot.web.staff.figure_query import page_of
from bot.web.staff.filter_view import chosen
from bot.web.staff.ratings_view import A_PAGE, ratings_view
from bot.web.staff.visit import Visit


def add_ratings_page(app: web.Application) -> None:
    app.router.add_get(RATINGS, show_ratings)


@staff_page(Role.VIEWER)
async def show_ratings(visit: Visit) -> web.StreamResponse:
    """GET /staff/phieu?ky=2026-10&co-quan=H99.05&cach=truc-tuyen&den=1&trang=2"""
    texts, desk, query = visit.texts, desk_of(visit), query_of(visit)
    filters, only, page = query.filters, read_only(visit.request.query), page_of(visit.request.query)
    found = await desk.ratings(
        query.period, filters, only, visit.account.limited_to, limit=A_PAGE, offset=(page - 1) * A_PAGE
    )
    return await visit.page(
        "staff/ratings.html",
        texts.get("web.staff.ratings.title"),
        view=ratings_view(texts, found, page),
        place=place_of(visit),
        period=period_written(texts, query.period),
        query=query,
        choice=choice_of(visit, query, {**filter_parameters(filters), **kind_parameters(only)}),
        action=RATINGS,
        chosen=[
            (one.label, one.value, ratings_address(query.period, Which(one.without, only)))
            for one in chosen(texts, desk.names, filters)
        ],
        every_kind=None if only == EVERY_RATING else ratings_address(query.period, Which(filters)),
    )
