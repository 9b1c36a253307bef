"""Experience reviews at /staff/trai-nghiem: what teams said of services, and the links with which they say it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from bot.catalog.codes import parse_code
from bot.catalog.model import Catalogue
from bot.dialogue.signed_links import ReviewLink
from bot.operations.rating_links.making import MOST_DAYS, USUAL_DAYS
from bot.operations.squares import drawn
from bot.ratings.periods import day_of
from bot.store.reviews import Question, Review, ReviewQuery, ReviewSummary, Team, TimeNeeded, Verdict
from bot.store.staff import Account, Entry, Role
from bot.texts import Texts
from bot.web.backing import BACKING
from bot.web.keys import SETTINGS
from bot.web.review_page import OFFERED
from bot.web.staff.access import staff_page
from bot.web.staff.dates import read_day, span
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import agency_name, procedure_name
from bot.web.staff.service_choice import MOST_WORDS_CHARS, ServiceChoice, is_in_words, services_like
from bot.web.staff.visit import Visit

REVIEWS = "/staff/trai-nghiem"
MAKE = f"{REVIEWS}/duong-dan"
_MOST_REMARKS = 100
_ID_BYTES = 6


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """`cells`: what was said to each question, and how long it took, as counts in words."""

    name: str
    count: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemarkRow:
    at: datetime
    name: str
    team: str
    commune: str
    remark: str


def add_review_pages(app: web.Application) -> None:
    add_menu_entry(app, REVIEWS, "web.staff.nav.reviews", Role.VIEWER, 50)
    app.router.add_get(REVIEWS, show_reviews)
    app.router.add_post(MAKE, make_link)


@staff_page(Role.VIEWER)
async def show_reviews(visit: Visit) -> web.StreamResponse:
    """GET /staff/trai-nghiem?tu=2026-11-01&den=2026-11-22"""
    return await _page(visit)


@staff_page(Role.EDITOR)
async def make_link(visit: Visit) -> web.StreamResponse:
    """POST /staff/trai-nghiem/duong-dan: shown by this answer, and kept nowhere; words are looked for first."""
    form, today = visit.form, day_of(visit.now)
    code, commune, team = form.get("code"), form.get("commune"), form.get("team")
    until, procedure = read_day(form.get("until")), visit.catalogue.procedures.get(parse_code(code) or "")
    if is_in_words(code):
        found = services_like(visit, code, lambda _: True)
        return await _page(visit, None if found else "nothing_found", found=found)
    if code and (procedure is None or not procedure.in_force):
        return await _page(visit, "wrong_code")
    if team not in set(Team):
        return await _page(visit, "wrong_team")
    if commune and commune not in visit.catalogue.communes:
        return await _page(visit, "wrong_commune")
    if until is None or not today <= until <= today + timedelta(days=MOST_DAYS):
        return await _page(visit, "wrong_until")
    named = "" if procedure is None else procedure.code
    link = ReviewLink(named, Team(team), commune, secrets.token_urlsafe(_ID_BYTES), until)
    act = visit.act("review_link")
    said = {"code": named, "team": team, "commune": commune, "until": until.isoformat()}
    await visit.house.book.note(Entry(act, f"review_link:{link.id}", {}, {k: v for k, v in said.items() if v}))
    return await _page(visit, made=link)


async def _page(
    visit: Visit,
    wrong: str | None = None,
    made: ReviewLink | None = None,
    found: tuple[ServiceChoice, ...] = (),
) -> web.Response:
    given, texts, reviews = visit.request.query, visit.texts, visit.store.office.reviews
    today = day_of(visit.now)
    first, last = span(given.get("tu", ""), given.get("den", ""), today)
    query = ReviewQuery(first=first, last=last, within=_within(visit.account, visit.catalogue))
    remarks = [review for review in await reviews.listed(query, _MOST_REMARKS) if review.remark]
    address = None if made is None else _address(visit, made)
    form = visit.form
    return await visit.page(
        "staff/reviews.html",
        texts.get("web.staff.reviews.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else texts.find(f"web.staff.reviews.{wrong}"),
        first=first,
        last=last,
        questions=tuple(question.value for question in Question),
        rows=[_row(visit, summary) for summary in await reviews.summaries(query)],
        remarks=[_remark(visit, review) for review in remarks],
        may_act=visit.account.role.may(Role.EDITOR),
        teams=tuple(Team),
        communes=tuple(visit.catalogue.communes.values()),
        typed={name: form.get(name) for name in ("code", "team", "commune")},
        until=form.get("until") or (today + timedelta(days=USUAL_DAYS)).isoformat(),
        address=address,
        square=None if address is None else drawn(address),
        good_until=None if made is None else _day(made.until),
        make=MAKE,
        found=found,
        most_chars=MOST_WORDS_CHARS,
    )


def _within(account: Account, catalogue: Catalogue) -> tuple[frozenset[str], frozenset[str]] | None:
    """The communes that an account sees, and the procedures of its other agencies; None: all.

    A procedure of the communes belongs to each of them: of another commune's teams nothing is shown.
    """
    seen = account.limited_to
    if seen is None:
        return None
    others = seen - catalogue.communes.keys()
    codes = {
        code
        for code, services in catalogue.services.items()
        if any(not others.isdisjoint(service.agencies) for service in services)
    }
    return seen & catalogue.communes.keys(), frozenset(codes)


def _address(visit: Visit, link: ReviewLink) -> str:
    app = visit.request.app
    return f"{app[SETTINGS].address}{app[BACKING].signer.review_path(link)}"


def _row(visit: Visit, summary: ReviewSummary) -> SummaryRow:
    texts = visit.texts
    said = tuple(_counts(texts, question, summary.verdicts[question]) for question in Question)
    times = "; ".join(
        f"{texts.find(f'web.review.time.{time}')}: {summary.times[time]}"
        for time in TimeNeeded
        if time in summary.times
    )
    return SummaryRow(procedure_name(visit.catalogue, summary.code), summary.count, (*said, times))


def _counts(texts: Texts, question: Question, counts: Mapping[Verdict, int]) -> str:
    """`Dễ: 3; Khó: 1`"""
    return "; ".join(
        f"{texts.find(f'web.review.answer.{question}.{verdict}')}: {counts[verdict]}"
        for verdict in OFFERED[question]
        if verdict in counts
    )


def _remark(visit: Visit, review: Review) -> RemarkRow:
    team = visit.texts.find(f"web.review.team.{review.team}") or review.team.value
    commune = agency_name(visit.catalogue, review.commune) if review.commune else ""
    return RemarkRow(review.at, procedure_name(visit.catalogue, review.code), team, commune, review.remark)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
