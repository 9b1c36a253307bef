"""What is to be looked at again, at /staff/can-xem-lai: what people say looks old, the yearly review, the links."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from aiohttp import web

from bot.catalog.codes import parse_code
from bot.catalog.editorial import ItemKind
from bot.catalog.lookup import successor
from bot.operations.freshness.desk import ACTION, close_stale, limits_of, yearly_review
from bot.operations.freshness.review import Why, narrowed
from bot.operations.links.wanted import wanted_links
from bot.ratings.periods import day_of
from bot.search.fold import fold
from bot.store.freshness import CLOSED, MAX_NOTE_CHARS, StaleReport
from bot.store.staff import Role
from bot.texts.written import day_written
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT, MASKER, SETTINGS
from bot.web.pager import pager
from bot.web.pages.rows import page_of
from bot.web.staff.access import staff_page
from bot.web.staff.editorial_pages import adding
from bot.web.staff.freshness_view import links_view, review_view, stale_view
from bot.web.staff.house import add_menu_entry
from bot.web.staff.service_choice import MOST_WORDS_CHARS, ServiceChoice, is_in_words, services_like
from bot.web.staff.visit import Visit

QUEUE = "/staff/can-xem-lai"
CLOSE, REPORT = f"{QUEUE}/dong", f"{QUEUE}/bao"
YEARLY, LINKS = f"{QUEUE}/ra-soat", f"{QUEUE}/duong-dan"
PARTS = (
    (QUEUE, "web.staff.freshness.queue"),
    (YEARLY, "web.staff.freshness.review"),
    (LINKS, "web.staff.freshness.links"),
)
CHANNEL = "staff"
"""What reports by staff are counted as."""
_ASIDES = ((ItemKind.HIDING, "web.staff.freshness.hide"), (ItemKind.NOTICE, "web.staff.freshness.notice"))
"""What is said beside the list until it is mended there."""
_WHY, _FIELD, _PAGE = "ly-do", "linh-vuc", "trang"
_A_PAGE = 50
_MOST_CLOSED = 30


def add_freshness_pages(app: web.Application) -> None:
    add_menu_entry(app, QUEUE, "web.staff.nav.freshness", Role.VIEWER, 72)
    app.router.add_get(QUEUE, show_queue)
    app.router.add_post(CLOSE, close)
    app.router.add_post(REPORT, report)
    app.router.add_get(YEARLY, show_yearly)
    app.router.add_get(LINKS, show_links)


@staff_page(Role.VIEWER)
async def show_queue(visit: Visit) -> web.StreamResponse:
    """GET /staff/can-xem-lai"""
    return await _queue(visit)


@staff_page(Role.EDITOR)
async def close(visit: Visit) -> web.StreamResponse:
    """POST /staff/can-xem-lai/dong: it was looked at."""
    form, masker = visit.form, visit.request.app[MASKER]
    code, state, note = form.get("code"), form.get("state"), form.get("note")
    fault = await close_stale(visit.store.office.stale, masker, code, state, note, visit.act(ACTION))
    if fault is None:
        return visit.go(QUEUE, "stale_closed")
    return await _queue(visit, f"web.staff.freshness.wrong.{fault}")


@staff_page(Role.VIEWER)
async def report(visit: Visit) -> web.StreamResponse:
    """POST /staff/can-xem-lai/bao: somebody of staff says that it looks old; words are looked for first."""
    written = visit.form.get("code")
    if is_in_words(written) and (found := services_like(visit, written, lambda _: True)):
        return await _queue(visit, found=found)
    code = successor(visit.catalogue, parse_code(written) or "")
    if code is None:
        return await _queue(visit, "web.staff.freshness.wrong.code")
    person = await visit.request.app[BACKING].people.meet(CHANNEL, visit.account.login)
    said = StaleReport(visit.now, CHANNEL, person, code, "", visit.catalogue.version)
    is_new = await visit.store.office.stale.add(said)
    return visit.go(QUEUE, "stale_reported" if is_new else "stale_again")


@staff_page(Role.VIEWER)
async def show_yearly(visit: Visit) -> web.StreamResponse:
    """GET /staff/can-xem-lai/ra-soat?ly-do=old_data&linh-vuc=dat-dai&trang=2"""
    given, texts, catalogue = visit.request.query, visit.texts, visit.catalogue
    kinds = [why for why in Why if why.value == given.get(_WHY)]
    field_id = given.get(_FIELD) if given.get(_FIELD) in catalogue.fields else None
    limits = limits_of(visit.request.app[SETTINGS])
    found = await yearly_review(visit.store.office, catalogue, day_of(visit.now), limits)
    rows = narrowed(catalogue, found.rows, kinds, field_id)
    chosen = {_WHY: kinds[0].value if kinds else "", _FIELD: field_id or ""}
    part = page_of(given.get(_PAGE), len(rows), _A_PAGE)
    since = found.demand.since

    def turned(number: int) -> str:
        kept = {name: value for name, value in chosen.items() if value} | ({_PAGE: str(number)} if number > 1 else {})
        return f"{YEARLY}?{urlencode(kept)}" if kept else YEARLY

    return await visit.page(
        "staff/yearly_review.html",
        texts.get("web.staff.freshness.yearly.title"),
        parts=PARTS,
        action=YEARLY,
        why_field=_WHY,
        field_field=_FIELD,
        chosen=chosen,
        whys=[why.value for why in Why],
        fields=sorted(catalogue.fields.values(), key=lambda field: fold(field.name)),
        since=None if since is None else day_written(texts.language, since),
        count=len(rows),
        rows=[review_view(catalogue, texts, row) for row in rows[part.start : part.end]],
        pager=pager(part.page, part.pages, turned),
    )


@staff_page(Role.VIEWER)
async def show_links(visit: Visit) -> web.StreamResponse:
    """GET /staff/can-xem-lai/duong-dan"""
    texts, catalogue = visit.texts, visit.catalogue
    known = {check.address: check for check in await visit.store.office.links.listed()}
    view = await asyncio.to_thread(lambda: links_view(catalogue, texts, wanted_links(catalogue), known))
    title = texts.get("web.staff.freshness.checks.title")
    return await visit.page("staff/link_checks.html", title, parts=PARTS, view=view)


async def _queue(visit: Visit, wrong: str | None = None, found: tuple[ServiceChoice, ...] = ()) -> web.Response:
    stale, app = visit.store.office.stale, visit.request.app
    texts, guide, old_days = visit.texts, app[ASSISTANT].guide, app[SETTINGS].data_old_days
    waiting, closed = await stale.open(), await stale.closed(_MOST_CLOSED)
    return await visit.page(
        "staff/stale.html",
        texts.get("web.staff.freshness.title"),
        200 if wrong is None else 422,
        parts=PARTS,
        wrong=None if wrong is None else texts.find(wrong, most=MAX_NOTE_CHARS),
        rows=[stale_view(guide, texts, case, old_days) for case in waiting],
        closed=[stale_view(guide, texts, case, old_days) for case in closed],
        states=[state.value for state in CLOSED],
        typed={name: visit.form.get(name) for name in ("code", "state", "note")},
        may_act=visit.account.role.may(Role.EDITOR),
        asides={case.code: [(adding(kind, case.code), name) for kind, name in _ASIDES] for case in waiting},
        most_note=MAX_NOTE_CHARS,
        most_words=MOST_WORDS_CHARS,
        close=CLOSE,
        report=REPORT,
        found=found,
    )
