"""The page that stands where another is not: what there is to say, and the ways to search."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.web.pages import addresses
from bot.web.pages.respond import passing
from bot.web.pages.tools import TOOLS, Head


@dataclass(frozen=True, slots=True)
class Unknown:
    """`title`, `text`: what is the matter. `hint`: what to do about it; empty: nothing but to search."""

    title: str
    text: str
    hint: str = ""


def unknown_page(
    language: str, request: web.Request, unknown: Unknown, status: int = 404, path: str = addresses.SEARCH
) -> web.Response:
    """`path`: of the page in the other languages."""
    head = Head(unknown.title, unknown.text, path, indexed=False)
    values = {"text": unknown.text, "hint": unknown.hint}
    return passing(request, request.app[TOOLS].render(request, language, "unknown.html", head, **values), status)
