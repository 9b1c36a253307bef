"""GET /toan-trinh.xlsx and /toan-trinh.pdf: the whole list as a decision prints it, made once for each catalogue."""

from __future__ import annotations

import asyncio
from functools import partial

from aiohttp import web

from bot.catalog.editorial import Hiding
from bot.catalog.model import Catalogue
from bot.operations.background import in_background
from bot.operations.official_list.compose import official_list
from bot.operations.official_list.files import MEDIA_TYPES, file_name, write_list
from bot.operations.official_list.model import Heading, ListFormat, OfficialList, TierChoice
from bot.operations.reports.reporting import ReportError, Reporting
from bot.web.backing import BACKING
from bot.web.pages import addresses
from bot.web.pages.respond import kept
from bot.web.pages.tools import TOOLS

OFFERED = (ListFormat.XLSX, ListFormat.PDF)
_A_MINUTE = "60"


class ListFiles:
    """The files of the catalogue that was asked for last; nobody waits twice for one, and no two are made at once."""

    def __init__(self) -> None:
        self._of: tuple[str, tuple[Hiding, ...]] | None = None
        self._files: dict[ListFormat, bytes] = {}
        self._turn = asyncio.Lock()

    async def file(self, catalogue: Catalogue, form: ListFormat, reporting: Reporting | None) -> bytes:
        """`reporting`: the process that makes it; without one a thread does. Raises ReportError."""
        async with self._turn:
            if self._of != (catalogue.version, catalogue.editorial.hidings):
                self._of, self._files = (catalogue.version, catalogue.editorial.hidings), {}
            if form not in self._files:
                listed = await in_background(official_list, catalogue, TierChoice.ALL, Heading())
                self._files[form] = await written(listed, form, reporting)
            return self._files[form]


_FILES = web.AppKey("list_files", ListFiles)


async def written(listed: OfficialList, form: ListFormat, reporting: Reporting | None) -> bytes:
    """The file, made beside everything else. Raises ReportError."""
    if reporting is None:
        return await in_background(write_list, listed, form)
    return await reporting.made(write_list, listed, form)


def add_list_files(app: web.Application) -> None:
    app[_FILES] = ListFiles()
    for form in OFFERED:
        for language in app[TOOLS].languages:
            path = addresses.in_language(language, addresses.list_file_path(form))
            app.router.add_get(path, partial(download_file, form))


async def download_file(form: ListFormat, request: web.Request) -> web.Response:
    """In Vietnamese, whichever page leads to it: it is the State's own list."""
    tools, backing = request.app[TOOLS], request.app.get(BACKING)
    site = tools.site
    try:
        made = await request.app[_FILES].file(site.catalogue, form, None if backing is None else backing.reporting)
    except ReportError:
        text = tools.texts[addresses.HOME_LANGUAGE].get("official_list.failed")
        return web.Response(status=503, text=text, headers={"Retry-After": _A_MINUTE})
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(site.catalogue, TierChoice.ALL, form)}"',
        "X-Robots-Tag": "noindex",
    }
    return kept(request, made, site.since, MEDIA_TYPES[form], headers, is_packed=True)
