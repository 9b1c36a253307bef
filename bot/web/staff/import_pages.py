"""Published lists on their way into the catalogue, at /staff/danh-muc/nhap: read, decided about, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.catalog.imports.kept import Content
from bot.catalog.imports.model import Answer, FindingKind, ListTier, Part, Reading
from bot.catalog.imports.own_files import OwnPart, part_of, take_over
from bot.catalog.imports.reading import read_files
from bot.errors import CatalogueError, UnreadableFile
from bot.operations.background import in_background
from bot.operations.imports import drafting
from bot.operations.imports.base import Base, served_base
from bot.operations.imports.own_format import ZIP, OwnFormatError, contents_of_zip
from bot.ratings.periods import day_of
from bot.store.drafts import Draft, DraftState
from bot.store.staff import Role
from bot.web.keys import SETTINGS
from bot.web.staff.access import staff_page
from bot.web.staff.import_words import answer_of, difference_views, finding_view, note_said
from bot.web.staff.visit import Visit
from bot.web.uploads import MOST_UPLOAD_BYTES

DRAFTS = "/staff/danh-muc/nhap"
PUBLISH = "/staff/danh-muc"
_TIERS = (ListTier.PROVINCE, ListTier.COMMUNE, ListTier.OTHER, ListTier.DISTRICT)
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
    """`columns`: what a column holds, and how it is headed."""

    part: Part
    tier: str
    columns: tuple[tuple[str, str], ...]
    ignored: str


class _RefusedError(Exception):
    """What was uploaded is not taken; `said`: why, as a sentence."""

    def __init__(self, said: str) -> None:
        self.said = said


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


@staff_page(Role.EDITOR)
async def show_drafts(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/nhap"""
    return await _drafts_page(visit)


@staff_page(Role.EDITOR, with_files=True)
async def upload(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap: fields `tier`, `whole`, `part`, `reason`, and the files."""
    files = dict(visit.files)
    try:
        content = await _content(visit, files)
    except _RefusedError as error:
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
    looked = await _looked(visit)
    if looked is None:
        return await visit.not_found()
    base = await served_base(visit.store, visit.request.app[SETTINGS].catalog_dir)
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
    sent = form.get("answer")
    if sent == "value":
        is_removed = finding is not None and finding.kind is FindingKind.REMOVED
        sent = f"{'remove' if is_removed else 'use'}:{form.get('value')}"
    answer = answer_of(sent)
    if finding is None or answer is None:
        return await _draft_page(visit, looked, visit.texts.get("web.staff.imports.wrong.answer"), 422)
    return await _keep(visit, looked, {finding.id: answer})


@staff_page(Role.EDITOR)
async def confirm_kind(visit: Visit) -> web.StreamResponse:
    """GET /staff/danh-muc/nhap/3/ca-loai?loai=renamed: how many would be answered as is proposed."""
    looked = await _looked(visit)
    kind = _kind(visit.request.query.get("loai", ""))
    if looked is None or kind is None:
        return await visit.not_found()
    return await visit.page(
        "staff/import_kind.html",
        visit.texts.get("web.staff.imports.kind_title"),
        kind=kind,
        count=len(_proposals(looked, kind)),
        action=f"{DRAFTS}/{looked.draft.number}/ca-loai",
        back=_here(looked.draft.number, kind),
    )


@staff_page(Role.EDITOR)
async def answer_kind(visit: Visit) -> web.StreamResponse:
    """POST /staff/danh-muc/nhap/3/ca-loai: `kind`, and `count`: how many the person was told."""
    looked = await _looked(visit)
    kind = _kind(visit.form.get("kind"))
    if looked is None or kind is None:
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


async def _keep(visit: Visit, looked: drafting.Looked, answers: dict[str, Answer]) -> web.Response:
    act = visit.act(drafting.DECIDE)
    kept = await drafting.decide(visit.store.office.drafts, looked, _compared_with(visit), answers, act)
    if not kept.is_kept:
        reason = "answer" if kept.refused else "closed"
        return await _draft_page(visit, looked, visit.texts.find(f"web.staff.imports.wrong.{reason}"), 422)
    kind = _kind(visit.form.get("loai"))
    return visit.go(_here(looked.draft.number, kind, visit.form.get("tat-ca") == "1"), "draft_decided")


async def _looked(visit: Visit) -> drafting.Looked | None:
    number = int(visit.request.match_info["number"])
    latest = visit.request.app[_LATEST]
    return await drafting.look(visit.store.office.drafts, number, _compared_with(visit), latest)


def _compared_with(visit: Visit) -> Base:
    """The catalogue that answers, which stands ready. Its files are read only where new ones are made of them."""
    return Base({}, visit.catalogue)


async def _content(visit: Visit, files: dict[str, bytes]) -> Content:
    """Raises _RefusedError."""
    texts, form = visit.texts, visit.form
    if not files:
        raise _RefusedError(texts.get("web.staff.imports.wrong.none"))
    try:
        if all(name.lower().endswith(ZIP) for name in files):
            return await _own(visit, files)
        # A list of twenty thousand rows takes seconds: nobody in a chat waits for it.
        reading = await in_background(read_files, files)
    except UnreadableFile as error:
        said = texts.find(f"web.staff.imports.unreadable.{error.reason}", file=error.file)
        raise _RefusedError(said or str(error)) from error
    except OwnFormatError as error:
        said = texts.find(f"web.staff.imports.own_fault.{error.fault}", file=error.name)
        raise _RefusedError(said or str(error)) from error
    tier = form.get("tier")
    return drafting.of_tier(reading, ListTier(tier) if tier in _TIERS else None)


async def _own(visit: Visit, files: dict[str, bytes]) -> Content:
    part = visit.form.get("part")
    if part not in list(OwnPart) or len(files) != 1:
        raise _RefusedError(visit.texts.get("web.staff.imports.wrong.part"))
    ((name, packed),) = files.items()
    own = part_of(await in_background(contents_of_zip, name, packed), OwnPart(part))
    try:
        base = await served_base(visit.store, visit.request.app[SETTINGS].catalog_dir)
    except CatalogueError as error:
        raise _RefusedError(str(error)) from error
    taken = await in_background(take_over, base.contents, base.catalogue, own)
    if taken.problems:
        raise _RefusedError(visit.texts.get("web.staff.imports.wrong.unfit", problem=str(taken.problems[0])))
    return own


async def _drafts_page(visit: Visit, wrong: str | None = None, status: int = 200) -> web.Response:
    drafts = await visit.store.office.drafts.listed()
    return await visit.page(
        "staff/imports.html",
        visit.texts.get("web.staff.imports.title"),
        status,
        wrong=wrong,
        rows=[DraftRow(draft, f"{DRAFTS}/{draft.number}", draft.at) for draft in drafts],
        tiers=_TIERS,
        own_parts=list(OwnPart),
        most=MOST_UPLOAD_BYTES // _MEGABYTE,
        action=DRAFTS,
        publish=PUBLISH,
    )


async def _draft_page(
    visit: Visit, looked: drafting.Looked, wrong: str | None = None, status: int = 200
) -> web.Response:
    given = visit.request.query
    kind, with_answered = _kind(given.get("loai", "")), given.get("tat-ca") == "1"
    page = int(given["trang"]) if given.get("trang", "").isdecimal() and len(given["trang"]) < 7 else 1
    chosen = [one for one in (looked.findings if with_answered else looked.open) if kind in {None, one.kind}]
    shown = chosen[(page - 1) * _A_PAGE : page * _A_PAGE]
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
        findings=[finding_view(one, looked, visit.catalogue, visit.texts) for one in shown],
        kinds=[
            (one, _here(number, one, with_answered), all_of, open_, one is kind)
            for one, (all_of, open_) in looked.counts().items()
        ],
        kind=kind,
        with_answered=with_answered,
        all_kinds=_here(number, None, with_answered),
        other=_here(number, kind, not with_answered),
        proposed=0 if kind is None else len(_proposals(looked, kind)),
        earlier=None if page == 1 else _here(number, kind, with_answered, page - 1),
        later=_here(number, kind, with_answered, page + 1) if len(chosen) > page * _A_PAGE else None,
        is_open=looked.draft.state is DraftState.OPEN,
        here=f"{DRAFTS}/{number}",
        back=DRAFTS,
        publish=f"{PUBLISH}?{urlencode({'nhap': number})}",
    )


def _part_view(visit: Visit, part: Part) -> PartView:
    texts = visit.texts
    columns = tuple((texts.find(f"web.staff.imports.column.{c}") or c, head) for c, head in part.columns.items())
    tier = texts.find(f"web.staff.imports.tier.{part.list_tier}") or part.list_tier
    return PartView(part, tier, columns, ", ".join(part.ignored))


def _proposals(looked: drafting.Looked, kind: FindingKind) -> dict[str, Answer]:
    return drafting.proposals(tuple(one for one in looked.open if one.kind is kind))


def _kind(given: str) -> FindingKind | None:
    return next((kind for kind in FindingKind if kind.value == given), None)


def _here(number: int, kind: FindingKind | None, with_answered: bool = False, page: int = 1) -> str:
    asked = {"loai": "" if kind is None else kind.value, "tat-ca": "1" if with_answered else ""}
    asked["trang"] = str(page) if page > 1 else ""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{DRAFTS}/{number}{f'?{query}' if query else ''}"
