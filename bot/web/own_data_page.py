"""/du-lieu-cua-toi: a person gets what is held of them, as a file.

Without more it is what is held of this browser, known by its cookie; with a token, of whom a messenger sent it to. The
address alone shows a button only: what makes previews of links presses none. Nobody keeps any of it.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from aiohttp import web

from bot.channels.web_chat import CHANNEL
from bot.dialogue.guards import RateLimit
from bot.dialogue.own_links import OWN_DATA_PATH, person_of_token
from bot.errors import StoreError
from bot.operations.privacy.own_file import own_file
from bot.web.backing import BACKING
from bot.web.pages import addresses
from bot.web.pages.respond import passing
from bot.web.pages.tools import TOOLS, Head
from bot.web.person import known_person

_A_MINUTE = 3
"""So many files a minute for one person."""
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
_LIMIT = web.AppKey("own_data_limit", RateLimit)


def add_own_data_pages(app: web.Application) -> None:
    app[_LIMIT] = app[BACKING].limit(_A_MINUTE)
    for language in app[TOOLS].languages:
        for path in (OWN_DATA_PATH, f"{OWN_DATA_PATH}/{{token}}"):
            there = addresses.in_language(language, path)
            app.router.add_get(there, partial(show_own_data, language))
            app.router.add_post(there, partial(download_own_data, language))


async def show_own_data(language: str, request: web.Request) -> web.Response:
    """A page with a button; 404 for who is not known, and a link whose time is over."""
    texts = request.app[TOOLS].texts[language]
    if await _person(request) is None:
        return _page(language, request, texts.get("own.page.unknown"), 404)
    return _page(language, request, texts.get("own.page.text"))


async def download_own_data(language: str, request: web.Request) -> web.Response:
    """The file; 404, 429, and 503 where it cannot be read."""
    backing, texts, person = request.app[BACKING], request.app[TOOLS].texts[language], await _person(request)
    if person is None:
        return _page(language, request, texts.get("own.page.unknown"), 404)
    now = backing.clock()
    if not request.app[_LIMIT].takes(person, now):
        return _page(language, request, texts.get("own.too_often"), 429)
    try:
        if (known := _visitor(request)) is not None:
            await backing.people.gather(CHANNEL, known)
        held = await backing.store.office.own_data.of(person)
    except StoreError:
        return _page(language, request, texts.get("own.not_read"), 503)
    name = {"Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"'}
    content = own_file(texts, held, now)
    return web.Response(body=content, content_type="application/json", charset="utf-8", headers=_HEADERS | name)


async def _person(request: web.Request) -> str | None:
    """The keyed hash of whoever asks."""
    backing, token = request.app[BACKING], request.match_info.get("token")
    if token is not None:
        return person_of_token(backing.rules.secret, token, backing.clock())
    known = _visitor(request)
    return None if known is None else backing.people.key(CHANNEL, known)


def _visitor(request: web.Request) -> str | None:
    """The id in the cookie, where the address names nobody."""
    return None if "token" in request.match_info else known_person(request)


def _page(language: str, request: web.Request, text: str, status: int = 200) -> web.Response:
    tools = request.app[TOOLS]
    texts = tools.texts[language]
    token = request.match_info.get("token")
    # In the other language it is the same person's.
    path = OWN_DATA_PATH if token is None else f"{OWN_DATA_PATH}/{quote(token, safe='')}"
    head = Head(texts.get("own.page.title"), texts.get("own.page.description"), path, indexed=False)
    lines, is_there = text.split("\n"), status != 404
    html = tools.render(request, language, "own_data.html", head, lines=lines, is_there=is_there)
    response = passing(request, html, status)
    response.headers.update(_HEADERS)
    return response
