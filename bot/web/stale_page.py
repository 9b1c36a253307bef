"""POST /tt/{code}/bao-cu: a reader says that what a page tells looks old. Nothing is kept of them, no cookie either."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, datetime
from functools import partial

from aiohttp import web

from bot.catalog.codes import parse_code
from bot.catalog.lookup import portal_link, successor
from bot.dialogue.guards import RateLimit
from bot.dialogue.messages import Link
from bot.errors import StoreError
from bot.ratings.periods import day_of
from bot.store.freshness import StaleReport
from bot.web.backing import BACKING
from bot.web.client_address import client_address
from bot.web.forms import read_form
from bot.web.pages import addresses
from bot.web.pages.counting import counted
from bot.web.pages.names import procedure_heading
from bot.web.pages.respond import passing
from bot.web.pages.tools import TOOLS, Head
from bot.web.pages.unknown import Unknown, unknown_page

CHANNEL = "page"
"""What reports from the pages are counted as."""
_A_MINUTE = 10
"""So many a minute from one network."""
_MOST_FIELDS = 5
_MOST_KNOWN = 10_000


class SaidToday:
    """Which networks have said so today, of which code: in the memory of this process alone, and for a day at most."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, str], date] = OrderedDict()

    def has(self, address: str, code: str, at: datetime) -> bool:
        return bool(address) and self._said.get((address, code)) == day_of(at)

    def note(self, address: str, code: str, at: datetime) -> None:
        today = day_of(at)
        while self._said and next(iter(self._said.values())) != today:
            self._said.popitem(last=False)
        if address:
            self._said[(address, code)] = today
        if len(self._said) > _MOST_KNOWN:
            self._said.popitem(last=False)


_LIMIT = web.AppKey("stale_limit", RateLimit)
_SAID = web.AppKey("stale_said", SaidToday)


def add_stale_page(app: web.Application) -> None:
    app[_LIMIT] = app[BACKING].limit(_A_MINUTE)
    app[_SAID] = SaidToday()
    for language in app[TOOLS].languages:
        path = addresses.in_language(language, addresses.stale_path("{code}"))
        app.router.add_post(path, partial(report_stale, language))


async def report_stale(language: str, request: web.Request) -> web.Response:
    """Thanks, once a day from a network for a procedure; 404 for unknown codes, 429, 503 where it cannot be kept."""
    form = await read_form(request, _MOST_FIELDS)
    tools, backing = request.app[TOOLS], request.app[BACKING]
    texts, catalogue = tools.texts[language], tools.site.catalogue
    code = successor(catalogue, parse_code(request.match_info["code"]) or "")
    if code is None:
        title, text = texts.get("web.pages.procedure.not_found_title"), texts.get("web.pages.procedure.not_found")
        return unknown_page(language, request, Unknown(title, text))
    now, address, said = backing.clock(), client_address(request), request.app[_SAID]
    if not request.app[_LIMIT].takes(address, now):
        return _page(language, request, code, 429, texts.get("web.freshness.too_fast"))
    if said.has(address, code, now):
        return _page(language, request, code, 200, texts.get("web.freshness.again"))
    agency = form.get(addresses.BODY)
    offered = {agency for service in catalogue.services.get(code, ()) for agency in service.agencies}
    report = StaleReport(now, CHANNEL, "", code, agency if agency in offered else "", catalogue.version)
    try:
        await backing.store.office.stale.add(report)
    except StoreError:
        return _page(language, request, code, 503, texts.get("web.freshness.not_kept"))
    said.note(address, code, now)
    return _page(language, request, code, 200, texts.get("stale.thanks"), texts.get("stale.meanwhile"))


def _page(language: str, request: web.Request, code: str, status: int, *lines: str) -> web.Response:
    tools = request.app[TOOLS]
    texts, catalogue = tools.texts[language], tools.site.catalogue
    procedure = catalogue.procedures[code]
    links: tuple[Link, ...] = (Link(texts.get("link.procedure"), portal_link(catalogue, procedure)),)
    if tools.signer is not None:
        links = counted(links, catalogue, tools.signer, code)
    path = addresses.procedure_path(code)
    head = Head(texts.get("web.freshness.title"), lines[0], path, indexed=False)
    page = tools.render(
        *(request, language, "stale.html", head),
        name=procedure_heading(procedure, language),
        lines=lines,
        links=links,
        back=addresses.in_language(language, path),
    )
    return passing(request, page, status)
