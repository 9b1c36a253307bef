"""GET /tim?q=…: what the assistant finds, as a list. The words are neither logged nor kept."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.catalog.model import Procedure
from bot.catalog.online_list import Row
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice, LifeEventChoice, LifeEventGroupChoice, MenuChoice
from bot.dialogue.clean import clean
from bot.dialogue.messages import Link, Reply, Status
from bot.operations.show import LookedUp, card_of, look_up
from bot.texts import Texts
from bot.web.pace import take_turn
from bot.web.pages import addresses
from bot.web.pages.counting import counted
from bot.web.pages.names import Named, event_title, procedure_heading, vietnamese_name_line
from bot.web.pages.onward import Onward, onward
from bot.web.pages.procedure_view import level_line
from bot.web.pages.respond import kept, passing
from bot.web.pages.rows import RowView, row_views
from bot.web.pages.site import Site
from bot.web.pages.tools import TOOLS, Head, Tools
from handlers.naming import province_name
from handlers.removed import left_sentence

_BULLET = "•"
_NO_WAY = Onward()
_NO_NAME = Named("")


@dataclass(frozen=True, slots=True)
class ResultView:
    """A row of the results; `difference` tells it from the others, where an editor wrote it down."""

    row: RowView
    difference: str | None


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the assistant says: `card` is the address of an answer, `heading` its name, `lines` the rest of it.

    Without a card `heading` is the question above the rows to choose from, and `lines` what is said before it.
    `level` is the line that says how far an answer goes online.
    """

    words: str
    private: bool
    heading: Named = _NO_NAME
    lines: tuple[str, ...] = ()
    level: str = ""
    card: str | None = None
    links: tuple[Link, ...] = ()
    onward: Onward = _NO_WAY
    choices: tuple[Link, ...] = ()
    others: tuple[ResultView, ...] = ()


async def show_search(language: str, request: web.Request) -> web.Response:
    """The form alone may be kept by anyone; results by nobody."""
    tools = request.app[TOOLS]
    texts, province = tools.texts[language], province_name(tools.site.catalogue.province, language)
    asked = request.query.get("q")
    limit = tools.settings.max_message_chars
    words = clean(asked, limit)
    if words:
        take_turn(request)
    head = Head(
        title=texts.get("web.pages.search.results_title" if words else "web.pages.search.title"),
        description=texts.get("web.pages.search.description", province=province),
        path=addresses.SEARCH,
        indexed=False,
    )
    view = _form(tools, texts) if not words else _results(tools, texts, words, limit)
    html = tools.render(request, language, "search.html", head, view=view)
    return kept(request, html, tools.site.since) if asked is None else passing(request, html)


def _form(tools: Tools, texts: Texts) -> SearchView:
    return SearchView("", private=False, choices=situations(tools.site, texts))


def _results(tools: Tools, texts: Texts, words: str, limit: int) -> SearchView:
    site = tools.site
    if len(words) > limit:
        lines = (texts.get("unreadable.too_long", limit=limit),)
        return SearchView("", private=False, lines=lines, choices=situations(site, texts))
    found = look_up(site.guide, tools.assistant.engine, texts, words, tools.settings.data_old_days)
    return _view(tools, texts, found)


def _view(tools: Tools, texts: Texts, found: LookedUp) -> SearchView:
    site, reply = tools.site, found.reply
    is_card = _is_card(reply)
    code = reply.codes[0] if is_card else ""
    path = addresses.in_language(texts.language, addresses.procedure_path(code))
    heading, lines = _said(site, texts, found)
    links = reply.links
    if is_card and tools.signer is not None:
        links = counted(links, site.catalogue, tools.signer, code)
    return SearchView(
        words=found.words,
        private=found.private,
        heading=heading,
        lines=lines,
        level=level_line(site, texts, lines) if is_card else "",
        card=path if is_card else None,
        links=links,
        onward=onward(texts, tools.settings, CardChoice(code)) if is_card else _NO_WAY,
        choices=_choices(site, texts, found),
        others=_others(site, texts, found),
    )


def _said(site: Site, texts: Texts, found: LookedUp) -> tuple[Named, tuple[str, ...]]:
    """The heading and the lines of an answer. What tells choices apart stands in their rows, not in the lines.

    What comes before a card's name (a warning, or that a code was replaced) stays the first thing that is read.
    """
    lines = [line for line in found.reply.text.split("\n") if line]
    if _is_card(found.reply):
        code = found.reply.codes[0]
        card = card_of(site.guide, texts, code)
        name = lines[0] if card is None else card.text.split("\n")[0]
        procedure = site.catalogue.procedures[code]
        known = {name, vietnamese_name_line(procedure, texts)}
        return procedure_heading(procedure, texts.language), tuple(line for line in lines if line not in known)
    lines = [line for line in lines if not line.startswith(_BULLET)]
    if found.others and found.reply.status is Status.ASKED_BACK:
        return Named(lines[-1]), tuple(lines[:-1])
    return _NO_NAME, tuple(lines)


def _is_card(reply: Reply) -> bool:
    """One procedure is spoken of: its card, or the question at which body."""
    return reply.status is Status.ANSWERED or (reply.status is Status.ASKED_BACK and len(reply.codes) == 1)


def _choices(site: Site, texts: Texts, found: LookedUp) -> tuple[Link, ...]:
    """What the assistant offers that is no procedure of the rows: situations in life, bodies to choose from."""
    reply, language = found.reply, texts.language
    targets = [(choice, parse(choice.id)) for choice in reply.choices]
    if any(
        isinstance(target, LifeEventChoice | LifeEventGroupChoice | MenuChoice) for _, target in targets
    ) and not _is_card(reply):
        return situations(site, texts)
    return tuple(
        Link(choice.label, addresses.choice_address(language, choice.id))
        for choice, target in targets
        if isinstance(target, CardChoice) and (target.agency is not None or reply.status is Status.OUT_OF_SCOPE)
    )


def situations(site: Site, texts: Texts) -> tuple[Link, ...]:
    """Every situation in life that has procedures."""
    return tuple(
        Link(
            str(event_title(event, texts.language)),
            addresses.in_language(texts.language, addresses.event_path(event.id)),
        )
        for event in site.catalogue.life_events
        if event.codes
    )


def _others(site: Site, texts: Texts, found: LookedUp) -> tuple[ResultView, ...]:
    rows = (_row_of(site, code) for code in found.others)
    shown = [row for row in rows if row is not None]
    views = row_views(site.catalogue, texts, shown)
    return tuple(
        ResultView(view, _difference(site, texts, row.procedure)) for row, view in zip(shown, views, strict=True)
    )


def _row_of(site: Site, code: str) -> Row | None:
    """The row of a code; of one that left the list a row without places."""
    procedure = site.catalogue.procedures.get(code)
    if code in site.rows or procedure is None or not procedure.is_gone:
        return site.rows.get(code)
    return Row(procedure, ())


def _difference(site: Site, texts: Texts, procedure: Procedure) -> str | None:
    if procedure.is_gone:
        return left_sentence(texts, procedure, province_name(site.catalogue.province, texts.language))
    return procedure.difference
