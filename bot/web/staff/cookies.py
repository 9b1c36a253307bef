"""What a browser of staff holds: the token of its session, and a message for the next page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.web.person import HOST_PREFIX, is_encrypted

_TOKEN = "mot_cua_staff"  # noqa: S105 - the name of a cookie
_WAITING = "mot_cua_staff_code"
_FLASH = "mot_cua_staff_told"
_FLASH_SECONDS = 60
_MOST_FLASH_CHARS = 1000
FLASH_PREFIX = "web.staff.flash."


@dataclass(frozen=True, slots=True)
class Flash:
    """What the next page tells first: the id of a text below FLASH_PREFIX, and what it is filled with."""

    text_id: str
    values: Mapping[str, str] = field(default_factory=dict)


def token_of(request: web.Request) -> str:
    return request.cookies.get(_name(request, _TOKEN), "")


def keep_token(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Until the browser is closed; the server ends it earlier."""
    _set(request, response, _TOKEN, token)
    forget(request, response, _WAITING)


def forget_token(request: web.Request, response: web.StreamResponse) -> None:
    forget(request, response, _TOKEN)


def waiting_of(request: web.Request) -> str:
    """The token of somebody whose password was right and whose code is still to come."""
    return request.cookies.get(_name(request, _WAITING), "")


def keep_waiting(request: web.Request, response: web.StreamResponse, token: str) -> None:
    _set(request, response, _WAITING, token)


def tell_next(request: web.Request, response: web.StreamResponse, flash: Flash) -> None:
    said = json.dumps([flash.text_id, dict(flash.values)], ensure_ascii=False).encode()
    _set(request, response, _FLASH, base64.urlsafe_b64encode(said).decode(), _FLASH_SECONDS)


def told_before(request: web.Request) -> Flash | None:
    """The message for this page. It comes from the browser: only texts of ours, filled with plain words."""
    kept = request.cookies.get(_name(request, _FLASH), "")
    if not kept or len(kept) > _MOST_FLASH_CHARS:
        return None
    try:
        text_id, values = json.loads(base64.urlsafe_b64decode(kept))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    if not isinstance(text_id, str) or not text_id.startswith(FLASH_PREFIX) or not isinstance(values, dict):
        return None
    return Flash(text_id, {str(name): str(value) for name, value in values.items()})


def forget_flash(request: web.Request, response: web.StreamResponse) -> None:
    forget(request, response, _FLASH)


def forget(request: web.Request, response: web.StreamResponse, name: str) -> None:
    secure = is_encrypted(request)
    response.del_cookie(_name(request, name), path="/", httponly=True, samesite="Lax", secure=secure)


def _set(request: web.Request, response: web.StreamResponse, name: str, value: str, seconds: int | None = None) -> None:
    """Lax and not Strict: a link in a digest opens its page for who is logged in."""
    response.set_cookie(
        _name(request, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=is_encrypted(request),
    )


def _name(request: web.Request, name: str) -> str:
    """Over TLS a name that no other site below the same domain can set."""
    return f"{HOST_PREFIX}{name}" if is_encrypted(request) else name
