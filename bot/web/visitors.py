"""Who opens an address of ours that is counted, and how it is counted without being in anybody's way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable

from aiohttp import web

from bot.dialogue.guards import RateLimit
from bot.dialogue.router import log_fault
from bot.operations.rating_links.answers import address_key
from bot.web.backing import BACKING
from bot.web.client_address import client_address

_SECONDS_TO_COUNT = 1.0
"""Longer nobody waits because of our counting."""
_PROGRAMS = re.compile(
    # Not of a telephone called Cubot.
    r"(?<!cu)bot\b|crawl|spider|preview|externalhit|externalagent|externalfetcher|facebookcatalog|whatsapp|viber|"
    r"slurp|scan|fetch|headless|curl|wget|python|java/|okhttp|go-http|axios|node",
    re.IGNORECASE,
)
_A_MINUTE = 60
"""So many are counted from one network: a whole meeting may scan a code, a program makes no more."""
_LIMIT = web.AppKey("share_limit", RateLimit)
_AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
ALONE = {
    "Cache-Control": "no-store",
    # Where it leads need not know from which of our pages, or by whose link, somebody comes.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Headers of an address that is opened anew each time, and leads elsewhere."""


def is_person(request: web.Request) -> bool:
    """Whether somebody opens it or writes: not a program that makes a preview or looks ahead.

    Browsers say which languages are read in front of them; programs, known by name or not, hardly ever do.
    """
    headers = request.headers
    ahead = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if request.method == "HEAD" or "Accept-Language" not in headers or _AHEAD.search(ahead):
        return False
    agent = headers.get("User-Agent", "")
    return agent != "" and not _PROGRAMS.search(agent)


def add_limit(app: web.Application) -> None:
    app[_LIMIT] = app[BACKING].limit(_A_MINUTE)


def is_within_limit(request: web.Request, what: str, link: str) -> bool:
    """Whether one more of `what` may be counted. Where the network is not known, the `link` has the limit."""
    backing = request.app[BACKING]
    at = backing.clock()
    whose = address_key(backing.rules.secret, client_address(request), at) or link
    return request.app[_LIMIT].takes(f"{what} {whose}", at)


async def count_quietly(*countings: Awaitable[None]) -> None:
    """Wait for them, one after the other, but not for long; whatever fails is logged and keeps nobody waiting."""
    for counting in countings:
        try:
            async with asyncio.timeout(_SECONDS_TO_COUNT):
                await counting
        except Exception as error:  # noqa: BLE001 - whatever fails, nobody is kept from where they are going
            log_fault("count_link", error)
