"""The page of a procedure that left the list: since when, what is most like it, and where to search on."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Link
from bot.operations.sharing.targets import Kind, Target
from bot.operations.show import card_of
from bot.web.pages import addresses
from bot.web.pages.counting import counted
from bot.web.pages.guests import guest_of
from bot.web.pages.names import Named, procedure_heading, vietnamese_name_line
from bot.web.pages.onward import Onward, onward
from bot.web.pages.page_picture import picture_of_target
from bot.web.pages.procedure_view import rate_link
from bot.web.pages.respond import kept
from bot.web.pages.rows import RowView, row_views
from bot.web.pages.tools import TOOLS, Head


@dataclass(frozen=True, slots=True)
class RemovedView:
    """`lines`: what the assistant says, below the heading. `near`: procedures in force that may be meant instead."""

    code: str
    heading: Named
    lines: tuple[str, ...]
    links: tuple[Link, ...]
    near_title: str
    near: tuple[RowView, ...]
    onward: Onward


def show_removed(language: str, request: web.Request, code: str) -> web.Response:
    """200, so that a bookmark goes on working; not to be found by search engines. `code` is of one that is gone."""
    tools = request.app[TOOLS]
    site, texts = tools.site, tools.texts[language]
    procedure, old_days = site.catalogue.procedures[code], tools.settings.data_old_days
    card = card_of(site.guide, texts, code, old_days=old_days)
    said = () if card is None else card.text.split("\n")[1:]
    in_vietnamese = vietnamese_name_line(procedure, texts)
    links, guest = () if card is None else card.links, guest_of(request, tools)
    if tools.signer is not None:
        links = counted(links, site.catalogue, tools.signer, code, via=guest.via)
    view = RemovedView(
        code=code,
        heading=procedure_heading(procedure, language),
        lines=tuple(line for line in said if line and line != in_vietnamese),
        links=links,
        near_title=texts.get("removed.page.near"),
        near=row_views(site.catalogue, texts, [site.rows[near] for near in site.guide.near[code] if near in site.rows]),
        onward=onward(texts, tools.settings, CardChoice(code), guest).with_link(rate_link(texts, code, None)),
    )
    head = Head(
        title=str(view.heading),
        description=" ".join((f"{view.heading}.", *view.lines[:1])),
        path=addresses.procedure_path(code),
        indexed=False,
        picture=picture_of_target(site.catalogue, texts, Target(Kind.PROCEDURE, code)),
    )
    return kept(request, tools.render(request, language, "removed.html", head, view=view), site.since)
