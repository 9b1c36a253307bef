"""Materials to share at /staff/chia-se: a link, a code, posters and texts of a service, for a team and a place."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.dialogue.messages import Link
from bot.operations.reports.reporting import ReportError
from bot.operations.sharing.files import MEDIA_TYPES, SHEETS, Form, file_name, made, made_batch, preview
from bot.operations.sharing.material import House, Material, Wanted, Wrong, make_material, materials_of
from bot.operations.sharing.message import message
from bot.operations.sharing.most_used import most_used
from bot.operations.sharing.spoken import spoken
from bot.operations.squares import drawn
from bot.ratings.periods import day_of
from bot.store.staff import Role
from bot.web.backing import BACKING
from bot.web.keys import SETTINGS
from bot.web.staff.access import staff_page
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import communes_to_choose
from bot.web.staff.service_choice import MOST_WORDS_CHARS, is_in_words, services_like
from bot.web.staff.share_query import ShareQuery, read_share_query, teams_for
from bot.web.staff.visit import Visit

SHARE = "/staff/chia-se"
FILES, PICTURES, BATCH = f"{SHARE}/tep", f"{SHARE}/hinh", f"{SHARE}/bo"
_DOWNLOADS = (Form.A4, Form.A5, Form.SVG, Form.PNG)
_PAPERS = (Form.A4, Form.A5)


@dataclass(frozen=True, slots=True)
class Poster:
    """`picture`: of how it looks; `file`: to download."""

    label: str
    alt: str
    picture: str
    file: str


def add_share_pages(app: web.Application) -> None:
    add_menu_entry(app, SHARE, "web.staff.nav.share", Role.VIEWER, 62)
    app.router.add_get(SHARE, show_share)
    app.router.add_get(f"{FILES}/{{form}}", send_file)
    app.router.add_get(f"{PICTURES}/{{form}}", show_picture)
    app.router.add_get(f"{BATCH}/{{sheet}}.pdf", send_batch)


@staff_page(Role.VIEWER)
async def show_share(visit: Visit) -> web.StreamResponse:
    """GET /staff/chia-se?ma=<code, name or words>&xa=<commune>&to=<number of a team>"""
    query = await _query(visit)
    if visit.request.app[SETTINGS].public_url is None:
        return await _form_page(visit, query, "web.staff.posters.no_address")
    if not query.words:
        return await _form_page(visit, query, query.wrong if query.place else None)
    if query.target is None:
        return await _found_page(visit, query)
    material = _material(visit, query)
    if not isinstance(material, Material):
        return await _form_page(visit, query, material)
    return await _made_page(visit, query, material)


@staff_page(Role.VIEWER)
async def send_file(visit: Visit) -> web.StreamResponse:
    """GET /staff/chia-se/tep/<a4.pdf|a5.pdf|ma.svg|ma.png>?ma=…: as a download."""
    form, material = _form(visit), _material(visit, await _query(visit))
    if form not in _DOWNLOADS or not isinstance(material, Material):
        return await visit.not_found()
    try:
        body = await visit.request.app[BACKING].reporting.made(made, material, form)
    except ReportError:
        return visit.out_of_order("web.staff.posters.failed")
    return _download(body, file_name(material, form))


@staff_page(Role.VIEWER)
async def show_picture(visit: Visit) -> web.StreamResponse:
    """GET /staff/chia-se/hinh/<a4.pdf|a5.pdf>?ma=…: how the poster looks, as a PNG."""
    form, material = _form(visit), _material(visit, await _query(visit))
    if form not in _PAPERS or not isinstance(material, Material):
        return await visit.not_found()
    try:
        body = await visit.request.app[BACKING].reporting.made(preview, material, form)
    except ReportError:
        return visit.out_of_order("web.staff.posters.failed")
    return web.Response(body=body, content_type=MEDIA_TYPES["png"])


@staff_page(Role.VIEWER)
async def send_batch(visit: Visit) -> web.StreamResponse:
    """GET /staff/chia-se/bo/<a4|a5|overview>.pdf?xa=…&to=…: the services needed most, of a place."""
    query, sheet = await _query(visit), visit.request.match_info["sheet"]
    house = _house(visit)
    if sheet not in SHEETS or query.wrong is not None or house is None:
        return await visit.not_found()
    codes = await most_used(visit.store.office.figures, visit.catalogue, query.commune, day_of(visit.now))
    materials = materials_of(house, codes, query.team, query.commune)
    if not materials:
        return await visit.not_found()
    try:
        body = await visit.request.app[BACKING].reporting.made(made_batch, materials, sheet)
    except ReportError:
        return visit.out_of_order("web.staff.posters.failed")
    return _download(body, f"hay-dung-{sheet}.pdf")


async def _query(visit: Visit) -> ShareQuery:
    teams = teams_for(visit.account, await visit.store.office.sharing.teams())
    return read_share_query(visit.catalogue, visit.account, teams, visit.request.query)


def _house(visit: Visit) -> House | None:
    """None without a public address."""
    app = visit.request.app
    settings = app[SETTINGS]
    if settings.public_url is None:
        return None
    is_on_zalo = settings.zalo_oa_id is not None
    return House(visit.catalogue, visit.texts, app[BACKING].signer, settings.public_url, is_on_zalo)


def _material(visit: Visit, query: ShareQuery) -> Material | str | None:
    """A text's id where something is wrong; None where nothing is meant or nothing can be made."""
    house = _house(visit)
    if query.wrong is not None or query.target is None or house is None:
        return query.wrong
    found = make_material(house, Wanted(query.target, query.team, query.commune))
    return f"web.staff.posters.wrong.{found}" if isinstance(found, Wrong) else found


def _form(visit: Visit) -> Form | None:
    written = visit.request.match_info["form"]
    return Form(written) if written in set(Form) else None


async def _found_page(visit: Visit, query: ShareQuery) -> web.Response:
    found = services_like(visit, query.words, lambda _: True) if is_in_words(query.words) else ()
    links = [Link(f"{one.name} ({one.code})", query.address(SHARE, one.code)) for one in found]
    return await _form_page(visit, query, None if links else "web.staff.posters.not_found", links)


async def _form_page(
    visit: Visit, query: ShareQuery, wrong: str | None = None, found: list[Link] | None = None
) -> web.Response:
    catalogue = visit.catalogue
    communes = communes_to_choose(catalogue, visit.account.limited_to)
    chosen = "" if query.commune is None else query.commune.agency_code
    if not chosen and len(communes) == 1:
        chosen = communes[0].code
    return await visit.page(
        "staff/share.html",
        visit.texts.get("web.staff.posters.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(wrong),
        action=SHARE,
        words=query.words,
        chosen=chosen,
        team=0 if query.team is None else query.team.number,
        communes=communes,
        teams=[
            (team, catalogue.communes[team.commune].name) for team in query.teams if team.commune in catalogue.communes
        ],
        most_chars=MOST_WORDS_CHARS,
        found=found or [],
        events=[Link(event.title, query.address(SHARE, event.id)) for event in catalogue.life_events],
        batch=_batch(visit, query),
    )


async def _made_page(visit: Visit, query: ShareQuery, material: Material) -> web.Response:
    texts, said = visit.texts, spoken(material)
    name = material.names[0]
    posters = [
        Poster(
            texts.get("web.staff.posters.poster_a4" if form is Form.A4 else "web.staff.posters.poster_a5"),
            texts.get("web.staff.posters.preview", paper=form.partition(".")[0].upper(), name=name),
            query.address(f"{PICTURES}/{form}"),
            query.address(f"{FILES}/{form}"),
        )
        for form in _PAPERS
    ]
    return await visit.page(
        "staff/shared.html",
        texts.get("web.staff.posters.title"),
        name=name,
        at_home=texts.get("web.staff.posters.at_home", can=material.can),
        place=", ".join(material.whose),
        link=material.link,
        message=message(material),
        spoken=said.text,
        seconds=round(said.seconds),
        posters=posters,
        square=drawn(material.link),
        svg=query.address(f"{FILES}/{Form.SVG}"),
        png=query.address(f"{FILES}/{Form.PNG}"),
        batch=_batch(visit, query),
        another=query.address(SHARE, ""),
    )


def _batch(visit: Visit, query: ShareQuery) -> list[Link]:
    """For the same place; none where the account may not have it."""
    seen = visit.account.limited_to
    if query.wrong is not None and query.place:
        return []
    if seen is not None and (query.commune is None or query.commune.agency_code not in seen):
        return []
    texts = visit.texts
    return [
        Link(texts.get("web.staff.posters.batch_a4"), query.address(f"{BATCH}/a4.pdf", "")),
        Link(texts.get("web.staff.posters.batch_a5"), query.address(f"{BATCH}/a5.pdf", "")),
        Link(texts.get("web.staff.posters.batch_overview"), query.address(f"{BATCH}/overview.pdf", "")),
    ]


def _download(body: bytes, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)
