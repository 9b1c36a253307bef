"""GET /r/{token}: the way to a procedure's page on the portal, counted. It needs no cookie and leads nowhere else."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

from aiohttp import web

from bot.channels.web_chat import CHANNEL
from bot.dialogue.opened_links import Opened, opened
from bot.dialogue.router import log_fault
from bot.dialogue.signed_links import PORTAL_PATH
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT, SETTINGS
from bot.web.languages import DEFAULT
from bot.web.pages.tools import TOOLS
from bot.web.pages.unknown import Unknown, unknown_page

_SECONDS_TO_COUNT = 1.0
"""Longer nobody waits for the portal because of our counting."""
_PROGRAMS = re.compile(
    # Not of a telephone called Cubot.
    r"(?<!cu)bot\b|crawl|spider|preview|externalhit|externalagent|externalfetcher|facebookcatalog|whatsapp|viber|"
    r"slurp|scan|fetch|headless|curl|wget|python|java/|okhttp|go-http|axios|node",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
_ALONE = {
    "Cache-Control": "no-store",
    # The portal need not know from which of our pages, or whose link, somebody comes.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def add_portal_links(app: web.Application) -> None:
    app.router.add_get(f"{PORTAL_PATH}/{{token}}", open_portal)


async def open_portal(request: web.Request) -> web.Response:
    """303 to the portal as of today's catalogue; 404 with the way to the search for a token that is not ours."""
    link = request.app[BACKING].signer.portal_link(request.match_info["token"])
    found = None if link is None else opened(request.app[ASSISTANT].catalogue, link)
    if link is None or found is None:
        return _unknown(request)
    if is_person(request):
        await _count(request, link.person, found)
    return web.Response(status=303, headers={**_ALONE, "Location": found.address})


def is_person(request: web.Request) -> bool:
    """Whether somebody opens it: not a program that makes a preview or looks ahead.

    Browsers say which languages are read in front of them; programs, known by name or not, hardly ever do.
    """
    headers = request.headers
    ahead = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if request.method != "GET" or "Accept-Language" not in headers or _AHEAD.search(ahead):
        return False
    agent = headers.get("User-Agent", "")
    return agent != "" and not _PROGRAMS.search(agent)


async def _count(request: web.Request, person: str, found: Opened) -> None:
    backing, hours = request.app[BACKING], request.app[SETTINGS].follow_up_hours
    at = backing.clock()
    due_at = at + timedelta(hours=hours) if hours and found.is_usable else None
    try:
        async with asyncio.timeout(_SECONDS_TO_COUNT):
            await backing.store.office.follow_ups.opened(person, found.subject, CHANNEL, at, due_at)
    except Exception as error:  # noqa: BLE001 - whatever fails, nobody is kept from the portal
        log_fault("count_link", error)


def _unknown(request: web.Request) -> web.Response:
    say = request.app[TOOLS].texts[DEFAULT].get
    unknown = Unknown(
        say("web.portal_link.title"), say("web.portal_link.unknown"), say("web.pages.procedure.try_words")
    )
    response = unknown_page(DEFAULT, request, unknown)
    response.headers.update(_ALONE)
    return response
