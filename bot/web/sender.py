"""What is known of where a browser's message comes from, for the rules by which ratings are flagged."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from aiohttp import web

from bot.dialogue.messages import Incoming
from bot.errors import StoreError
from bot.operations.rating_links.answers import address_key
from bot.web.backing import BACKING
from bot.web.client_address import client_address
from bot.web.staff.cookies import token_of
from bot.web.staff.house import STAFF
from bot.web.visitors import is_person


async def sent_from(request: web.Request, incoming: Incoming) -> Incoming:
    """The message with its network, as a keyed hash, whether somebody of staff is logged in in this browser, and
    whether it may be a program's.

    A cookie is thrown away in a moment; without the network one program would be as many people as it likes.
    """
    incoming = replace(incoming, is_program=not is_person(request))
    backing = request.app.get(BACKING)
    if backing is None:
        return incoming
    address = address_key(backing.rules.secret, client_address(request), backing.clock())
    staff = False
    with suppress(StoreError):
        staff = await is_staff(request)
    return replace(incoming, address=address, is_staff=staff)


async def is_staff(request: web.Request) -> bool:
    """Whether the browser is one in which somebody of staff is logged in. Raises StoreError."""
    return await request.app[STAFF].entrance.present(token_of(request)) is not None
