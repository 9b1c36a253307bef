"""What every request goes through: headers that protect, refusal of other sites, and errors told in a sentence."""

from __future__ import annotations

from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.dialogue.message_code import following, new_code
from bot.dialogue.router import log_fault
from bot.web.embedding import frame_ancestors
from bot.web.entrance import texts_for
from bot.web.errors import CROSS_ORIGIN, FAILED, ApiError, Fault, as_json, fault_of
from bot.web.keys import LANGUAGES, PAGES, SETTINGS

_log = structlog.get_logger(__name__)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {}"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": _POLICY.format("'none'"),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not "no-referrer": with that, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ENCRYPTED_FROM_NOW_ON = "max-age=31536000"
"""A year. It says nothing of other names below ours, which may be other people's, and is in no browser's own list."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_FETCH_SITES = frozenset({"same-origin", "none"})


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: runs for every response, whoever made it."""
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(frame_ancestors(request)))
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.app[SETTINGS].is_public_encrypted:
        # Without TLS browsers would not heed it, and behind a proxy that has none it would lock people out.
        response.headers["Strict-Transport-Security"] = ENCRYPTED_FROM_NOW_ON
    response.headers["Server"] = "mot-cua"


@web.middleware
async def tell_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors from the table: as JSON below /api/, as a page elsewhere. Never with a stack trace.

    What is logged meanwhile has a code of its own.
    """
    with following(new_code()):
        return await _answered(request, handler)


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ApiError as error:
        return _tell(request, error.fault)
    except web.HTTPException as error:
        if error.status < web.HTTPBadRequest.status_code:
            raise
        response = _tell(request, fault_of(error))
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except Exception as error:  # noqa: BLE001 - the last guard: whatever breaks is told in a sentence
        log_fault("request", error)
        return _tell(request, FAILED)


def _tell(request: web.Request, fault: Fault) -> web.Response:
    # Pages in another language have its name before their path.
    prefix = request.path.split("/", 2)[1]
    texts = texts_for(request, prefix if prefix in request.app[LANGUAGES] else None)
    if request.path.startswith("/api/"):
        response = as_json(fault, texts)
    else:
        html = request.app[PAGES].error(fault, texts)
        headers = {"Cache-Control": "no-store"}
        response = web.Response(text=html, content_type="text/html", status=fault.http_status, headers=headers)
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


@web.middleware
async def refuse_other_sites(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A message that another site sends in a visitor's name is refused."""
    if request.method not in _SAFE_METHODS and not _comes_from_here(request):
        resource = request.match_info.route.resource
        _log.warning("other_site_refused", page="" if resource is None else resource.canonical)
        raise ApiError(CROSS_ORIGIN)
    return await handler(request)


def _comes_from_here(request: web.Request) -> bool:
    """Browsers say where a request comes from; a program that says nothing has no visitor's cookie to misuse."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in _OWN_FETCH_SITES
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = {request.host}
    public_url = request.app[SETTINGS].public_url
    if public_url is not None:
        own.add(urlsplit(public_url).netloc)
    return origin.partition("://")[2] in own
