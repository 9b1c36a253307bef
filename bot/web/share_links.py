"""GET /s/{id}: what a team shares or hangs up, counted. It needs no cookie, and leads to a page of ours only.

In a code to scan it is short: `https://hoidap.example.gov.vn/s/1001193.12.18073.Ab3_-x` has 55 characters, which a
code of 33 fields a side (version 4) carries with the correction that a sheet on a wall wants (level M).
"""

from __future__ import annotations

from aiohttp import web

from bot.dialogue.choices import CardChoice, FieldChoice, FieldsChoice, LifeEventChoice
from bot.dialogue.sharing import Shareable, choice_of, via_of
from bot.dialogue.signed_links import SHARE_PATH, ShareLink
from bot.ratings.periods import day_of
from bot.store.sharing import Count
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT
from bot.web.languages import DEFAULT
from bot.web.pace import take_turn
from bot.web.pages import addresses
from bot.web.pages.tools import TOOLS
from bot.web.pages.unknown import Unknown, unknown_page
from bot.web.visitors import ALONE, count_quietly, is_person, is_within_limit


def add_share_links(app: web.Application) -> None:
    app.router.add_get(f"{SHARE_PATH}/{{id}}", open_share)


async def open_share(request: web.Request) -> web.Response:
    """302 to the public page, which is told by whose link; 404 with the way to the search for an id that names none.

    What has been replaced or removed is told by its page; a situation or field that is gone leads to all of them.
    Whoever types the address off a poster mistakes a letter of the signature: they get the page, and nobody counts; who
    tries one signature after the other is held to what a network may ask.
    """
    share_id = request.match_info["id"]
    link = request.app[BACKING].signer.share_link(share_id)
    if link is None:
        take_turn(request)
        return _mistyped(request, share_id.partition(".")[0])
    choice = choice_of(request.app[ASSISTANT].catalogue, link.target)
    if is_person(request) and is_within_limit(request, Count.VISIT, share_id):
        await count_quietly(_count(request, link, str(choice)))
    location = addresses.with_query(_path(choice), {addresses.SHARED: share_id})
    return web.Response(status=302, headers={**ALONE, "Location": location})


def _path(choice: Shareable | FieldsChoice) -> str:
    match choice:
        case CardChoice(code):
            return addresses.procedure_path(code)
        case LifeEventChoice(event_id):
            return addresses.event_path(event_id)
        case FieldChoice(field_id):
            return addresses.field_path(field_id)
    return addresses.FIELDS


async def _count(request: web.Request, link: ShareLink, target: str) -> None:
    backing = request.app[BACKING]
    via = via_of(request.app[ASSISTANT].catalogue, link)
    await backing.store.office.sharing.count(day_of(backing.clock()), via, target, Count.VISIT)


def _mistyped(request: web.Request, target: str) -> web.Response:
    """Where an id is not ours, what it names is public all the same."""
    catalogue = request.app[ASSISTANT].catalogue
    choice = choice_of(catalogue, target)
    if isinstance(choice, FieldsChoice) or (isinstance(choice, CardChoice) and choice.code not in catalogue.procedures):
        return _unknown(request)
    return web.Response(status=302, headers={**ALONE, "Location": _path(choice)})


def _unknown(request: web.Request) -> web.Response:
    say = request.app[TOOLS].texts[DEFAULT].get
    unknown = Unknown(say("web.share.title"), say("web.share.unknown"), say("web.pages.procedure.try_words"))
    response = unknown_page(DEFAULT, request, unknown)
    response.headers.update(ALONE)
    return response
