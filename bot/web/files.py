"""The page's files, and what a platform asks to know that we live."""

from __future__ import annotations

from aiohttp import web

from bot.web.errors import NOT_FOUND, ApiError
from bot.web.keys import ASSETS, ASSISTANT

_FOR_GOOD = "public, max-age=31536000, immutable"


async def get_asset(request: web.Request) -> web.Response:
    """GET /static/{hash}/{name}: kept for good when the hash is the content's, not kept otherwise."""
    assets = request.app[ASSETS]
    asset = assets.by_name.get(request.match_info["name"])
    if asset is None:
        raise ApiError(NOT_FOUND)
    headers = {
        "Content-Type": asset.content_type,
        "Cache-Control": _FOR_GOOD if request.match_info["hash"] == assets.hash else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=asset.zipped, headers=headers | {"Content-Encoding": "gzip"})
    return web.Response(body=asset.body, headers=headers)


async def get_health(request: web.Request) -> web.Response:
    """GET /healthz: 200 while messages are answered, with the catalogue that answers them."""
    catalogue = request.app[ASSISTANT].catalogue
    body = {
        "status": "ok",
        "catalogue": {
            "version": catalogue.version,
            "as_of": catalogue.as_of.isoformat(),
            "procedures": len(catalogue.procedures),
        },
    }
    return web.json_response(body, headers={"Cache-Control": "no-store"})
