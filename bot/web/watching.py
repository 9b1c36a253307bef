"""For those who watch: figures, health, whether requests may be sent here; and the counting of requests.

What stands here says nothing private, and asks neither the store nor a messenger: it is asked every few seconds.
"""

from __future__ import annotations

import hmac
import time
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.operations.metrics import Metrics
from bot.operations.readiness import Condition, Readiness
from bot.settings import Settings
from bot.web.answers import Answers
from bot.web.files import get_health
from bot.web.keys import ASSISTANT, READINESS, SETTINGS
from bot.web.middlewares import add_security_headers
from bot.web.patience import PATIENCE, Patience, close_after_an_upgrade

_NO_ADDRESS = "none"
_KINDS = {
    "": "chat",
    "api/chat": "message",
    "api/suggest": "suggestions",
    "webhooks": "webhook",
    "staff": "staff",
    "static": "file",
    "sw.js": "file",
    "manifest.webmanifest": "file",
    "embed.js": "file",
    "healthz": "watching",
    "readyz": "watching",
    "metrics": "watching",
    "r": "link",
    "s": "link",
    "danh-gia": "rating",
    "trai-nghiem": "rating",
    "anh": "picture",
}
"""By how an address begins; all others are pages."""
_PAGE = "page"
_ENGLISH = "en"


def kind_of(path: str | None) -> str:
    """Of the pattern of an address (`/tt/{code}`), None where there is none at that address."""
    if path is None:
        return _NO_ADDRESS
    parts = path.strip("/").split("/")
    if parts[0] == _ENGLISH:
        del parts[0]
    return _KINDS.get("/".join(parts[:2])) or _KINDS.get("/".join(parts[:1]), _PAGE)


def counting(metrics: Metrics) -> Middleware:
    """Counts each request by kind of address and class of status, and times it. To be the outermost."""
    kinds: dict[str | None, str] = {}

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        started, status = time.perf_counter(), "broken_off"
        try:
            response = await handler(request)
            status = f"{response.status // 100}xx"
        except web.HTTPException as error:
            status = f"{error.status // 100}xx"
            raise
        finally:
            resource = request.match_info.route.resource
            path = None if resource is None else resource.canonical
            kind = kinds.get(path) or kinds.setdefault(path, kind_of(path))
            metrics.http.labels(kind, status).observe(time.perf_counter() - started)
        return response

    return count


async def get_readiness(request: web.Request) -> web.Response:
    """GET /readyz: 503 where others are to be asked; how it stands and why, in fixed words."""
    standing = request.app[READINESS].standing()
    is_ready = standing.condition is not Condition.UNREADY
    return web.json_response(
        {"status": standing.condition, "reasons": standing.reasons},
        status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Cache-Control": "no-store"},
    )


def add_health(app: web.Application, readiness: Readiness) -> None:
    """GET /healthz: whether the process lives; GET /readyz: whether requests may be sent to it."""
    app[READINESS] = readiness
    app.router.add_get("/healthz", get_health)
    app.router.add_get("/readyz", get_readiness)


def add_metrics(app: web.Application, metrics: Metrics, settings: Settings) -> None:
    """GET /metrics for whoever knows the token; without one in the settings there is no such address."""
    if settings.metrics_token is None:
        return
    expected = f"Bearer {settings.metrics_token.get_secret_value()}".encode()

    async def get_metrics(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise web.HTTPForbidden
        return _figures(metrics)

    app.router.add_get("/metrics", get_metrics)


def create_watching_app(
    assistant: Answers, settings: Settings, metrics: Metrics, readiness: Readiness
) -> web.Application:
    """What is served on METRICS_PORT: nothing but figures and health, for whoever reaches it."""
    app = web.Application()
    app[ASSISTANT] = assistant
    app[SETTINGS] = settings
    app[PATIENCE] = Patience()
    app.on_response_prepare.append(close_after_an_upgrade)
    app.on_response_prepare.append(add_security_headers)

    async def get_metrics(_: web.Request) -> web.Response:
        return _figures(metrics)

    add_health(app, readiness)
    app.router.add_get("/metrics", get_metrics)
    return app


def _figures(metrics: Metrics) -> web.Response:
    headers = {"Content-Type": Metrics.CONTENT_TYPE, "Cache-Control": "no-store"}
    return web.Response(body=metrics.as_text(), headers=headers)
