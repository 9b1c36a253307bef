"""The catalogues that were published, at /staff/danh-muc: which holds, which waits; publish, put back, withdraw.

What is to be published is shown first; what is sent then names the very catalogue that was shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.catalog.comparing import compare
from bot.catalog.decisions import replaceable
from bot.errors import CatalogueError
from bot.operations.publishing.publish import MOST_ISSUER_CHARS, MOST_NUMBER_CHARS, Prepared, PublishingDesk, Refused
from bot.operations.publishing.publish import Wanted as WantedPublication
from bot.store.drafts import DraftState
from bot.store.publications import Publication, PublicationKind, PublicationState
from bot.store.staff import Role
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.backing import BACKING
from bot.web.keys import SETTINGS
from bot.web.staff.access import staff_page
from bot.web.staff.dates import read_day
from bot.web.staff.house import Banner, add_banner, add_menu_entry
from bot.web.staff.import_pages import DRAFTS
from bot.web.staff.import_words import difference_views
from bot.web.staff.visit import Visit

CATALOGUE = "/staff/danh-muc"
PUBLISH = f"{CATALOGUE}/cong-bo"
BACK = f"{CATALOGUE}/tro-lai"
WITHDRAW = f"{CATALOGUE}/rut"
_FIELDS = ("draft", "decision", "decided_on", "since", "issuer", "supersedes")
_MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class VersionRow:
    """`said`: the state in words. `decision`: empty: none."""

    publication: Publication
    state: PublicationState
    said: str
    decision: str
    is_back: bool


def add_catalogue_pages(app: web.Application) -> None:
    add_menu_entry(app, CATALOGUE, "web.staff.catalogue.nav", Role.VIEWER, 70)
    add_banner(app, _trouble_banner(app))
    app.router.add_get(CATALOGUE, show_versions)
    app.router.add_get(PUBLISH, show_publishing)
    app.router.add_post(PUBLISH, publish)
    app.router.add_get(BACK, show_going_back)
    app.router.add_post(BACK, go_back)
    app.router.add_post(WITHDRAW, withdraw)


@staff_page(Role.VIEWER)
async def show_versions(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc; with ?nhap=<number> on to publishing that draft."""
    draft = _number(visit.request.query.get("nhap", ""))
    return await _versions_page(visit) if draft is None else visit.go(f"{PUBLISH}?nhap={draft}")


@staff_page(Role.EDITOR)
async def show_publishing(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/cong-bo?nhap=<number>"""
    given = dict.fromkeys(_FIELDS, "") | {"draft": visit.request.query.get("nhap", "")}
    return await _publish_page(visit, given)


@staff_page(Role.EDITOR)
async def publish(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/cong-bo: shows what becomes other; with `version`, the one shown, publishes it."""
    form, desk = visit.form, _desk(visit)
    given = {name: form.get(name) for name in _FIELDS}
    number = _number(given["draft"])
    if number is None:
        return await _publish_page(visit, given, Refused.DRAFT)
    wanted = _wanted(given)
    if isinstance(wanted, Refused):
        return await _publish_page(visit, given, wanted)
    try:
        prepared = await desk.prepare_draft(number, wanted)
    except CatalogueError as error:
        return await _publish_page(visit, given, problems=tuple(map(str, error.problems)))
    if isinstance(prepared, Refused):
        return await _publish_page(visit, given, prepared)
    kept = [(name, given[name]) for name in _FIELDS]
    return await _confirmed(visit, prepared, "catalog_publish", kept, PUBLISH)


@staff_page(Role.EDITOR)
async def show_going_back(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/tro-lai?so=<number>"""
    return await _going_back(visit, visit.request.query.get("so", ""))


@staff_page(Role.EDITOR)
async def go_back(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/tro-lai"""
    return await _going_back(visit, visit.form.get("number"))


@staff_page(Role.EDITOR)
async def withdraw(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/rut"""
    number = _number(visit.form.get("number"))
    refused = Refused.UNKNOWN
    if number is not None:
        done = await _desk(visit).withdraw(number, visit.act("catalog_withdraw"))
        if done is None:
            return visit.go(CATALOGUE, "catalogue_withdrawn")
        refused = done
    return await _versions_page(visit, refused)


async def _going_back(visit: Visit, written: str) -> web.Response:
    number = _number(written)
    if number is None:
        return await visit.not_found()
    try:
        prepared = await _desk(visit).prepare_rollback(number)
    except CatalogueError:
        return await _versions_page(visit, said="unservable")
    if isinstance(prepared, Refused):
        return await _versions_page(visit, prepared)
    return await _confirmed(visit, prepared, "catalog_rollback", [("number", written)], BACK)


async def _confirmed(
    visit: Visit, prepared: Prepared, action: str, kept: list[tuple[str, str]], path: str
) -> web.Response:
    """Publish what was shown before, where the form says that it was; else show it."""
    form, shown = visit.form, (prepared.catalogue.version, str(prepared.after))
    if (form.get("version"), form.get("after")) != shown:
        return await _confirm_page(visit, prepared, kept, path, Refused.CHANGED if form.get("version") else None)
    desk = _desk(visit)
    done = await desk.publish(prepared, visit.act(action))
    if isinstance(done, Refused):
        return await _confirm_page(visit, prepared, kept, path, done)
    if done.kind is PublicationKind.ROLLED_BACK:
        return visit.go(CATALOGUE, "catalogue_put_back", number=str(done.number))
    if done.since <= desk.today:
        return visit.go(CATALOGUE, "catalogue_published", number=str(done.number))
    day = day_written(visit.texts.language, done.since)
    return visit.go(CATALOGUE, "catalogue_published_ahead", number=str(done.number), day=day)


async def _versions_page(visit: Visit, refused: Refused | None = None, said: str | None = None) -> web.Response:
    desk, texts = _desk(visit), visit.texts
    current, listed = await desk.in_force(), await desk.publications.listed()
    drafts = [one for one in await visit.store.office.drafts.listed() if one.state is DraftState.OPEN]
    wrong = said or (None if refused is None else refused.value)
    return await visit.page(
        "staff/catalogue.html",
        texts.get("web.staff.catalogue.title"),
        200 if wrong is None else 422,
        rows=[_row(one, current, desk, texts) for one in listed],
        current=current,
        served=visit.catalogue,
        is_changing=current is not None and current.version != visit.catalogue.version,
        served_day=day_written(texts.language, visit.catalogue.as_of),
        waiting=await desk.waiting(),
        drafts=drafts,
        may_act=visit.account.role.may(Role.EDITOR),
        wrong=None if wrong is None else texts.find(f"web.staff.catalogue.wrong.{wrong}"),
        imports=DRAFTS,
        publish=PUBLISH,
        back=BACK,
        withdraw=WITHDRAW,
    )


async def _publish_page(
    visit: Visit, given: dict[str, str], refused: Refused | None = None, problems: tuple[str, ...] = ()
) -> web.Response:
    drafts = [one for one in await visit.store.office.drafts.listed() if one.state is DraftState.OPEN]
    texts = visit.texts
    return await visit.page(
        "staff/catalogue_publish.html",
        texts.get("web.staff.catalogue.publish_title"),
        422 if refused is not None or problems else 200,
        given=given,
        drafts=drafts,
        decisions=replaceable(visit.catalogue.decisions),
        to_draft=f"{DRAFTS}/{_number(given['draft'])}" if refused is Refused.OPEN else None,
        imports=DRAFTS,
        wrong=None if refused is None else texts.find(f"web.staff.catalogue.wrong.{refused}"),
        problems=problems[:_MOST_PROBLEMS],
        most_number=MOST_NUMBER_CHARS,
        most_issuer=MOST_ISSUER_CHARS,
        publish=PUBLISH,
        back=CATALOGUE,
    )


async def _confirm_page(
    visit: Visit, prepared: Prepared, kept: list[tuple[str, str]], path: str, refused: Refused | None
) -> web.Response:
    texts = visit.texts
    before, after = prepared.before, prepared.catalogue
    views = None if before is None else difference_views(compare(before, after), before, after, texts)
    is_back = prepared.kind is PublicationKind.ROLLED_BACK
    return await visit.page(
        "staff/catalogue_confirm.html",
        texts.get("web.staff.catalogue.back_title" if is_back else "web.staff.catalogue.publish_title"),
        200 if refused is None else 422,
        views=views,
        decision=_decision(prepared, texts),
        kept=[*kept, ("version", prepared.catalogue.version), ("after", str(prepared.after))],
        prepared=prepared,
        since=day_written(texts.language, prepared.since),
        reason=visit.form.get("reason"),
        wrong=None if refused is None else texts.find(f"web.staff.catalogue.wrong.{refused}"),
        action=path,
        button=texts.get("web.staff.catalogue.back" if is_back else "web.staff.catalogue.publish"),
        back=CATALOGUE,
    )


def _row(one: Publication, current: Publication | None, desk: PublishingDesk, texts: Texts) -> VersionRow:
    state = one.state(current, desk.today)
    said = texts.find(f"web.staff.catalogue.state.{state}") or state
    return VersionRow(one, state, said, _decision(one, texts), one.kind is PublicationKind.ROLLED_BACK)


def _decision(one: Publication | Prepared, texts: Texts) -> str:
    """Empty: there is none."""
    if one.decided_on is None:
        return one.decision
    day = day_written(texts.language, one.decided_on)
    return texts.get("web.staff.catalogue.decision_of", number=one.decision, day=day)


def _wanted(given: dict[str, str]) -> WantedPublication | Refused:
    days = {name: read_day(given[name]) for name in ("decided_on", "since")}
    if given["decided_on"] and days["decided_on"] is None:
        return Refused.DECISION
    if given["since"] and days["since"] is None:
        return Refused.SINCE
    return WantedPublication(given["decision"], days["decided_on"], days["since"], given["issuer"], given["supersedes"])


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 9 else None


def _desk(visit: Visit) -> PublishingDesk:
    office, settings = visit.store.office, visit.request.app[SETTINGS]
    return PublishingDesk(office.publications, office.drafts, settings.catalog_dir, visit.house.clock)


def _trouble_banner(app: web.Application) -> Banner:
    """That something else is served than what is in force."""

    async def ask() -> str | None:
        watch = app[BACKING].catalogues
        return None if watch is None or watch.trouble is None else f"web.staff.catalogue.trouble.{watch.trouble}"

    return ask
