"""GET /tt/{code}: one procedure, as the assistant says it."""

from __future__ import annotations

from aiohttp import web

from bot.catalog.codes import parse_code
from bot.catalog.editorial import hidings_at
from bot.catalog.lookup import successor
from bot.operations.sharing.targets import Kind, Target
from bot.texts import Texts
from bot.web.pages import addresses
from bot.web.pages.guests import guest_of
from bot.web.pages.page_picture import picture_of_target
from bot.web.pages.procedure_view import procedure_view
from bot.web.pages.removed_page import show_removed
from bot.web.pages.respond import kept, moved
from bot.web.pages.structured_data import government_service
from bot.web.pages.tools import TOOLS, Head
from bot.web.pages.unknown import Unknown, unknown_page

_DESCRIPTION_CHARS = 300


async def show_procedure(language: str, request: web.Request) -> web.Response:
    """The page; 301 from other forms of a code and from replaced ones; 404 with a search form for unknown codes.

    One that left the list has a page that says so.
    """
    tools = request.app[TOOLS]
    written = request.match_info["code"]
    code = parse_code(written)
    current = None if code is None else successor(tools.site.catalogue, code)
    if current is not None and current != written:
        return moved(request, _address(language, current, request))
    if current is not None and tools.site.catalogue.procedures[current].is_gone:
        return show_removed(language, request, current)
    agency = request.query.get(addresses.BODY) or request.query.get(addresses.COMMUNE)
    view = None
    if current is not None:
        texts, guest = tools.texts[language], guest_of(request, tools)
        view = procedure_view(tools.site, texts, tools.settings, current, agency, tools.signer, guest=guest)
    if current is None or view is None:
        return unknown_page(language, request, _unknown(tools.texts[language], is_code=code is not None))
    texts, row = tools.texts[language], tools.site.rows[current]
    # What is hidden at one body is told in the card; in short there is no room for it.
    is_some_hidden = view.body is None and bool(hidings_at(tools.site.catalogue.editorial, current))
    level = "" if is_some_hidden else view.level
    base, path = addresses.base_of(request, tools.settings), addresses.procedure_path(current)
    url = None if base is None else base + addresses.in_language(language, path)
    head = Head(
        title=str(view.heading),
        description=_description(str(view.heading), level, view.lines[-1] if view.lines else ""),
        path=path,
        structured=government_service(tools.site.catalogue, texts, row, url),
        picture=picture_of_target(tools.site.catalogue, texts, Target(Kind.PROCEDURE, current)),
    )
    return kept(request, tools.render(request, language, "procedure.html", head, view=view), tools.site.since)


def _address(language: str, code: str, request: web.Request) -> str:
    """The canonical page; which body was meant, and by whose link somebody came, go along."""
    path = addresses.in_language(language, addresses.procedure_path(code))
    return addresses.with_query(
        path, addresses.only(request.query, (addresses.BODY, addresses.COMMUNE, addresses.SHARED))
    )


def _description(title: str, level: str, source: str) -> str:
    """What the card says in short. Its last line is the code with the source and the day."""
    text = " ".join(filter(None, (f"{title}.", level, source)))
    if len(text) <= _DESCRIPTION_CHARS:
        return text
    return text[:_DESCRIPTION_CHARS].rsplit(" ", 1)[0] + "…"


def _unknown(texts: Texts, *, is_code: bool) -> Unknown:
    text = texts.get("web.pages.procedure.not_found") if is_code else texts.get("web.pages.procedure.not_a_code")
    title, hint = texts.get("web.pages.procedure.not_found_title"), texts.get("web.pages.procedure.try_words")
    return Unknown(title, text, hint)
