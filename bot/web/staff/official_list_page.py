"""The list as a decision prints it, for staff: /staff/danh-muc/in, of whichever catalogue was published."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.catalog.model import Catalogue
from bot.operations.background import in_background
from bot.operations.official_list.compose import official_list
from bot.operations.official_list.files import MEDIA_TYPES, file_name
from bot.operations.official_list.model import MAX_DECISION_CHARS, Heading, ListFormat, TierChoice
from bot.operations.official_list.versions import catalogue_of_version
from bot.operations.reports.reporting import ReportError
from bot.ratings.periods import day_of
from bot.store.publications import Publication
from bot.store.staff import Role
from bot.texts.written import day_written
from bot.web.backing import BACKING
from bot.web.keys import SETTINGS
from bot.web.pages.list_files import written
from bot.web.staff.access import staff_page
from bot.web.staff.dates import read_day
from bot.web.staff.house import add_menu_entry
from bot.web.staff.visit import Visit

PRINT = "/staff/danh-muc/in"
FILE = f"{PRINT}/tai-ve"
VERSION, TIER, DECISION, DAY, FORM = "ban", "cap", "so", "ngay", "loai"
_ONE_TIER = tuple(choice for choice in TierChoice if choice is not TierChoice.ALL)
CURRENT = ""
"""The version that is in use."""


@dataclass(frozen=True, slots=True)
class VersionChoice:
    value: str
    name: str


def add_official_list_pages(app: web.Application) -> None:
    add_menu_entry(app, PRINT, "web.staff.nav.official_list", Role.VIEWER, 73)
    app.router.add_get(PRINT, show_form)
    app.router.add_get(FILE, send_file)


@staff_page(Role.VIEWER)
async def show_form(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/in: which version, which tier, what decision."""
    return await _page(visit)


@staff_page(Role.VIEWER)
async def send_file(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/in/tai-ve?ban=<number>&cap=<tier>&so=<decision>&ngay=<day>&loai=<format>: as a download."""
    query = visit.request.query
    try:
        choice, form = TierChoice(query.get(TIER, "")), ListFormat(query.get(FORM, ""))
    except ValueError:
        return await visit.not_found()
    decision, written_day = query.get(DECISION, "").strip(), query.get(DAY, "")
    day = read_day(written_day)
    if len(decision) > MAX_DECISION_CHARS or (decision and not decision.isprintable()):
        return await _page(visit, "official_list.staff.wrong_decision")
    if written_day and day is None:
        return await _page(visit, "official_list.staff.wrong_date")
    catalogue = await _catalogue(visit, query.get(VERSION, CURRENT))
    if catalogue is None:
        return await visit.not_found()
    listed = await in_background(official_list, catalogue, choice, Heading(decision, day))
    if not listed.appendices:
        return await _page(visit, "official_list.staff.empty")
    try:
        made = await written(listed, form, visit.request.app[BACKING].reporting)
    except ReportError:
        return await _page(visit, "official_list.failed", 503)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(catalogue, choice, form)}"'}
    return web.Response(body=made, content_type=MEDIA_TYPES[form], headers=headers)


async def _catalogue(visit: Visit, number: str) -> Catalogue | None:
    """The one that is served, or one that was published; None where there is none."""
    if number == CURRENT:
        return visit.catalogue
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        return None
    shipped = visit.request.app[SETTINGS].catalog_dir
    return await catalogue_of_version(visit.store.office.publications, shipped, int(number), day_of(visit.now))


async def _page(visit: Visit, wrong: str | None = None, status: int = 200) -> web.Response:
    texts, query = visit.texts, visit.request.query
    published = await visit.store.office.publications.listed()
    versions = [VersionChoice(CURRENT, texts.get("official_list.staff.current"))]
    versions += [_version(visit, one) for one in published if not one.withdrawn]
    return await visit.page(
        "staff/official_list.html",
        texts.get("official_list.staff.title"),
        status if wrong is None or status != 200 else 422,
        wrong=None if wrong is None else texts.get(wrong),
        file=FILE,
        versions=versions,
        tiers=[(choice.value, _tier(visit, choice)) for choice in (TierChoice.ALL, *_ONE_TIER)],
        forms=[form.value for form in ListFormat],
        typed={name: query.get(name, "") for name in (VERSION, TIER, DECISION, DAY, FORM)},
        most=MAX_DECISION_CHARS,
    )


def _version(visit: Visit, one: Publication) -> VersionChoice:
    date = day_written(visit.texts.language, one.since)
    return VersionChoice(
        str(one.number), visit.texts.get("official_list.staff.published", number=one.number, date=date)
    )


def _tier(visit: Visit, choice: TierChoice) -> str:
    if choice is TierChoice.ALL:
        return visit.texts.get("official_list.staff.all")
    return visit.texts.get(f"official_list.sheet.{choice.tiers[0]}")
