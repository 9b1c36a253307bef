"""Tables of figures by service, field, agency, commune, channel, place of asking, and help."""

from __future__ import annotations

from aiohttp import web

from bot.operations.figures.addresses import BY_SLUGS, TABLES, filter_parameters, table_address
from bot.operations.figures.model import EVERYTHING, By, Filters
from bot.operations.figures.period_words import period_written
from bot.operations.reports.definitions import definitions, notes
from bot.ratings.periods import written
from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT
from bot.store.staff import Role
from bot.web.staff.access import see_other, staff_page
from bot.web.staff.figure_pages import choice_of, desk_of, downloads, place_of, query_of
from bot.web.staff.figure_query import page_of
from bot.web.staff.filter_view import chosen, selects
from bot.web.staff.overview_view import group_picture, table_links, target_line
from bot.web.staff.table_view import read_order, table_view
from bot.web.staff.visit import Visit

_OF_SLUG = {slug: by for by, slug in BY_SLUGS.items()}


def add_tables_page(app: web.Application) -> None:
    app.router.add_get(TABLES, show_first)
    app.router.add_get(f"{TABLES}/{{by}}", show_table)


@staff_page(Role.VIEWER)
async def show_first(visit: Visit) -> web.StreamResponse:
    """GET /staff/bang: the table by agencies."""
    query = query_of(visit)
    return see_other(table_address(By.AGENCY, query.period, query.filters))


@staff_page(Role.VIEWER)
async def show_table(visit: Visit) -> web.StreamResponse:
    """GET /staff/bang/co-quan?ky=2026-10&linh-vuc=dat-dai&xep=ty-le&chieu=tang&trang=2"""
    by = _OF_SLUG.get(visit.request.match_info["by"])
    if by is None:
        return await visit.not_found()
    texts, desk, query = visit.texts, desk_of(visit), query_of(visit)
    filters, limited = query.filters, visit.account.limited_to
    place = place_of(visit)
    order = read_order(visit.request.query)
    breakdown = await desk.breakdown(by, query.period, filters, limited)

    def without(left: Filters) -> str:
        return table_address(by, query.period, left, order.parameters())

    ground = breakdown.ground
    return await visit.page(
        "staff/table.html",
        texts.find(f"report.table.{by}") or by,
        view=table_view(texts, breakdown, order, page_of(visit.request.query)),
        fewest=FEWEST_FOR_A_VERDICT,
        place=place,
        period=period_written(texts, query.period),
        target=target_line(texts, ground),
        notes=notes(texts, ground, is_empty=not breakdown.whole.counted.count),
        definitions=definitions(texts, ground),
        query=query,
        choice=choice_of(visit, query, {**filter_parameters(filters), **order.parameters()}),
        action=table_address(by, query.period).partition("?")[0],
        tables=table_links(texts, query.period, filters),
        selects=selects(texts, desk.names, filters, limited),
        chosen=[(one.label, one.value, without(one.without)) for one in chosen(texts, desk.names, filters)],
        kept=order.parameters() | filter_parameters(Filters(code=filters.code)),
        written=written(query.period),
        # Files and pictures are of the whole table.
        picture=None if filters != EVERYTHING else group_picture(texts, breakdown, place),
        downloads=() if filters != EVERYTHING else downloads(visit, query.period, by),
    )
