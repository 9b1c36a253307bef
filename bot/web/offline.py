"""What makes the page open without a network and stand among a phone's applications: /sw.js and the manifest."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from aiohttp import web

from bot.web.keys import ASSETS, ASSISTANT, LANGUAGES, TEXTS
from bot.web.languages import DEFAULT


async def get_worker(request: web.Request) -> web.Response:
    """GET /sw.js: the service worker. It differs with every change of files or catalogue, so that browsers renew it.

    It keeps the page and its files, never an answer.
    """
    assets = request.app[ASSETS]
    kept = {
        "version": f"{assets.hash}-{request.app[ASSISTANT].catalogue.version}",
        "pages": ["/" if language == DEFAULT else f"/?lang={language}" for language in request.app[LANGUAGES]],
        "files": [assets.url(name) for name in assets.by_name],
    }
    headers = {"Cache-Control": "no-cache", "Content-Type": "text/javascript; charset=utf-8"}
    return web.Response(text=f"const KEPT = {json.dumps(kept)};\n{_script()}", headers=headers)


async def get_manifest(request: web.Request) -> web.Response:
    """GET /manifest.webmanifest: the name and picture under which a phone keeps the page."""
    name = request.app[ASSISTANT].catalogue.province.assistant_name
    body = {
        "name": name,
        "short_name": name,
        "description": request.app[TEXTS].get("web.description", assistant=name),
        "lang": DEFAULT,
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f4f3ef",
        "theme_color": "#0b4f5c",
        "icons": [{"src": request.app[ASSETS].url("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return web.json_response(body, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@cache
def _script() -> str:
    return resources.files(__package__).joinpath("scripts", "sw.js").read_text(encoding="utf-8")
