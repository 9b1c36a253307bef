"""GET /rieng-tu: what is kept of a person, for how long, and how to delete it. The same words as in the chat."""

from __future__ import annotations

from aiohttp import web

from bot.dialogue.choices import PrivacyChoice, PrivacyStep
from bot.dialogue.messages import Link
from bot.operations.retention import keeping_of
from bot.web.pages import addresses
from bot.web.pages.respond import kept
from bot.web.pages.tools import TOOLS, Head
from handlers.privacy import notice


async def show_privacy(language: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    texts, settings = tools.texts[language], tools.settings
    lines = notice(tools.assistant.catalogue, texts, keeping_of(settings)).split("\n")
    head = Head(
        title=texts.get("web.pages.privacy.title"),
        description=texts.get("web.pages.privacy.description"),
        path=addresses.PRIVACY,
    )
    erase = Link(texts.get("privacy.erase"), addresses.chat_address(language, str(PrivacyChoice(PrivacyStep.ASKED))))
    html = tools.render(request, language, "privacy.html", head, lines=lines, erase=erase)
    return kept(request, html, tools.site.since)
