"""Who opens an address of ours that is counted, and how it is counted without being in anybody's way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable

from aiohttp import web

from bot.dialogue.router import log_fault

_SECONDS_TO_COUNT = 1.0
"""Longer nobody waits because of our counting."""
_PROGRAMS = re.compile(
    # Not of a telephone called Cubot.
    r"(?<!cu)bot\b|crawl|spider|preview|externalhit|externalagent|externalfetcher|facebookcatalog|whatsapp|viber|"
    r"slurp|scan|fetch|headless|curl|wget|python|java/|okhttp|go-http|axios|node",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
ALONE = {
    "Cache-Control": "no-store",
    # Where it leads need not know from which of our pages, or by whose link, somebody comes.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Headers of an address that is opened anew each time, and leads elsewhere."""


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


async def count_quietly(*countings: Awaitable[None]) -> None:
    """Wait for them, one after the other, but not for long; whatever fails is logged and keeps nobody waiting."""
    for counting in countings:
        try:
            async with asyncio.timeout(_SECONDS_TO_COUNT):
                await counting
        except Exception as error:  # noqa: BLE001 - whatever fails, nobody is kept from where they are going
            log_fault("count_link", error)
