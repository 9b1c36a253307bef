"""Codes by which a service is rated: for a counter, for a team, or once for the citizen who stands there; printable."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from aiohttp import web

from bot.dialogue.messages import Link
from bot.dialogue.signed_links import RatingLink
from bot.operations.rating_links.answers import subject_of
from bot.operations.rating_links.making import (
    KINDS,
    MOST_DAYS,
    MOST_NAME_CHARS,
    USUAL_DAYS,
    Wanted,
    Wrong,
    make_link,
    wanted_by,
)
from bot.operations.reports.reporting import ReportError
from bot.operations.sharing.desk_words import words_of_sheet
from bot.operations.sharing.files import made_sheet
from bot.operations.squares import drawn
from bot.ratings.model import Origin
from bot.store.sharing import CommunityTeam
from bot.store.staff import Entry, Role
from bot.texts.written import day_written
from bot.web.backing import BACKING
from bot.web.keys import SETTINGS
from bot.web.staff.access import staff_page
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import agencies_to_choose, agency_name, communes_to_choose
from bot.web.staff.service_choice import MOST_WORDS_CHARS, ServiceChoice, is_in_words, services_like
from bot.web.staff.share_query import teams_for
from bot.web.staff.visit import Visit
from handlers.naming import heading

LINKS = "/staff/ma-danh-gia"
SHEETS = f"{LINKS}/to"
_MADE = "ma"
_USUAL_NAME = "quay-1"
_MOST_DAY_DIGITS = 3


def add_rating_link_pages(app: web.Application) -> None:
    add_menu_entry(app, LINKS, "web.staff.nav.links", Role.VIEWER, 60)
    app.router.add_get(LINKS, show_form)
    app.router.add_post(LINKS, make)
    app.router.add_get(f"{SHEETS}/{{paper:a4|a5}}.pdf", send_sheet)


@staff_page(Role.VIEWER)
async def show_form(visit: Visit) -> web.StreamResponse:
    """GET /staff/ma-danh-gia; `?code=` is filled in, for links from pages about a service."""
    query = visit.request.query
    agency, commune = query.get("agency", ""), ""
    seen = visit.account.limited_to or frozenset()
    if not agency and len(seen) == 1:
        # A clerk of a commune has a counter there; what is decided elsewhere is handed in there as well.
        (own,) = seen
        agency, commune = ("", own) if own in visit.catalogue.communes else (own, "")
    return await _form_page(
        visit, Wanted(query.get("code", ""), agency, commune, Origin.COUNTER, _USUAL_NAME, USUAL_DAYS)
    )


@staff_page(Role.VIEWER)
async def make(visit: Visit) -> web.StreamResponse:
    """POST: the code, with the sheet to print; words instead of a procedure's code are looked for first.

    Nothing of it is stored; that it was made is in the log.
    """
    public = visit.request.app[SETTINGS].public_url
    teams, wanted = await _teams(visit), _wanted(visit)
    chosen = next((team for team in teams if str(team.number) == visit.form.get("team")), None)
    if chosen is not None:
        wanted = wanted_by(chosen, wanted)
    if public is None:
        return await _form_page(visit, wanted, "web.staff.links.no_address")
    if not _may_make(visit, wanted):
        return await _form_page(visit, wanted, "web.staff.links.wrong.not_yours")
    if is_in_words(wanted.code):
        return await _found_page(visit, wanted)
    link = make_link(visit.catalogue, wanted, visit.now)
    if isinstance(link, Wrong):
        return await _form_page(visit, wanted, f"web.staff.links.wrong.{link}")
    address = public + visit.request.app[BACKING].signer.rating_path(link)
    await visit.house.book.note(Entry(visit.act("rating_link"), link.code, after=_logged(link)))
    return await _sheet_page(visit, wanted, link, address)


@staff_page(Role.VIEWER)
async def send_sheet(visit: Visit) -> web.StreamResponse:
    """GET /staff/ma-danh-gia/to/<a5|a4>.pdf?ma=<last part of the address>: the sheet, or a table tent, to print.

    Nothing of the code is stored: its signature says that it was made here.
    """
    app, token = visit.request.app, visit.request.query.get(_MADE, "")
    public, link = app[SETTINGS].public_url, app[BACKING].signer.rating_link(token)
    if public is None or link is None or link.code not in visit.catalogue.procedures or not _may_see(visit, link):
        return await visit.not_found()
    paper = visit.request.match_info["paper"]
    address = f"{public}{app[BACKING].signer.rating_path(link)}"
    try:
        body = await app[BACKING].reporting.made(made_sheet, words_of_sheet(visit.catalogue, link, address), paper)
    except ReportError:
        return visit.out_of_order("web.staff.posters.failed")
    headers = {"Content-Disposition": f'attachment; filename="danh-gia-{link.code.replace(".", "-")}-{paper}.pdf"'}
    return web.Response(body=body, content_type="application/pdf", headers=headers)


def _may_see(visit: Visit, link: RatingLink) -> bool:
    seen = visit.account.limited_to
    return seen is None or link.agency in seen or link.commune in seen


def _may_make(visit: Visit, wanted: Wanted) -> bool:
    """Whoever sees only some agencies makes codes for these: one of them decides, or the counter stands there."""
    seen = visit.account.limited_to
    return seen is None or wanted.agency in seen or wanted.commune in seen


async def _teams(visit: Visit) -> tuple[CommunityTeam, ...]:
    return teams_for(visit.account, await visit.store.office.sharing.teams())


async def _found_page(visit: Visit, wanted: Wanted) -> web.Response:
    def fits(code: str) -> bool:
        return subject_of(visit.catalogue, code, wanted.agency, wanted.commune) is not None

    found = services_like(visit, wanted.code, fits)
    return await _form_page(visit, wanted, None if found else "web.staff.words.nothing_found", found)


async def _form_page(
    visit: Visit, wanted: Wanted, wrong: str | None = None, found: tuple[ServiceChoice, ...] = ()
) -> web.Response:
    return await visit.page(
        "staff/rating_link.html",
        visit.texts.get("web.staff.links.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(wrong, most=MOST_DAYS, chars=MOST_NAME_CHARS),
        action=LINKS,
        wanted=wanted,
        kind=_kind(wanted),
        agencies=agencies_to_choose(visit.catalogue),
        communes=communes_to_choose(visit.catalogue, visit.account.limited_to),
        teams=[(team, agency_name(visit.catalogue, team.commune)) for team in await _teams(visit)],
        team=visit.form.get("team"),
        most_days=MOST_DAYS,
        most_chars=MOST_WORDS_CHARS,
        found=found,
    )


async def _sheet_page(visit: Visit, wanted: Wanted, link: RatingLink, address: str) -> web.Response:
    texts, catalogue, token = visit.texts, visit.catalogue, address.rpartition("/")[2]
    return await visit.page(
        "staff/rating_sheet.html",
        texts.get("web.staff.links.title"),
        action=LINKS,
        wanted=replace(wanted, is_single=link.is_single),
        kind=_kind(wanted),
        address=address,
        square=drawn(address),
        service=heading(catalogue.procedures[link.code], texts.language),
        place=words_of_sheet(catalogue, link, address).place,
        until=day_written(texts.language, link.until),
        files=[
            Link(texts.get(f"web.staff.posters.sheet_{paper}"), f"{SHEETS}/{paper}.pdf?{urlencode({_MADE: token})}")
            for paper in ("a5", "a4")
        ],
    )


def _wanted(visit: Visit) -> Wanted:
    """What is not written as it should be is told as wrong by whoever makes the link."""
    form, days = visit.form, visit.form.get("days")
    return Wanted(
        form.get("code"),
        form.get("agency"),
        form.get("commune"),
        KINDS.get(form.get("kind"), Origin.COUNTER),
        form.get("name"),
        int(days) if days.isascii() and days.isdigit() and len(days) <= _MOST_DAY_DIGITS else 0,
        form.get("single") == "1",
    )


def _kind(wanted: Wanted) -> str:
    return next(kind for kind, origin in KINDS.items() if origin is wanted.origin)


def _logged(link: RatingLink) -> dict[str, object]:
    return {
        "agency": link.agency,
        "commune": link.commune,
        "origin": link.origin.value,
        "link": link.id,
        "until": link.until.isoformat(),
        "single": link.is_single,
    }
