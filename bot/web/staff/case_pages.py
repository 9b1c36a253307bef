"""Bad ratings as a queue, at /staff/viec: who may see a case's agency reads it, editors work on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from aiohttp import web

from bot.operations.staff.cases import MAX_NOTE_CHARS, MAX_SENTENCE_CHARS, CaseDesk, CaseFault
from bot.ratings.periods import day_of
from bot.store.cases import Case, CaseChange, CaseOutcome, CaseState, Changed
from bot.store.inbox import NEVER_SEEN
from bot.store.staff import Account, Role
from bot.texts import Texts
from bot.web.keys import MASKER
from bot.web.staff.access import staff_page
from bot.web.staff.case_query import AGES, CASES, MINE, NOBODYS, OPEN, STATES, CaseFilter
from bot.web.staff.figure_words import count_written
from bot.web.staff.freshness_pages import REPORT
from bot.web.staff.house import add_menu_entry
from bot.web.staff.log_page import row_of
from bot.web.staff.names import agencies_to_choose, agency_name, procedure_name
from bot.web.staff.visit import Visit

ONE = f"{CASES}/{{number}}"
_A_PAGE = 50
_A_WEEK = timedelta(days=6)
"""With today it is seven days."""
_MOST_DIGITS = 18
_FIELDS = ("state", "owner", "outcome", "note")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it is shown. `days`: how old it is."""

    case: Case
    href: str
    name: str
    agency: str
    level: str
    owner: str
    days: int


def add_case_pages(app: web.Application) -> None:
    add_menu_entry(app, CASES, "web.staff.nav.cases", Role.VIEWER, 30)
    app.router.add_get(CASES, show_cases)
    app.router.add_get(ONE, show_case)
    app.router.add_post(ONE, set_case)
    app.router.add_post(f"{ONE}/nhan", take_case)
    app.router.add_post(f"{ONE}/bao", tell_outcome)


def address_of(number: int) -> str:
    return f"{CASES}/{number}"


@staff_page(Role.VIEWER)
async def show_cases(visit: Visit) -> web.StreamResponse:
    """GET /staff/viec (see `CaseFilter`): the oldest first."""
    wanted, cases = CaseFilter.read(visit.request.query), visit.store.office.cases
    query = wanted.query(visit.account, day_of(visit.now))
    found = await cases.listed(query, _A_PAGE + 1, wanted.behind)
    counts = await cases.counts(query)
    people = await _people(visit)
    seen = visit.account.limited_to
    shown = found[:_A_PAGE]
    return await visit.page(
        "staff/cases.html",
        visit.texts.get("web.staff.cases.title"),
        rows=[_row(visit, case, people) for case in shown],
        wanted=wanted,
        is_narrowed=replace(wanted, state=OPEN, behind=0) != CaseFilter(),
        counts={state.value: count_written(visit.texts, count) for state, count in counts.items()},
        recent=_recent(wanted, day_of(visit.now)),
        states=[(state, wanted.href(state), state == wanted.state) for state in STATES],
        people=people,
        mine=MINE,
        nobodys=NOBODYS,
        ages=AGES,
        agencies=[one for one in agencies_to_choose(visit.catalogue) if seen is None or one.code in seen],
        older=wanted.href(behind=shown[-1].number) if len(found) > _A_PAGE else None,
    )


@staff_page(Role.VIEWER)
async def show_case(visit: Visit) -> web.StreamResponse:
    """GET /staff/viec/{number}"""
    case = await _case(visit)
    return await visit.not_found() if case is None else await _case_page(visit, case)


@staff_page(Role.EDITOR)
async def take_case(visit: Visit) -> web.StreamResponse:
    """POST /staff/viec/{number}/nhan: it is mine from now on."""
    case = await _case(visit)
    if case is None:
        return await visit.not_found()
    state = CaseState.TAKEN if case.state is CaseState.NEW else case.state
    change = CaseChange(state, visit.account.login, case.outcome, case.note, _seen(visit))
    return await _done(visit, case, await _desk(visit).change(case.number, change, visit.act("case")), "case_taken")


@staff_page(Role.EDITOR)
async def set_case(visit: Visit) -> web.StreamResponse:
    """POST /staff/viec/{number}: state, owner, outcome, note."""
    case = await _case(visit)
    if case is None:
        return await visit.not_found()
    form = visit.form
    state, outcome = form.get("state"), form.get("outcome")
    if state not in set(CaseState) or outcome not in {"", *CaseOutcome}:
        return await _case_page(visit, case, "web.staff.cases.wrong.choice")
    chosen = CaseOutcome(outcome) if outcome else None
    change = CaseChange(CaseState(state), form.get("owner"), chosen, form.get("note"), _seen(visit))
    return await _done(visit, case, await _desk(visit).change(case.number, change, visit.act("case")), "case_saved")


@staff_page(Role.EDITOR)
async def tell_outcome(visit: Visit) -> web.StreamResponse:
    """POST /staff/viec/{number}/bao: the person is told what became of it."""
    case = await _case(visit)
    if case is None:
        return await visit.not_found()
    told = await _desk(visit).tell(case, visit.form.get("sentence"), visit.act("case_told"))
    return await _done(visit, case, told, "case_told")


def _recent(wanted: CaseFilter, today: date) -> list[tuple[str, str, bool]]:
    """Name, address, and whether they are shown: of today, of a week, of any day."""
    days = {"today": (today, today), "week": (today - _A_WEEK, today), "any": (None, None)}
    kept = wanted.in_days(wanted.first, wanted.last)
    return [(name, wanted.in_days(*span).href(), kept == wanted.in_days(*span)) for name, span in days.items()]


async def _done(visit: Visit, case: Case, done: Changed | CaseFault, flash: str) -> web.Response:
    if done is Changed.DONE:
        return visit.go(address_of(case.number), flash)
    if done is Changed.UNKNOWN:
        return await visit.not_found()
    # As it is now: somebody may have changed it meanwhile.
    return await _case_page(visit, await _case(visit) or case, f"web.staff.cases.wrong.{done}")


async def _case_page(visit: Visit, case: Case, wrong: str | None = None) -> web.Response:
    people, texts, desk = await _people(visit), visit.texts, _desk(visit)
    may_act = visit.account.role.may(Role.EDITOR)
    can_be_told = may_act and case.told_at is None and await desk.can_be_told(case.number, visit.now)
    notice = None if case.outcome is None else desk.notice(case, case.outcome, "")
    row = _row(visit, case, people)
    return await visit.page(
        "staff/case.html",
        texts.get("web.staff.cases.one", number=case.number),
        200 if wrong is None else 422,
        wrong=None if wrong is None else texts.find(wrong),
        row=row,
        case=case,
        typed={name: visit.form.get(name) for name in _FIELDS} if wrong else None,
        sentence=visit.form.get("sentence"),
        people={login: one for login, one in people.items() if _may_own(one) or login == case.owner},
        states=tuple(CaseState),
        outcomes=tuple(CaseOutcome),
        seen="" if case.changed_at is None else case.changed_at.isoformat(),
        may_act=may_act,
        can_be_told=can_be_told,
        notice=None if notice is None else notice.text.split("\n"),
        most_note=MAX_NOTE_CHARS,
        most_sentence=MAX_SENTENCE_CHARS,
        history=[row_of(entry, texts) for entry in await visit.store.office.cases.history(case.number)],
        back=CASES,
        action=address_of(case.number),
        report_stale=REPORT,
    )


async def _case(visit: Visit) -> Case | None:
    """The case of the address, unless it is one that this account may not know of."""
    given = visit.request.match_info["number"]
    if not (given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS):
        return None
    return await visit.store.office.cases.find(int(given), visit.account.limited_to)


async def _people(visit: Visit) -> dict[str, Account]:
    return {account.login: account for account in await visit.house.book.accounts()}


def _may_own(account: Account) -> bool:
    return account.is_active and account.role.may(Role.EDITOR)


def _row(visit: Visit, case: Case, people: dict[str, Account]) -> CaseRow:
    about, texts = case.subject, visit.texts
    owner = people.get(case.owner)
    return CaseRow(
        case,
        address_of(case.number),
        procedure_name(visit.catalogue, about.code),
        agency_name(visit.catalogue, about.agency) if about.agency else "",
        _level(case, texts),
        case.owner if owner is None else owner.name,
        (day_of(visit.now) - day_of(case.opened_at)) // timedelta(days=1),
    )


def _level(case: Case, texts: Texts) -> str:
    return texts.find(f"rating.level.{case.scale}.{case.level}") or f"{case.level}"


def _desk(visit: Visit) -> CaseDesk:
    office, masker = visit.store.office, visit.request.app[MASKER]
    return CaseDesk(office.cases, office.staff, masker, visit.texts, visit.catalogue)


def _seen(visit: Visit) -> datetime | None:
    """When the case was changed last, as the page with the form showed it; something else fits no case."""
    written = visit.form.get("seen")
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return NEVER_SEEN
