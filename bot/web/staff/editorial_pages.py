"""What editors say beside the published list, at /staff/bien-tap: what holds, a form for each kind, and taking back."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.catalog.editorial import MAX_TEXT_CHARS, ItemKind, Scope
from bot.catalog.editorial_check import MAX_SOURCE_CHARS, Fault
from bot.catalog.taught import MAX_PHRASE_CHARS
from bot.dialogue.commands import Commands
from bot.operations.editorial.desk import EditorialDesk, Seen
from bot.operations.editorial.writing import Written
from bot.ratings.periods import day_of
from bot.store.staff import Role
from bot.web.keys import ASSISTANT, LANGUAGES, MASKER
from bot.web.languages import DEFAULT
from bot.web.staff.access import staff_page
from bot.web.staff.editorial_view import answer_words, fault_words, rows_of, sections_of
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import agencies_that_handle
from bot.web.staff.service_choice import is_in_words, services_like
from bot.web.staff.visit import Visit

EDITORIAL = "/staff/bien-tap"
ADD = f"{EDITORIAL}/them"
REMOVE = f"{EDITORIAL}/bo"
_KIND, _CODE, _SAVE = "loai", "ma", "luu"


def adding(kind: ItemKind, code: str) -> str:
    """The address at which something is said about a procedure."""
    return f"{ADD}?{urlencode({_KIND: kind.value, _CODE: code})}"


def add_editorial_pages(app: web.Application) -> None:
    add_menu_entry(app, EDITORIAL, "web.staff.nav.editorial", Role.EDITOR, 71)
    app.router.add_get(EDITORIAL, show_editorial)
    app.router.add_get(ADD, show_form)
    app.router.add_post(ADD, add)
    app.router.add_get(REMOVE, show_removal)
    app.router.add_post(REMOVE, remove)


@staff_page(Role.EDITOR)
async def show_editorial(visit: Visit) -> web.StreamResponse:
    """GET /staff/bien-tap"""
    listed = await _desk(visit).listed(day_of(visit.now))
    return await visit.page(
        "staff/editorial.html",
        visit.texts.get("web.staff.editorial.title"),
        sections=sections_of(visit.catalogue, visit.texts, listed),
        kinds=[kind.value for kind in ItemKind],
        add=ADD,
        kind_field=_KIND,
        remove=REMOVE,
    )


@staff_page(Role.EDITOR)
async def show_form(visit: Visit) -> web.StreamResponse:
    """GET /staff/bien-tap/them?loai=notice&ma=1.001193"""
    kind = visit.request.query.get(_KIND, "")
    if kind not in set(ItemKind):
        return await visit.not_found()
    code = visit.request.query.get(_CODE, "")
    return await _form_page(visit, Written(kind, code=code, first=day_of(visit.now).isoformat(), scope=Scope.PROCEDURE))


@staff_page(Role.EDITOR)
async def add(visit: Visit) -> web.StreamResponse:
    """POST /staff/bien-tap/them: what citizens will read; saved where `step` says so. Words for a code are searched."""
    form, today, desk = visit.form, day_of(visit.now), _desk(visit)
    written = Written(**{name: form.get(name) for name in Written.__dataclass_fields__})
    if written.kind not in set(ItemKind):
        return await visit.not_found()
    if is_in_words(written.code) and written.scope in ("", Scope.PROCEDURE):
        return await _form_page(visit, written, looked_for=True)
    if form.get("step") != _SAVE:
        return await _form_page(visit, written, await desk.preview(written, today))
    seen = await desk.add(written, visit.act("editorial_add"), today)
    return await _form_page(visit, written, seen) if seen.number is None else visit.go(EDITORIAL, "editorial_added")


@staff_page(Role.EDITOR)
async def show_removal(visit: Visit) -> web.StreamResponse:
    """GET /staff/bien-tap/bo?so=<number>"""
    return await _removal_page(visit, visit.request.query.get("so", ""))


@staff_page(Role.EDITOR)
async def remove(visit: Visit) -> web.StreamResponse:
    """POST /staff/bien-tap/bo"""
    number = visit.form.get("number")
    if not _is_number(number):
        return await visit.not_found()
    gone = await _desk(visit).remove(int(number), visit.act("editorial_remove"))
    if isinstance(gone, Fault):
        return await _removal_page(visit, number, gone)
    return await visit.not_found() if gone is None else visit.go(EDITORIAL, "editorial_removed")


async def _form_page(
    visit: Visit, written: Written, seen: Seen | None = None, *, looked_for: bool = False
) -> web.Response:
    texts = visit.texts
    found = services_like(visit, written.code, lambda _: True) if looked_for else ()
    wrong = None if seen is None or seen.fault is None else fault_words(texts, seen.fault)
    if looked_for and not found:
        wrong = texts.get("web.staff.words.nothing_found")
    return await visit.page(
        "staff/editorial_form.html",
        texts.find(f"web.staff.editorial.add.{written.kind}") or "",
        200 if wrong is None else 422,
        written=written,
        reason=visit.form.get("reason"),
        found=found,
        kept=[(name, getattr(written, name)) for name in Written.__dataclass_fields__ if name != "code"],
        fields=visit.catalogue.fields.values(),
        agencies=agencies_that_handle(visit.catalogue, written.code),
        scopes=[scope.value for scope in Scope],
        wrong=wrong,
        seen=None if wrong is not None else seen,
        before=None if seen is None or seen.before is None else answer_words(visit.catalogue, texts, seen.before),
        most_phrase=MAX_PHRASE_CHARS,
        most_text=MAX_TEXT_CHARS,
        most_source=MAX_SOURCE_CHARS,
        add=ADD,
        save=_SAVE,
        back=EDITORIAL,
    )


async def _removal_page(visit: Visit, number: str, fault: Fault | None = None) -> web.Response:
    listed = await _desk(visit).listed(day_of(visit.now)) if _is_number(number) else ()
    rows = rows_of(visit.catalogue, visit.texts, [one for one in listed if one.kept.number == int(number)])
    if not rows:
        return await visit.not_found()
    return await visit.page(
        "staff/editorial_remove.html",
        visit.texts.get("web.staff.editorial.remove_title"),
        200 if fault is None else 422,
        row=rows[0],
        wrong=None if fault is None else fault_words(visit.texts, fault),
        remove=REMOVE,
        back=EDITORIAL,
    )


def _is_number(written: str) -> bool:
    return written.isdecimal() and len(written) <= 18


def _desk(visit: Visit) -> EditorialDesk:
    app = visit.request.app
    assistant, languages = app[ASSISTANT], app[LANGUAGES]
    book, commands = visit.store.office.editorial, Commands(languages.values())
    return EditorialDesk(book, assistant.guide, assistant.engine, app[MASKER], commands, languages[DEFAULT])
