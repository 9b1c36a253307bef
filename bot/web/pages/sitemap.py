"""GET /sitemap.xml and /robots.txt: what search engines may read, with the day its data is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

from bot.web.errors import NOT_FOUND, ApiError
from bot.web.pages import addresses
from bot.web.pages.respond import kept
from bot.web.pages.site import Site
from bot.web.pages.tools import TOOLS, Tools

MOST_URLS = 50_000
"""In one file, by the sitemap protocol."""
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_WITH_LINKS = f'{_SPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class Entry:
    """A page by its Vietnamese path, the day of its data, and whether it exists in every language."""

    path: str
    day: date
    everywhere: bool = True


async def show_sitemap(request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    files = sitemap_files(_base(tools, request), entries(tools.site), tools.languages)
    return kept(request, files[0], tools.site.since, XML)


async def show_part(request: web.Request) -> web.Response:
    """GET /sitemap-{n}.xml: a part, where one file does not hold all."""
    tools = request.app[TOOLS]
    files = sitemap_files(_base(tools, request), entries(tools.site), tools.languages)
    number = int(request.match_info["number"])
    if not 1 <= number < len(files):
        raise ApiError(NOT_FOUND)
    return kept(request, files[number], tools.site.since, XML)


async def show_robots(request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    base = addresses.base_of(request, tools.settings)
    lines = ["User-agent: *", "Disallow: /api/", "Disallow: /r/"]
    if base is not None:
        lines += ["", f"Sitemap: {base}/sitemap.xml"]
    return kept(request, "".join(f"{line}\n" for line in lines), tools.site.since, TEXT)


def entries(site: Site) -> Iterator[Entry]:
    """Every page to be found: the chat, the list, the fields, the situations in life, the procedures."""
    catalogue, day = site.catalogue, site.list.as_of
    yield Entry("/", day, everywhere=False)
    yield Entry(addresses.LIST, day)
    yield Entry(addresses.FIELDS, day)
    yield Entry(addresses.PRIVACY, day)
    yield from (Entry(addresses.field_path(field), day) for field in site.list.by_field)
    yield from (Entry(addresses.event_path(event.id), day) for event in catalogue.life_events)
    for row in site.list.rows:
        own = row.procedure.as_of
        yield Entry(addresses.procedure_path(row.procedure.code), max(own, day) if row.places[0].agencies else own)


def sitemap_files(
    base: str, pages: Iterator[Entry], languages: Sequence[str], most: int = MOST_URLS
) -> tuple[str, ...]:
    """One sitemap where all fits into it; else an index, and then its parts in order."""
    urls = list(chain.from_iterable(_urls(base, entry, languages) for entry in pages))
    if len(urls) <= most:
        return (_sitemap(urls),)
    parts = tuple(_sitemap(urls[start : start + most]) for start in range(0, len(urls), most))
    listed = "".join(
        f"<sitemap><loc>{escape(base)}/sitemap-{number}.xml</loc></sitemap>\n" for number in range(1, len(parts) + 1)
    )
    return (f"{_DECLARATION}<sitemapindex {_SPACES}>\n{listed}</sitemapindex>\n", *parts)


def _sitemap(urls: Sequence[str]) -> str:
    return f"{_DECLARATION}<urlset {_WITH_LINKS}>\n{''.join(urls)}</urlset>\n"


def _urls(base: str, entry: Entry, languages: Sequence[str]) -> Iterator[str]:
    """An entry for each language, each with links to all of them."""
    found = languages if entry.everywhere else languages[:1]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{alternate.language}" href={quoteattr(alternate.url)}/>'
        for alternate in addresses.alternates(base, entry.path, found)
    )
    for language in found:
        address = escape(base + addresses.in_language(language, entry.path))
        yield f"<url><loc>{address}</loc><lastmod>{entry.day.isoformat()}</lastmod>{links}</url>\n"


def _base(tools: Tools, request: web.Request) -> str:
    """A sitemap needs whole addresses: without a host that may be repeated there is none."""
    base = addresses.base_of(request, tools.settings)
    if base is None:
        raise ApiError(NOT_FOUND)
    return base
