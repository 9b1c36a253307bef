"""How much one network may ask of us in a minute: what a person may send is held against a cookie, which a program
throws away each time.

Whole halls and whole towns come from one address, so it is far more than people send. Where the address is not known
nobody is held to it: everybody would share one limit, and one program would keep them all away.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.dialogue.guards import RateLimit
from bot.operations.rating_links.answers import address_key
from bot.operations.times import now
from bot.web.backing import BACKING, Backing
from bot.web.client_address import client_address
from bot.web.errors import TOO_MANY, ApiError

_SUGGESTIONS_FOR_ONE = 5
"""Letters are typed faster than messages are sent, and each asks for suggestions."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`asked`: messages and searches. `typed`: suggestions."""

    asked: RateLimit
    typed: RateLimit


_PACE = web.AppKey("pace", Pace)


def add_pace(app: web.Application, per_minute: int, backing: Backing | None) -> None:
    """`per_minute`: messages and searches of one network, 0: no limit; an equal part of it in each process."""
    make = RateLimit if backing is None else backing.limit
    app[_PACE] = Pace(make(per_minute), make(per_minute * _SUGGESTIONS_FOR_ONE))


def take_turn(request: web.Request, *, typed: bool = False) -> None:
    """Count one more message or search, or what is `typed` so far. Raises ApiError."""
    network = client_address(request)
    if not network:
        return
    backing = request.app.get(BACKING)
    at = now() if backing is None else backing.clock()
    pace = request.app[_PACE]
    limit = pace.typed if typed else pace.asked
    whose = network if backing is None else address_key(backing.rules.secret, network, at)
    if not limit.takes(whose, at):
        raise ApiError(TOO_MANY)
