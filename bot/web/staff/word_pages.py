"""Searches that found nothing, and the words that staff teach because of them, at /staff/tim-kiem."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.catalog.codes import parse_code
from bot.catalog.taught import MAX_PHRASE_CHARS
from bot.dialogue.turn import Searches
from bot.operations.aliases import Answer, Preview, School, answer_of, as_csv, tidy
from bot.ratings.periods import day_of
from bot.store.learning import UnfoundGroup
from bot.store.staff import Role
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT, MASKER
from bot.web.staff.access import staff_page
from bot.web.staff.dates import span
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import procedure_name
from bot.web.staff.visit import Visit

WORDS = "/staff/tim-kiem"
TEACH = f"{WORDS}/day"
REMOVE = f"{WORDS}/bo"
EXPORT = f"{WORDS}/cach-goi-da-day.csv"
_MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class WordRow:
    """`now`: what the assistant says to these words today."""

    group: UnfoundGroup
    now: str
    href: str


@dataclass(frozen=True, slots=True)
class TaughtRow:
    phrase: str
    name: str
    by: str
    at: datetime
    is_left_out: bool


def add_word_pages(app: web.Application) -> None:
    add_menu_entry(app, WORDS, "web.staff.nav.words", Role.VIEWER, 40)
    app.router.add_get(WORDS, show_words)
    app.router.add_get(TEACH, show_teaching)
    app.router.add_post(TEACH, teach)
    app.router.add_post(REMOVE, remove)
    app.router.add_get(EXPORT, export)


@staff_page(Role.VIEWER)
async def show_words(visit: Visit) -> web.StreamResponse:
    """GET /staff/tim-kiem?tu=2026-11-01&den=2026-11-22"""
    given, learning = visit.request.query, visit.store.office.learning
    first, last = span(given.get("tu", ""), given.get("den", ""), day_of(visit.now))
    groups = await learning.unfound(first, last, _MOST_ROWS)
    answers = await asyncio.to_thread(_answers, _engine(visit), [group.words for group in groups])
    over = visit.request.app[BACKING].taught
    left_out = () if over is None else over.left_out
    taught = [
        TaughtRow(a.phrase, procedure_name(visit.catalogue, a.code), a.by, a.at, a.phrase in left_out)
        for a in await learning.aliases()
    ]
    return await visit.page(
        "staff/words.html",
        visit.texts.get("web.staff.words.title"),
        rows=[
            WordRow(group, _said(visit, answer), f"{TEACH}?{urlencode({'cum': group.words})}")
            for group, answer in zip(groups, answers, strict=True)
        ],
        first=first,
        last=last,
        taught=taught,
        may_act=visit.account.role.may(Role.EDITOR),
        teach=TEACH,
        remove=REMOVE,
        export=EXPORT,
    )


@staff_page(Role.EDITOR)
async def show_teaching(visit: Visit) -> web.StreamResponse:
    """GET /staff/tim-kiem/day?cum=<phrase>&tim=<words or a code>&ma=<code>: with a code, what it would change."""
    given = visit.request.query
    phrase, code = tidy(given.get("cum", "")), given.get("ma", "").strip()
    seen = await _school(visit).preview(phrase, code, _engine(visit)) if phrase and code else None
    return await _teach_page(visit, phrase, given.get("tim", "").strip() or phrase, code, seen)


@staff_page(Role.EDITOR)
async def teach(visit: Visit) -> web.StreamResponse:
    """POST /staff/tim-kiem/day"""
    form = visit.form
    phrase, code = form.get("phrase"), form.get("code")
    seen = await _school(visit).teach(phrase, code, visit.act("alias_add"), _engine(visit))
    if seen.fault is None:
        return visit.go(WORDS, "alias_added")
    return await _teach_page(visit, seen.phrase, seen.phrase, code, seen, status=422)


@staff_page(Role.EDITOR)
async def remove(visit: Visit) -> web.StreamResponse:
    """POST /staff/tim-kiem/bo"""
    gone = await visit.store.office.learning.unteach(visit.form.get("phrase"), visit.act("alias_remove"))
    return await visit.not_found() if gone is None else visit.go(WORDS, "alias_removed")


@staff_page(Role.VIEWER)
async def export(visit: Visit) -> web.StreamResponse:
    """GET /staff/tim-kiem/cach-goi-da-day.csv: as the catalogue's own files are written."""
    written = as_csv(await visit.store.office.learning.aliases())
    headers = {"Content-Disposition": 'attachment; filename="cach-goi-da-day.csv"'}
    return web.Response(text=written, content_type="text/csv", charset="utf-8", headers=headers)


async def _teach_page(
    visit: Visit, phrase: str, wanted: str, code: str, seen: Preview | None, status: int = 200
) -> web.Response:
    found = answer_of(_engine(visit), wanted).codes if wanted else ()
    written = parse_code(wanted)
    codes = dict.fromkeys(one for one in (*found, written or "", code) if one in visit.catalogue.procedures)
    texts = visit.texts
    takes_from = None if seen is None else seen.takes_from
    return await visit.page(
        "staff/teach.html",
        texts.get("web.staff.words.teach_title"),
        status,
        phrase=phrase,
        wanted=wanted,
        code=code,
        choices=[(one, procedure_name(visit.catalogue, one)) for one in codes],
        wrong=None if seen is None or seen.fault is None else texts.find(f"web.staff.words.wrong.{seen.fault}"),
        seen=seen,
        before=None if seen is None else _said(visit, seen.before),
        after=None if seen is None or seen.after is None else _said(visit, seen.after),
        takes_from=None if takes_from is None else procedure_name(visit.catalogue, takes_from),
        most_chars=MAX_PHRASE_CHARS,
        teach=TEACH,
        back=WORDS,
    )


def _answers(engine: Searches, words: list[str]) -> list[Answer]:
    return [answer_of(engine, one) for one in words]


def _said(visit: Visit, answer: Answer) -> str:
    """An answer in a few words."""
    shown = answer.codes[:1] if answer.status == "answered" else answer.codes[:5]
    names = "; ".join(procedure_name(visit.catalogue, code) for code in shown)
    return visit.texts.find(f"web.staff.words.status.{answer.status}", names=names) or answer.status


def _engine(visit: Visit) -> Searches:
    return visit.request.app[ASSISTANT].engine


def _school(visit: Visit) -> School:
    app = visit.request.app
    watch = app[BACKING].catalogues
    base = visit.catalogue if watch is None else watch.base
    return School(visit.store.office.learning, base, app[MASKER], None if watch is None else watch.workshop)
