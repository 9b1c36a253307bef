"""GET /anh/tt/{code}.png and its like: the picture of a page, for whoever shows a link to it with one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import partial
from typing import Protocol

from aiohttp import web

from bot.catalog.codes import parse_code
from bot.catalog.lookup import successor
from bot.catalog.model import Catalogue
from bot.operations.sharing.preview_words import FIELDS, HOME, LIST, PreviewWords, words_of_page, words_of_target
from bot.operations.sharing.targets import Kind, Target, event_of
from bot.web.errors import NOT_FOUND, ApiError
from bot.web.pages import addresses
from bot.web.pages.page_picture import FOLDERS, PICTURES, picture_of_target
from bot.web.pages.respond import moved
from bot.web.pages.tools import TOOLS

MOST_KEPT = 256
"""Some tens of kilobytes each."""
MOST_WAITING = 24
SECONDS_KEPT = 3600


class Draws(Protocol):
    def __call__(self, words: PreviewWords) -> bytes: ...


class BusyError(Exception):
    """More pictures are wanted than can be drawn in a while."""


def _draw(words: PreviewWords) -> bytes:
    # Here and not above: what draws is loaded by the first who asks for a picture.
    from bot.operations.sharing.preview import draw_preview

    return draw_preview(words)


class PictureShelf:
    """Draws in a thread, one at a time, and keeps what was asked for last. `draw` is slow."""

    def __init__(self, draw: Draws = _draw) -> None:
        self._draw = draw
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def picture(self, words: PreviewWords) -> bytes:
        """Raises BusyError."""
        mark = words.mark
        if mark not in self._kept:
            if self._waiting >= MOST_WAITING:
                raise BusyError
            self._waiting += 1
            try:
                async with self._turn:
                    # Somebody before us may have wanted the same.
                    if mark not in self._kept:
                        self._kept[mark] = await asyncio.to_thread(self._draw, words)
            finally:
                self._waiting -= 1
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(mark)
        return self._kept[mark]


SHELF = web.AppKey("picture_shelf", PictureShelf)


def add_pictures(app: web.Application) -> None:
    app[SHELF] = PictureShelf()
    for language in app[TOOLS].languages:
        for kind, folder in FOLDERS.items():
            path = addresses.in_language(language, f"{PICTURES}/{folder}/{{id}}.png")
            app.router.add_get(path, partial(_show_target, language, kind))
        for page in (HOME, LIST, FIELDS):
            path = addresses.in_language(language, f"{PICTURES}/{page}.png")
            app.router.add_get(path, partial(_show_page, language, page))


async def _show_target(language: str, kind: Kind, request: web.Request) -> web.Response:
    """301 from a code that was replaced; 404 for what today's catalogue does not have."""
    tools, written = request.app[TOOLS], request.match_info["id"]
    catalogue, texts = tools.assistant.catalogue, tools.texts[language]
    target = _target(catalogue, kind, written)
    if target is None:
        raise ApiError(NOT_FOUND)
    if target.id != written:
        return moved(request, picture_of_target(catalogue, texts, target).path)
    return await _send(request, words_of_target(catalogue, texts, target))


async def _show_page(language: str, page: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    return await _send(request, words_of_page(tools.assistant.catalogue, tools.texts[language], page))


def _target(catalogue: Catalogue, kind: Kind, written: str) -> Target | None:
    if kind is Kind.PROCEDURE:
        code = parse_code(written)
        current = None if code is None else successor(catalogue, code)
        return None if current is None else Target(kind, current)
    known = event_of(catalogue, written) is not None if kind is Kind.EVENT else written in catalogue.fields
    return Target(kind, written) if known else None


async def _send(request: web.Request, words: PreviewWords) -> web.Response:
    """304 without drawing anything where the same words were sent before, whatever has been published since."""
    headers = {
        "Cache-Control": f"public, max-age={SECONDS_KEPT}",
        "ETag": f'"{words.mark}"',
        # Shown on other sites: that is what it is for.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    brought = request.headers.get("If-None-Match", "")
    if words.mark in {tag.strip().removeprefix("W/").strip('"') for tag in brought.split(",")}:
        return web.Response(status=304, headers=headers)
    try:
        picture = await request.app[SHELF].picture(words)
    except BusyError:
        return web.Response(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    return web.Response(body=picture, content_type="image/png", headers=headers)
