"""The chat on a commune's own page: one line of script there, a frame of ours, and who may put us into one."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from aiohttp import web

from bot.web.entrance import is_embedded
from bot.web.errors import NOT_FOUND, ApiError
from bot.web.keys import ASSISTANT, LANGUAGES, SETTINGS


def frame_ancestors(request: web.Request) -> str:
    """Who may show the answer in a frame: the allowed origins, and only the embedded chat."""
    if request.path == "/" and is_embedded(request):
        return " ".join(request.app[SETTINGS].embed_origins)
    return "'none'"


async def get_embed_script(request: web.Request) -> web.Response:
    """GET /embed.js: the line that a commune's page loads; there is none while no page may show the chat."""
    if not request.app[SETTINGS].embed_origins:
        raise ApiError(NOT_FOUND)
    title = request.app[ASSISTANT].catalogue.province.assistant_name
    words = {
        language: {"title": title, "open": texts.get("web.embed.open"), "close": texts.get("web.embed.close")}
        for language, texts in request.app[LANGUAGES].items()
    }
    headers = {
        # Kept for a while by browsers: communes' pages are opened more often than this file changes.
        "Cache-Control": "public, max-age=3600",
        "Content-Type": "text/javascript; charset=utf-8",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return web.Response(text=f"{_script()}({json.dumps(words)});\n", headers=headers)


@cache
def _script() -> str:
    """A function in parentheses, to be called with the words of each language."""
    return resources.files(__package__).joinpath("scripts", "embed.js").read_text(encoding="utf-8").rstrip()
