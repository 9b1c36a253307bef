"""Who a browser is: a random id in a cookie that scripts cannot read. It says nothing about the person."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from aiohttp import web

from bot.web.keys import SETTINGS

COOKIE = "mot_cua_person"
_BYTES = 18
_ID = re.compile(r"[A-Za-z0-9_-]{24}", re.ASCII)
_KEPT = timedelta(days=30)


def person_of(request: web.Request) -> str:
    """The id that the browser brings, or a new one. A cookie that we cannot have set counts as none."""
    brought = request.cookies.get(COOKIE, "")
    return brought if _ID.fullmatch(brought) else secrets.token_urlsafe(_BYTES)


def remember(request: web.Request, response: web.StreamResponse, person: str) -> None:
    """Set the cookie, for thirty days from now."""
    public_url = request.app[SETTINGS].public_url or ""
    response.set_cookie(
        COOKIE,
        person,
        max_age=int(_KEPT.total_seconds()),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.secure or public_url.startswith("https://"),
    )
