"""GET /toan-trinh and /toan-trinh.csv: which procedures run online, how far, at whom."""

from __future__ import annotations

from aiohttp import web

from bot.catalog.age import is_old
from bot.operations.sharing import preview_words
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.web.keys import MASKER
from bot.web.pace import take_turn
from bot.web.pages import addresses
from bot.web.pages.list_query import ListQuery, read_query, rows_for
from bot.web.pages.list_table import file_name, list_table
from bot.web.pages.list_view import list_view
from bot.web.pages.page_picture import picture_of_page
from bot.web.pages.respond import kept, passing
from bot.web.pages.tools import TOOLS, Head, Tools
from handlers.naming import province_name

CSV = "text/csv; charset=utf-8"


async def show_list(language: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    site, texts, query = tools.site, tools.texts[language], _query(tools, request)
    province = province_name(site.catalogue.province, language)
    if query.words:
        take_turn(request)
    is_whole = query.is_whole and query.page is None
    head = Head(
        title=texts.get("web.pages.list.title" if query.is_whole else "web.pages.list.results"),
        description=texts.get("web.pages.list.description", province=province),
        path=addresses.LIST,
        indexed=is_whole,
        picture=picture_of_page(site.catalogue, texts, preview_words.LIST) if is_whole else None,
    )
    old = is_old(site.list.as_of, day_of(now()), tools.settings.data_old_days)
    view = list_view(site, texts, query, rows_for(site, query), is_old=old)
    html = tools.render(request, language, "list.html", head, view=view, province=province)
    # Words that a person wrote are not kept anywhere, not even in a browser's cache.
    return passing(request, html) if query.words or query.private else kept(request, html, site.since)


async def download_list(language: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    site, texts, query = tools.site, tools.texts[language], _query(tools, request)
    if query.words:
        take_turn(request)
    table = list_table(site, texts, rows_for(site, query))
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(site, texts)}"',
        "X-Robots-Tag": "noindex",
    }
    response = kept(request, table, site.since, CSV, headers)
    if query.words or query.private:
        response.headers["Cache-Control"] = "no-store"
    return response


def _query(tools: Tools, request: web.Request) -> ListQuery:
    return read_query(tools.site.catalogue, request.app[MASKER], request.query)
