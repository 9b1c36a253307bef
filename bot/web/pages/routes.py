"""The pages' addresses and who answers them, in every language."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.dialogue.receipts import RECEIPT_PATH
from bot.dialogue.signed_links import Signer
from bot.settings import Settings
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.pages import addresses
from bot.web.pages.browse_pages import show_event, show_field, show_fields
from bot.web.pages.list_files import add_list_files
from bot.web.pages.list_page import download_list, show_list
from bot.web.pages.pictures import add_pictures
from bot.web.pages.privacy_page import show_privacy
from bot.web.pages.procedure_page import show_procedure
from bot.web.pages.receipt_page import show_receipt
from bot.web.pages.search_page import show_search
from bot.web.pages.sitemap import show_part, show_robots, show_sitemap
from bot.web.pages.tools import TOOLS, make_tools


def add_pages(
    app: web.Application, assistant: Answers, settings: Settings, assets: Assets, signer: Signer | None
) -> None:
    """The pages beside the chat. Without a `signer` links to the portal are not counted."""
    tools = make_tools(assistant, settings, assets, signer)
    app[TOOLS] = tools
    for language in tools.languages:
        for path, handler in (
            (addresses.LIST, show_list),
            (addresses.LIST_CSV, download_list),
            (addresses.SEARCH, show_search),
            (addresses.PRIVACY, show_privacy),
            (f"{RECEIPT_PATH}/{{number}}", show_receipt),
            (addresses.FIELDS, show_fields),
            (f"{addresses.FIELDS}/{{id}}", show_field),
            ("/viec/{id}", show_event),
            ("/tt/{code}", show_procedure),
        ):
            app.router.add_get(addresses.in_language(language, path), partial(handler, language))
    add_pictures(app)
    add_list_files(app)
    app.router.add_get("/sitemap.xml", show_sitemap)
    app.router.add_get("/sitemap-{number:[1-9][0-9]{0,3}}.xml", show_part)
    app.router.add_get("/robots.txt", show_robots)
