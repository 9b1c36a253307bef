"""Who is staff: for administrators."""

from __future__ import annotations

from aiohttp import web

from bot.operations.staff.accounts import Doer, Given, Wrong
from bot.operations.staff.entering import GIVEN_LASTS
from bot.store.staff import Account, Role
from bot.web.staff.access import staff_page
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import agencies_to_choose, agency_names
from bot.web.staff.visit import Visit

MEMBERS = "/staff/can-bo"
NEW = f"{MEMBERS}/them"
ONE = f"{MEMBERS}/ai/{{login}}"


def add_member_pages(app: web.Application) -> None:
    add_menu_entry(app, MEMBERS, "web.staff.nav.members", Role.ADMIN, 80)
    app.router.add_get(MEMBERS, show_members)
    app.router.add_get(NEW, show_new)
    app.router.add_post(NEW, add_member)
    app.router.add_get(ONE, show_member)
    app.router.add_post(f"{ONE}/sua", set_member)
    app.router.add_post(f"{ONE}/khoa", disable_member)
    app.router.add_post(f"{ONE}/mo", enable_member)
    app.router.add_post(f"{ONE}/cap-lai", reset_member)
    app.router.add_post(f"{ONE}/dang-xuat", log_member_out)


def address_of(login: str) -> str:
    return ONE.format(login=login)


@staff_page(Role.ADMIN)
async def show_members(visit: Visit) -> web.StreamResponse:
    """GET /staff/can-bo"""
    rows = [
        {
            "account": account,
            "href": address_of(account.login),
            "agencies": agency_names(visit.catalogue, account.agencies),
        }
        for account in await visit.house.book.accounts()
    ]
    return await visit.page("staff/members.html", visit.texts.get("web.staff.members.title"), rows=rows, new=NEW)


@staff_page(Role.ADMIN)
async def show_new(visit: Visit) -> web.StreamResponse:
    """GET /staff/can-bo/them"""
    return await _new_page(visit)


@staff_page(Role.ADMIN)
async def add_member(visit: Visit) -> web.StreamResponse:
    form, role = visit.form, _role(visit)
    if role is None:
        return await _new_page(visit, "web.staff.wrong.role")
    given = await visit.house.accounts.add(
        form.get("login").lower(), form.get("name"), role, form.all("agency"), _doer(visit)
    )
    if isinstance(given, Wrong):
        return await _new_page(visit, f"web.staff.wrong.{given}")
    return await _given_page(visit, given)


@staff_page(Role.ADMIN)
async def show_member(visit: Visit) -> web.StreamResponse:
    """GET /staff/can-bo/ai/{login}"""
    return await _member_page(visit)


@staff_page(Role.ADMIN)
async def set_member(visit: Visit) -> web.StreamResponse:
    form, role = visit.form, _role(visit)
    if role is None or not _doer(visit).reason:
        return await _member_page(visit, "web.staff.wrong.role" if role is None else "web.staff.wrong.reason")
    agencies = form.all("agency")
    wrong = await visit.house.accounts.set(_login(visit), _doer(visit), form.get("name"), role, agencies)
    return await _done(visit, wrong, "member_set")


@staff_page(Role.ADMIN)
async def disable_member(visit: Visit) -> web.StreamResponse:
    if _login(visit) == visit.account.login:
        return await _member_page(visit, "web.staff.wrong.yourself")
    if not _doer(visit).reason:
        return await _member_page(visit, "web.staff.wrong.reason")
    return await _done(visit, await visit.house.accounts.disable(_login(visit), _doer(visit)), "member_disabled")


@staff_page(Role.ADMIN)
async def enable_member(visit: Visit) -> web.StreamResponse:
    if not _doer(visit).reason:
        return await _member_page(visit, "web.staff.wrong.reason")
    return await _done(visit, await visit.house.accounts.enable(_login(visit), _doer(visit)), "member_enabled")


@staff_page(Role.ADMIN)
async def log_member_out(visit: Visit) -> web.StreamResponse:
    if not _doer(visit).reason:
        return await _member_page(visit, "web.staff.wrong.reason")
    return await _done(visit, await visit.house.accounts.end_sessions(_login(visit), _doer(visit)), "member_logged_out")


@staff_page(Role.ADMIN)
async def reset_member(visit: Visit) -> web.StreamResponse:
    if _login(visit) == visit.account.login:
        return await _member_page(visit, "web.staff.wrong.yourself")
    if not _doer(visit).reason:
        return await _member_page(visit, "web.staff.wrong.reason")
    given = await visit.house.accounts.reset(_login(visit), _doer(visit))
    if isinstance(given, Wrong):
        return await _done(visit, given, "")
    return await _given_page(visit, given)


async def _done(visit: Visit, wrong: Wrong | None, flash: str) -> web.Response:
    if wrong is not None:
        return await _member_page(visit, f"web.staff.wrong.{wrong}")
    return visit.go(address_of(_login(visit)), flash)


async def _given_page(visit: Visit, given: Given) -> web.Response:
    """Shown by this answer and nowhere else: the password is kept as a hash only."""
    title = visit.texts.get("web.staff.given.title")
    return await visit.page(
        "staff/given.html", title, given=given, back=address_of(given.account), days=GIVEN_LASTS.days
    )


async def _new_page(visit: Visit, wrong: str | None = None) -> web.Response:
    form = visit.form
    return await visit.page(
        "staff/member_new.html",
        visit.texts.get("web.staff.members.new"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(wrong),
        login=form.get("login"),
        name=form.get("name"),
        reason=form.get("reason"),
        roles=tuple(Role),
        chosen=form.get("role", Role.VIEWER.value),
        agencies=agencies_to_choose(visit.catalogue),
        ticked=frozenset(form.all("agency")),
        action=NEW,
        back=MEMBERS,
    )


async def _member_page(visit: Visit, wrong: str | None = None) -> web.Response:
    account: Account | None = await visit.house.book.account(_login(visit))
    if account is None:
        return await visit.not_found()
    return await visit.page(
        "staff/member.html",
        account.name,
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(wrong),
        member=account,
        name=account.name,
        roles=tuple(Role),
        chosen=account.role.value,
        agencies=agencies_to_choose(visit.catalogue),
        ticked=frozenset(account.agencies),
        action=address_of(account.login),
        back=MEMBERS,
        is_self=account.login == visit.account.login,
        chats=len(await visit.house.book.chats_of(account.login)),
    )


def _login(visit: Visit) -> str:
    return visit.request.match_info["login"]


def _role(visit: Visit) -> Role | None:
    given = visit.form.get("role")
    return Role(given) if given in set(Role) else None


def _doer(visit: Visit) -> Doer:
    return Doer(visit.account.login, visit.reason)
