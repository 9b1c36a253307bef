"""GET /bien-nhan-xoa/{number}: what the receipt of a deletion says, for whoever has its number."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.dialogue.receipts import RECEIPT_PATH, number_in, receipt_of
from bot.web.keys import SIGNER
from bot.web.pages.respond import passing
from bot.web.pages.tools import TOOLS, Head
from bot.web.visitors import ALONE
from handlers.receipt import confirmed


async def show_receipt(language: str, request: web.Request) -> web.Response:
    """404 for a number that is none of ours. Nobody keeps the page, and no search engine finds it."""
    tools = request.app[TOOLS]
    texts, letters = tools.texts[language], number_in(request.match_info["number"])
    receipt = None if letters is None else receipt_of(request.app[SIGNER], letters)
    lines = texts.get("receipt.unknown").split("\n") if receipt is None else confirmed(texts, receipt)
    path = f"{RECEIPT_PATH}/{quote(request.match_info['number'], safe='')}"
    head = Head(texts.get("receipt.title"), texts.get("receipt.description"), path, indexed=False)
    number = "" if receipt is None else receipt.number
    html = tools.render(request, language, "receipt.html", head, lines=lines, number=number)
    response = passing(request, html, 404 if receipt is None else 200)
    response.headers.update(ALONE)
    return response
