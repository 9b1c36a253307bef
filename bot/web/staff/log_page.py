"""The log of every change: for administrators, the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from bot.store.staff import OPERATOR, Entry, Role
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.staff.access import staff_page
from bot.web.staff.house import add_menu_entry
from bot.web.staff.visit import Visit

LOG = "/staff/nhat-ky"
_BEFORE = "truoc"
_A_PAGE = 50
_UNTIL = "until"


@dataclass(frozen=True, slots=True)
class LogRow:
    """`changes`: one line for each thing that became other."""

    at: datetime
    actor: str
    action: str
    subject: str
    reason: str
    changes: tuple[str, ...]


def add_log_page(app: web.Application) -> None:
    add_menu_entry(app, LOG, "web.staff.nav.log", Role.ADMIN, 90)
    app.router.add_get(LOG, show_log)


@staff_page(Role.ADMIN)
async def show_log(visit: Visit) -> web.StreamResponse:
    """GET /staff/nhat-ky?truoc=<number>: those before the line with this number."""
    given = visit.request.query.get(_BEFORE, "")
    before = int(given) if given.isdecimal() and len(given) <= 18 else None
    # One more than is shown says whether there are others.
    entries = await visit.house.book.entries(_A_PAGE + 1, before)
    shown = entries[:_A_PAGE]
    return await visit.page(
        "staff/log.html",
        visit.texts.get("web.staff.log.title"),
        rows=[row_of(entry, visit.texts) for entry in shown],
        newest=None if before is None else LOG,
        older=f"{LOG}?{_BEFORE}={shown[-1].number}" if len(entries) > _A_PAGE else None,
    )


def row_of(entry: Entry, texts: Texts) -> LogRow:
    act = entry.act
    action = texts.find(f"web.staff.action.{act.action}") or act.action
    names = sorted({*entry.before, *entry.after})
    changes = tuple(_change(name, entry, texts) for name in names)
    return LogRow(act.at, _who(act.actor, texts), action, _subject(entry.subject, texts), act.reason, changes)


def _subject(subject: str, texts: Texts) -> str:
    """`case:7` in words; what has no kind before it is a login name or a code."""
    kind, colon, id_ = subject.partition(":")
    named = texts.find(f"web.staff.subject.{kind}", id=id_) if colon else None
    return named or subject


def _who(actor: str, texts: Texts) -> str:
    if actor.startswith(OPERATOR):
        return texts.get("web.staff.log.operator", name=actor.removeprefix(OPERATOR))
    return actor or texts.get("web.staff.log.nobody")


def _change(name: str, entry: Entry, texts: Texts) -> str:
    label = texts.find(f"web.staff.field.{name}") or name
    before, after = (_told(name, side[name], texts) if name in side else "" for side in (entry.before, entry.after))
    if before and after:
        return texts.get("web.staff.log.changed", what=label, before=before, after=after)
    if before:
        return texts.get("web.staff.log.removed", what=label, before=before)
    return texts.get("web.staff.log.set", what=label, after=after)


def _told(name: str, value: object, texts: Texts) -> str:
    """What belongs to one field alone, else as it is said anywhere."""
    if isinstance(value, str) and value:
        if name == _UNTIL:
            return day_written(texts.language, date.fromisoformat(value))
        if named := texts.find(f"web.review.{name}.{value}"):
            return named
    return _said(value, texts)


def _said(value: object, texts: Texts) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return texts.get("web.staff.yes" if value else "web.staff.no")
    if isinstance(value, str):
        return texts.find(f"web.staff.role.{value}") or texts.find(f"web.staff.value.{value}") or value or "–"
    if isinstance(value, list):
        return ", ".join(_said(part, texts) for part in value) or "–"
    return json.dumps(value, ensure_ascii=False)
