"""GET /linh-vuc, /linh-vuc/{id} and /viec/{id}: procedures by field, and by situation in life."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.catalog.model import Field
from bot.catalog.online_list import Counts, Selection, select
from bot.dialogue.choices import FieldChoice, LifeEventChoice
from bot.dialogue.messages import Link
from bot.operations.sharing import preview_words
from bot.operations.sharing.targets import Kind, Target
from bot.search.fold import fold
from bot.texts import Texts
from bot.texts.written import number_written
from bot.web.pager import PagerView
from bot.web.pages import addresses
from bot.web.pages.guests import guest_of
from bot.web.pages.list_view import ROWS_A_PAGE, list_pager
from bot.web.pages.names import Named, event_title, field_name
from bot.web.pages.onward import Onward, onward
from bot.web.pages.page_picture import picture_of_page, picture_of_target
from bot.web.pages.respond import kept
from bot.web.pages.rows import RowView, page_of, row_views
from bot.web.pages.search_page import situations
from bot.web.pages.site import Site, rows_of_event
from bot.web.pages.tools import TOOLS, Head, Tools
from bot.web.pages.unknown import Unknown, unknown_page
from handlers.naming import province_name


@dataclass(frozen=True, slots=True)
class FieldView:
    name: Named
    href: str
    count: str
    full: str | None
    """How many are fully online; None where none is."""


@dataclass(frozen=True, slots=True)
class RowsView:
    """A list of procedures under a heading."""

    heading: str
    lead: str | None
    rows: tuple[RowView, ...]
    start: int
    pager: PagerView
    onward: Onward


async def show_fields(language: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    site, texts = tools.site, tools.texts[language]
    head = Head(
        title=texts.get("web.pages.fields.title"),
        description=texts.get(
            "web.pages.fields.description", province=province_name(site.catalogue.province, language)
        ),
        path=addresses.FIELDS,
        picture=picture_of_page(site.catalogue, texts, preview_words.FIELDS),
    )
    values = {"fields": field_views(site, texts), "events": situations(site, texts)}
    return kept(request, tools.render(request, language, "fields.html", head, **values), site.since)


async def show_field(language: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    site, texts, field_id = tools.site, tools.texts[language], request.match_info["id"]
    field = site.catalogue.fields.get(field_id) if field_id in site.list.by_field else None
    if field is None:
        return _unknown_entry(language, request)
    rows = select(site.list.rows, Selection(field_id=field_id))
    name, path = field_name(field, language), addresses.field_path(field_id)
    asked = request.query.get(addresses.PAGE)
    part = page_of(asked, len(rows), ROWS_A_PAGE)
    guest, here = guest_of(request, tools), FieldChoice(field_id)
    view = RowsView(
        heading=texts.get("web.pages.fields.field_title", field=name),
        lead=None if field.official else texts.get("web.pages.fields.topic"),
        rows=guest.rows(row_views(site.catalogue, texts, rows[part.start : part.end])),
        start=part.start + 1,
        pager=list_pager(
            addresses.in_language(language, path), {addresses.SHARED: guest.share_id(here)}, part.page, part.pages
        ),
        onward=onward(texts, tools.settings, here, guest),
    )
    province = province_name(site.catalogue.province, language)
    description = texts.get("web.pages.fields.field_description", field=name, province=province)
    picture = picture_of_target(site.catalogue, texts, Target(Kind.FIELD, field_id)) if asked is None else None
    head = Head(view.heading, description, path, indexed=asked is None, picture=picture)
    return _rows_page(tools, language, request, view, head)


async def show_event(language: str, request: web.Request) -> web.Response:
    tools = request.app[TOOLS]
    site, texts, event_id = tools.site, tools.texts[language], request.match_info["id"]
    event = next((event for event in site.catalogue.life_events if event.id == event_id), None)
    if event is None:
        return _unknown_entry(language, request)
    rows, title = rows_of_event(site, event.codes), event_title(event, language)
    path, guest = addresses.event_path(event_id), guest_of(request, tools)
    view = RowsView(
        heading=texts.get("web.pages.event.title", title=title),
        lead=texts.get("web.pages.event.lead"),
        rows=guest.rows(row_views(site.catalogue, texts, rows)),
        start=1,
        pager=list_pager(addresses.in_language(language, path), {}, 1, 1),
        onward=onward(texts, tools.settings, LifeEventChoice(event_id), guest),
    )
    province = province_name(site.catalogue.province, language)
    description = texts.get("web.pages.event.description", title=title, province=province)
    picture = picture_of_target(site.catalogue, texts, Target(Kind.EVENT, event_id))
    return _rows_page(tools, language, request, view, Head(view.heading, description, path, picture=picture))


def field_views(site: Site, texts: Texts) -> tuple[FieldView, ...]:
    """The fields that have procedures, by their names."""
    named = [(site.catalogue.fields[field], counts) for field, counts in site.list.by_field.items()]
    views = [_field_view(field, counts, texts) for field, counts in named]
    return tuple(sorted(views, key=lambda view: fold(str(view.name))))


def _unknown_entry(language: str, request: web.Request) -> web.Response:
    say = request.app[TOOLS].texts[language].get
    unknown = Unknown(say("web.pages.fields.not_found_title"), say("web.pages.fields.not_found"))
    return unknown_page(language, request, unknown, path=addresses.FIELDS)


def _field_view(field: Field, counts: Counts, texts: Texts) -> FieldView:
    number = number_written(texts.language, counts.procedures)
    text_id = "web.pages.count_one" if counts.procedures == 1 else "web.pages.count"
    full = number_written(texts.language, counts.full)
    return FieldView(
        name=field_name(field, texts.language),
        href=addresses.in_language(texts.language, addresses.field_path(field.id)),
        count=texts.get(text_id, count=number),
        full=texts.get("web.pages.fields.full", count=full) if counts.full else None,
    )


def _rows_page(tools: Tools, language: str, request: web.Request, view: RowsView, head: Head) -> web.Response:
    back = Link(
        tools.texts[language].get("web.pages.fields.all_fields"), addresses.in_language(language, addresses.FIELDS)
    )
    html = tools.render(request, language, "rows.html", head, view=view, back=back)
    return kept(request, html, tools.site.since)
