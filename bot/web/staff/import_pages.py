"""Published lists on their way into the catalogue, at /staff/danh-muc/nhap: read, decided about, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.catalog.imports.answering import as_typed
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, Part, Reading
from bot.catalog.imports.own_files import OwnPart
from bot.operations.imports import drafting
from bot.operations.imports.base import Base, served_base
from bot.ratings.periods import day_of
from bot.store.drafts import Draft, DraftState
from bot.store.staff import Role
from bot.web.keys import SETTINGS
from bot.web.staff.access import staff_page
from bot.web.staff.import_uploads import RefusedError, content_of
from bot.web.staff.import_words import answer_of, difference_views, finding_views, note_said, table_name
from bot.web.staff.visit import Visit
from bot.web.uploads import MOST_UPLOAD_BYTES

DRAFTS = "/staff/danh-muc/nhap"
PUBLISH = "/staff/danh-muc"
_A_PAGE = 25
_MOST_PROBLEMS = 20
_NUMBER = r"{number:\d{1,9}}"
_LATEST = web.AppKey("imports_latest", drafting.Latest)
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DraftRow:
    draft: Draft
    href: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartView:
    """`name`: of the table. `columns`: what a column holds, and how it is headed."""

    part: Part
    name: str
    tier: str
    columns: tuple[tuple[str, str], ...]
    ignored: str


def add_import_pages(app: web.Application) -> None:
    app[_LATEST] = drafting.Latest()
    app.router.add_get(DRAFTS, show_drafts)
    app.router.add_post(DRAFTS, upload)
    app.router.add_get(f"{DRAFTS}/{_NUMBER}", show_draft)
    app.router.add_get(f"{DRAFTS}/{_NUMBER}/khac-biet", show_difference)
    app.router.add_post(f"{DRAFTS}/{_NUMBER}/tra-loi", answer_one)
    app.router.add_get(f"{DRAFTS}/{_NUMBER}/ca-loai", confirm_kind)
    app.router.add_post(f"{DRAFTS}/{_NUMBER}/ca-loai", answer_kind)
    app.router.add_post(f"{DRAFTS}/{_NUMBER}/bo", drop)
    app.router.add_post(f"{DRAFTS}/{_NUMBER}/mo-lai", reopen)


@staff_page(Role.EDITOR)
async def show_drafts(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/nhap"""
    return await _drafts_page(visit)


@staff_page(Role.EDITOR, with_files=True)
async def upload(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap: fields `tier`, `whole`, `part`, `reason`, and the files."""
    files = dict(visit.files)
    try:
        content = await content_of(visit, files)
    except RefusedError as error:
        return await _drafts_page(visit, error.said, 422)
    whole = visit.form.get("whole") == "yes" and isinstance(content, Reading)
    number = await drafting.add(visit.store.office.drafts, content, tuple(files), whole, visit.act(drafting.ADD))
    return visit.go(f"{DRAFTS}/{number}", "draft_added")


@staff_page(Role.EDITOR)
async def show_draft(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/nhap/3?loai=renamed&trang=2&tat-ca=1"""
    looked = await _looked(visit)
    return await visit.not_found() if looked is None else await _draft_page(visit, looked)


@staff_page(Role.EDITOR)
async def show_difference(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/nhap/3/khac-biet"""
    base = await served_base(visit.store, visit.request.app[SETTINGS].catalog_dir)
    looked = await _looked(visit, base)
    if looked is None:
        return await visit.not_found()
    seen = await drafting.preview(looked, base, drafting.issue_of_today(day_of(visit.now)))
    has_both = seen.difference is not None and seen.catalogue is not None
    views = (
        difference_views(seen.difference, base.catalogue, seen.catalogue, visit.texts)
        if seen.difference is not None and seen.catalogue is not None
        else []
    )
    return await visit.page(
        "staff/import_difference.html",
        visit.texts.get("web.staff.imports.difference_title", number=looked.draft.number),
        looked=looked,
        can_serve=has_both,
        views=views,
        words=seen.words,
        left_out=seen.left_out,
        labels_lost=[f"{code} {base.catalogue.procedures[code].label}" for code in seen.labels_lost],
        problems=[str(problem) for problem in seen.problems[:_MOST_PROBLEMS]],
        publish=_publishing(looked) if has_both and not looked.open else None,
        back=f"{DRAFTS}/{looked.draft.number}",
    )


@staff_page(Role.EDITOR)
async def answer_one(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap/3/tra-loi: `finding`, and `answer` ("use:1.001193") or `value` as it was typed."""
    looked = await _looked(visit)
    if looked is None:
        return await visit.not_found()
    form = visit.form
    finding = next((one for one in looked.findings if one.id == form.get("finding")), None)
    if form.get("answer") != "value" or finding is None:
        answer = answer_of(form.get("answer"))
    else:
        action = Action.REMOVE if finding.kind is FindingKind.REMOVED else Action.USE
        answer = Answer(action, as_typed(visit.catalogue, finding, form.get("value")))
    if finding is None or answer is None:
        return await _draft_page(visit, looked, visit.texts.get("web.staff.imports.wrong.answer"), 422)
    return await _keep(visit, looked, {finding.id: answer}, finding)


@staff_page(Role.EDITOR)
async def confirm_kind(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/nhap/3/ca-loai?loai=renamed: how many would be answered as proposed; without a kind: all."""
    looked = await _looked(visit)
    named = visit.request.query.get("loai", "")
    kind = _kind(named)
    if looked is None or (named and kind is None):
        return await visit.not_found()
    counts = {one: len(_proposals(looked, one)) for one in looked.counts() if kind in {None, one}}
    return await visit.page(
        "staff/import_kind.html",
        visit.texts.get("web.staff.imports.kind_title" if kind else "web.staff.imports.all_title"),
        kind=kind,
        count=sum(counts.values()),
        counts=[(one, count) for one, count in counts.items() if count],
        left=len(looked.open) - sum(counts.values()),
        action=f"{DRAFTS}/{looked.draft.number}/ca-loai",
        back=_here(looked.draft.number, kind),
    )


@staff_page(Role.EDITOR)
async def answer_kind(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap/3/ca-loai: `kind` (none: all), and `count`: how many the person was told."""
    looked = await _looked(visit)
    kind = _kind(visit.form.get("kind"))
    if looked is None or (visit.form.get("kind") and kind is None):
        return await visit.not_found()
    answers = _proposals(looked, kind)
    if not answers or visit.form.get("count") != str(len(answers)):
        return await _draft_page(visit, looked, visit.texts.get("web.staff.imports.wrong.count"), 409)
    return await _keep(visit, looked, answers)


@staff_page(Role.EDITOR)
async def drop(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap/3/bo"""
    number = int(visit.request.match_info["number"])
    if not await drafting.drop(visit.store.office.drafts, number, visit.act(drafting.DROP)):
        return await visit.not_found()
    return visit.go(DRAFTS, "draft_dropped")


@staff_page(Role.EDITOR)
async def reopen(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap/3/mo-lai"""
    number = int(visit.request.match_info["number"])
    if not await drafting.reopen(visit.store.office.drafts, number, visit.act(drafting.REOPEN)):
        return await visit.not_found()
    return visit.go(f"{DRAFTS}/{number}", "draft_reopened")


async def _keep(
    visit: Visit, looked: drafting.Looked, answers: dict[str, Answer], one: Finding | None = None
) -> web.Response:
    """`one`: the finding that was answered alone; the page goes on with the next one."""
    act = visit.act(drafting.DECIDE)
    kept = await drafting.decide(visit.store.office.drafts, looked, _compared_with(visit), answers, act)
    if not kept.is_kept:
        reason = "answer" if kept.refused else "closed"
        return await _draft_page(visit, looked, visit.texts.find(f"web.staff.imports.wrong.{reason}"), 422, one)
    kind, with_answered = _kind(visit.form.get("loai")), visit.form.get("tat-ca") == "1"
    place = _here(looked.draft.number, kind, with_answered)
    chosen = _chosen(looked, kind, with_answered)
    if one is not None and one in chosen:
        at = chosen.index(one)
        left = chosen if with_answered else [*chosen[:at], *chosen[at + 1 :]]
        if left:
            at = min(at, len(left) - 1)
            place = f"{_here(looked.draft.number, kind, with_answered, at // _A_PAGE + 1)}#f-{left[at].id}"
    return visit.go(place, "draft_decided", count=str(len(answers)))


async def _looked(visit: Visit, base: Base | None = None) -> drafting.Looked | None:
    number = int(visit.request.match_info["number"])
    latest = visit.request.app[_LATEST]
    return await drafting.look(visit.store.office.drafts, number, base or _compared_with(visit), latest)


def _compared_with(visit: Visit) -> Base:
    """The catalogue that answers, which stands ready. Its files are read only where new ones are made of them."""
    return Base({}, visit.catalogue)


async def _drafts_page(visit: Visit, wrong: str | None = None, status: int = 200) -> web.Response:
    drafts = await visit.store.office.drafts.listed()
    return await visit.page(
        "staff/imports.html",
        visit.texts.get("web.staff.imports.title"),
        status,
        wrong=wrong,
        rows=[DraftRow(draft, f"{DRAFTS}/{draft.number}", draft.at) for draft in drafts],
        tiers=drafting.TIERS,
        own_parts=list(OwnPart),
        most=MOST_UPLOAD_BYTES // _MEGABYTE,
        action=DRAFTS,
        publish=PUBLISH,
    )


async def _draft_page(
    visit: Visit,
    looked: drafting.Looked,
    wrong: str | None = None,
    status: int = 200,
    refused: Finding | None = None,
) -> web.Response:
    """`refused`: the finding whose answer was not taken: shown, with what was typed."""
    asked = _asked(visit)
    kind, with_answered = _kind(asked["loai"]), asked["tat-ca"] == "1"
    chosen = _chosen(looked, kind, with_answered)
    page = int(asked["trang"]) if asked["trang"].isdecimal() and len(asked["trang"]) < 7 else 1
    if refused is not None and refused in chosen:
        page = chosen.index(refused) // _A_PAGE + 1
    page = max(1, min(page, -(-len(chosen) // _A_PAGE)))
    shown = finding_views(chosen[(page - 1) * _A_PAGE : page * _A_PAGE], looked, visit.catalogue, visit.texts)
    number = looked.draft.number
    reading = looked.content if isinstance(looked.content, Reading) else None
    return await visit.page(
        "staff/import_draft.html",
        visit.texts.get("web.staff.imports.one", number=number),
        status,
        wrong=wrong,
        looked=looked,
        rows=0 if reading is None else len(reading.rows),
        notes=[] if reading is None else [note_said(note, visit.texts) for note in reading.notes],
        tables=[] if reading is None else [_part_view(visit, part) for part in reading.parts],
        findings=shown,
        typed={} if refused is None else {refused.id: visit.form.get("value")},
        names=_names_to_choose(visit, {one.free for one in shown}),
        kinds=[
            (one, _here(number, one, with_answered), all_of, open_, one is kind)
            for one, (all_of, open_) in looked.counts().items()
            if open_ or with_answered or one is kind
        ],
        kind=kind,
        with_answered=with_answered,
        all_kinds=_here(number, None, with_answered),
        other=_here(number, kind, not with_answered),
        proposed=len(_proposals(looked, kind)),
        earlier=None if page == 1 else _here(number, kind, with_answered, page - 1),
        later=_here(number, kind, with_answered, page + 1) if len(chosen) > page * _A_PAGE else None,
        is_open=looked.draft.state is DraftState.OPEN,
        here=f"{DRAFTS}/{number}",
        back=DRAFTS,
        publish=_publishing(looked),
    )


def _publishing(looked: drafting.Looked) -> str | None:
    """Where it is published; None once it is closed."""
    is_open = looked.draft.state is DraftState.OPEN
    return f"{PUBLISH}?{urlencode({'nhap': looked.draft.number})}" if is_open else None


def _part_view(visit: Visit, part: Part) -> PartView:
    texts = visit.texts
    columns = tuple((texts.find(f"web.staff.imports.column.{c}") or c, head) for c, head in part.columns.items())
    tier = texts.find(f"web.staff.imports.tier.{part.list_tier}") or part.list_tier
    return PartView(part, table_name(part.sheet, texts), tier, columns, ", ".join(part.ignored))


def _asked(visit: Visit) -> dict[str, str]:
    """Which findings are wanted, in the address or in the form that was sent from there."""
    query, is_form = visit.request.query, visit.request.method == "POST"
    return {name: visit.form.get(name) if is_form else query.get(name, "") for name in ("loai", "tat-ca", "trang")}


def _chosen(looked: drafting.Looked, kind: FindingKind | None, with_answered: bool) -> list[Finding]:
    return [one for one in (looked.findings if with_answered else looked.open) if kind in {None, one.kind}]


def _names_to_choose(visit: Visit, free: set[str]) -> dict[str, list[str]]:
    """Names that are offered where an agency or a field may be typed; only where one of them is asked for."""
    named = {
        "agency": [agency.name for agency in visit.catalogue.agencies.values()],
        "field": [field.name for field in visit.catalogue.fields.values()],
    }
    return {what: sorted(set(names)) for what, names in named.items() if what in free}


def _proposals(looked: drafting.Looked, kind: FindingKind | None) -> dict[str, Answer]:
    return drafting.proposals(tuple(one for one in looked.open if kind in {None, one.kind}))


def _kind(given: str) -> FindingKind | None:
    return next((kind for kind in FindingKind if kind.value == given), None)


def _here(number: int, kind: FindingKind | None, with_answered: bool = False, page: int = 1) -> str:
    asked = {"loai": "" if kind is None else kind.value, "tat-ca": "1" if with_answered else ""}
    asked["trang"] = str(page) if page > 1 else ""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{DRAFTS}/{number}{f'?{query}' if query else ''}"
