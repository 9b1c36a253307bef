"""Who a browser is: a random id in a signed cookie that scripts cannot read. It says nothing about the person.

A page in a frame of another site has a cookie of its own, which browsers keep apart for each site around it
(`Partitioned`). Where they keep none at all, the page names the visit itself, by a random id that ends with it.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from aiohttp import web

from bot.web.entrance import is_embedded
from bot.web.keys import SETTINGS, SIGNER

COOKIE = "mot_cua_person"
EMBEDDED_COOKIE = "mot_cua_embedded"
HOST_PREFIX = "__Host-"
_PURPOSE = "person"
_BYTES = 18
_ID = re.compile(r"[A-Za-z0-9_-]{24}", re.ASCII)
_KEPT = timedelta(days=30)


def person_of(request: web.Request, visit: str | None = None) -> str:
    """The id that the browser brings, else that of the visit, else a new one.

    A cookie that we have not set ourselves counts as none.
    """
    return known_person(request) or visit or new_id()


def known_person(request: web.Request) -> str | None:
    """The id in the cookie; None where there is none, or one that we have not signed."""
    brought = request.cookies.get(_name(request), "")
    person = request.app[SIGNER].read(_PURPOSE, brought)
    return person if person is not None and _ID.fullmatch(person) else None


def new_id() -> str:
    """24 random characters, safe in addresses and cookies."""
    return secrets.token_urlsafe(_BYTES)


def remember(request: web.Request, response: web.StreamResponse, person: str) -> None:
    """Set the cookie, for thirty days from now."""
    _set(request, response, request.app[SIGNER].sign(_PURPOSE, person), int(_KEPT.total_seconds()))


def forget(request: web.Request, response: web.StreamResponse) -> None:
    """Have the browser remove the cookie."""
    _set(request, response, "", 0)


def _set(request: web.Request, response: web.StreamResponse, signed: str, seconds: int) -> None:
    if _is_partitioned(request):
        # Written out: Python before 3.14 does not know `Partitioned`.
        value = f"{_name(request)}={signed}; Max-Age={seconds}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
        response.headers.add("Set-Cookie", value)
        return
    response.set_cookie(
        _name(request),
        signed,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=is_encrypted(request),
    )


def _name(request: web.Request) -> str:
    """Over TLS a name that no other site below the same domain can set: nobody gives a visitor an id of their own."""
    name = EMBEDDED_COOKIE if _is_partitioned(request) else COOKIE
    return f"{HOST_PREFIX}{name}" if is_encrypted(request) else name


def _is_partitioned(request: web.Request) -> bool:
    """Browsers take a cookie in a foreign frame over TLS only."""
    return is_embedded(request) and is_encrypted(request)


def is_encrypted(request: web.Request) -> bool:
    """Whether the browser came over TLS, here or to the proxy in front."""
    return request.secure or request.app[SETTINGS].is_public_encrypted
