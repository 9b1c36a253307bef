"""GET /r/{token}: the way to a procedure's page on the portal, counted. It needs no cookie and leads nowhere else."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.channels.web_chat import CHANNEL
from bot.dialogue.opened_links import Opened, opened
from bot.dialogue.signed_links import PORTAL_PATH, PortalLink
from bot.ratings.periods import day_of
from bot.store.sharing import Count
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT, SETTINGS
from bot.web.languages import DEFAULT
from bot.web.pages.tools import TOOLS
from bot.web.pages.unknown import Unknown, unknown_page
from bot.web.visitors import ALONE, count_quietly, is_person, is_within_limit


def add_portal_links(app: web.Application) -> None:
    app.router.add_get(f"{PORTAL_PATH}/{{token}}", open_portal)


async def open_portal(request: web.Request) -> web.Response:
    """303 to the portal as of today's catalogue; 404 with the way to the search for a token that is not ours."""
    link = request.app[BACKING].signer.portal_link(request.match_info["token"])
    found = None if link is None else opened(request.app[ASSISTANT].catalogue, link)
    if link is None or found is None:
        return _unknown(request)
    if is_person(request):
        await count_quietly(_count(request, link, found), _count_share(request, link, found))
    return web.Response(status=303, headers={**ALONE, "Location": found.address})


async def _count(request: web.Request, link: PortalLink, found: Opened) -> None:
    backing, hours = request.app[BACKING], request.app[SETTINGS].follow_up_hours
    at = backing.clock()
    due_at = at + timedelta(hours=hours) if hours and found.is_usable else None
    await backing.store.office.follow_ups.opened(link.person, found.subject, CHANNEL, at, due_at)


async def _count_share(request: web.Request, link: PortalLink, found: Opened) -> None:
    """For whoever's shared link the person came by."""
    if link.via is not None and is_within_limit(request, Count.PORTAL, request.match_info["token"]):
        backing = request.app[BACKING]
        day, target = day_of(backing.clock()), f"tt:{found.subject.code}"
        await backing.store.office.sharing.count(day, link.via, target, Count.PORTAL)


def _unknown(request: web.Request) -> web.Response:
    say = request.app[TOOLS].texts[DEFAULT].get
    unknown = Unknown(
        say("web.portal_link.title"), say("web.portal_link.unknown"), say("web.pages.procedure.try_words")
    )
    response = unknown_page(DEFAULT, request, unknown)
    response.headers.update(ALONE)
    return response
