"""Answering with a page that others may keep: ETag, Last-Modified, 304, gzip. HEAD is answered like GET, bodiless."""

from __future__ import annotations

import gzip
import hashlib
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web

from bot.web.pages import addresses

HTML = "text/html; charset=utf-8"
SECONDS_KEPT = 300
_MAX_AGE = f"max-age={SECONDS_KEPT}"
_GZIP_LEVEL = 6
_ETAG_BYTES = 12
_SMALL = 600
"""Below so many bytes compressing gains nothing."""


def kept(
    request: web.Request,
    body: str | bytes,
    since: datetime,
    content_type: str = HTML,
    headers: dict[str, str] | None = None,
    *,
    is_packed: bool = False,
) -> web.Response:
    """A page that may be kept for five minutes, and then asked for again by its hash.

    `since`: when the data behind it was taken into use (UTC). `is_packed`: it is a file that is compressed already.
    """
    content = body.encode("utf-8") if isinstance(body, str) else body
    # Weak: the same page, whether compressed or not.
    etag = f'W/"{hashlib.blake2b(content, digest_size=_ETAG_BYTES).hexdigest()}"'
    told = {
        "Cache-Control": _keeping(request),
        "ETag": etag,
        "Last-Modified": format_datetime(since, usegmt=True),
        "Vary": "Accept-Encoding",
    }
    if _is_known(request, etag, since):
        return web.Response(status=304, headers=told)
    told |= {"Content-Type": content_type, **(headers or {})}
    return web.Response(body=content, headers=told) if is_packed else _filled(request, content, told, 200)


def passing(request: web.Request, body: str, status: int = 200) -> web.Response:
    """A page that nobody may keep: it repeats a person's words, or it is an error."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding", "Content-Type": HTML}
    return _filled(request, body.encode("utf-8"), headers, status)


def moved(request: web.Request, location: str) -> web.Response:
    """For good as far as today's catalogue knows: not kept longer than a page is."""
    return web.Response(status=301, headers={"Location": location, "Cache-Control": _keeping(request)})


def _keeping(request: web.Request) -> str:
    """What is read by a shared link says whose link it is: no cache on the way gives it to others."""
    return f"{'private' if addresses.SHARED in request.query else 'public'}, {_MAX_AGE}"


def _is_known(request: web.Request, etag: str, since: datetime) -> bool:
    """Whether the one who asks has this very page. The hash decides where one is sent."""
    brought = request.headers.get("If-None-Match")
    if brought is not None:
        return etag in {tag.strip() for tag in brought.split(",")} or brought.strip() == "*"
    day = request.if_modified_since
    return day is not None and day >= since


def _filled(request: web.Request, content: bytes, headers: dict[str, str], status: int) -> web.Response:
    if len(content) >= _SMALL and "gzip" in request.headers.get("Accept-Encoding", ""):
        content = gzip.compress(content, _GZIP_LEVEL, mtime=0)
        headers = {**headers, "Content-Encoding": "gzip"}
    return web.Response(body=content, headers=headers, status=status)
