"""Logging in and out: name and password, then a code where one is asked for."""

from __future__ import annotations

import math
from datetime import timedelta

from aiohttp import web

from bot.operations.staff.entering import CodeWanted, Entered, Refused
from bot.store.staff import Role
from bot.web.client_address import client_address
from bot.web.forms import Form, read_form
from bot.web.keys import LANGUAGES
from bot.web.languages import DEFAULT
from bot.web.pages.respond import passing
from bot.web.staff.access import (
    LOGIN,
    LOGIN_CODE,
    PASSWORD,
    RETURN_FIELD,
    ROOT,
    local_return,
    see_other,
    staff_page,
)
from bot.web.staff.cookies import forget_token, keep_token, keep_waiting, token_of, waiting_of
from bot.web.staff.house import STAFF
from bot.web.staff.visit import Visit, frame_values

LOGOUT = "/staff/dang-xuat"
_MOST_FIELDS = 10


def add_entry_pages(app: web.Application) -> None:
    app.router.add_get(LOGIN, show_login)
    app.router.add_post(LOGIN, log_in)
    app.router.add_get(LOGIN_CODE, show_code)
    app.router.add_post(LOGIN_CODE, give_code)
    app.router.add_post(LOGOUT, log_out)


async def show_login(request: web.Request) -> web.StreamResponse:
    """GET /staff/dang-nhap?ve=…: the only page of staff that everybody may see."""
    present = await request.app[STAFF].entrance.present(token_of(request))
    if present is not None:
        return see_other(_home(request, present.account.role))
    return _login_page(request, request.query.get(RETURN_FIELD, ""))


async def log_in(request: web.Request) -> web.StreamResponse:
    form = await read_form(request, _MOST_FIELDS)
    back, login = form.get(RETURN_FIELD), form.get("login")
    answer = await request.app[STAFF].entrance.log_in(login, form.raw("password"), client_address(request))
    if isinstance(answer, Refused):
        return _login_page(request, back, login, answer)
    if isinstance(answer, CodeWanted):
        response = _code_page(request, back)
        keep_waiting(request, response, answer.token)
        return response
    return await _entered(request, answer, form)


async def show_code(_: web.Request) -> web.StreamResponse:
    """GET /staff/dang-nhap/ma: somebody came here by going back; the password is to be given again."""
    return see_other(LOGIN)


async def give_code(request: web.Request) -> web.StreamResponse:
    form = await read_form(request, _MOST_FIELDS)
    answer = await request.app[STAFF].entrance.give_code(waiting_of(request), form.get("code"))
    if answer is None:
        return see_other(LOGIN)
    if isinstance(answer, Refused):
        return _code_page(request, form.get(RETURN_FIELD), answer)
    return await _entered(request, answer, form)


@staff_page(Role.VIEWER, while_changing=True)
async def log_out(visit: Visit) -> web.StreamResponse:
    await visit.house.entrance.log_out(visit.present)
    response = see_other(LOGIN)
    forget_token(visit.request, response)
    return response


async def _entered(request: web.Request, entered: Entered, form: Form) -> web.StreamResponse:
    account = entered.account
    back = local_return(form.get(RETURN_FIELD)) or _home(request, account.role)
    # A browser has one session: who logs in over another one leaves none behind.
    await request.app[STAFF].entrance.let_go(token_of(request))
    response = see_other(PASSWORD if account.must_change else back)
    keep_token(request, response, entered.token)
    return response


def _home(request: web.Request, role: Role) -> str:
    menu = request.app[STAFF].menu_for(role)
    return menu[0].path if menu else ROOT


def _login_page(request: web.Request, back: str, login: str = "", refused: Refused | None = None) -> web.Response:
    values = {"login": login, "refused": _why(request, refused, "web.staff.login.wrong")}
    return _outside(request, "staff/login.html", "web.staff.login.title", back, refused, values)


def _code_page(request: web.Request, back: str, refused: Refused | None = None) -> web.Response:
    values = {"refused": _why(request, refused, "web.staff.login.wrong_code")}
    return _outside(request, "staff/login_code.html", "web.staff.login.code_title", back, refused, values)


def _outside(
    request: web.Request, template: str, title: str, back: str, refused: Refused | None, values: dict[str, str]
) -> web.Response:
    frame = frame_values(request, request.app[LANGUAGES][DEFAULT].get(title))
    frame |= {"back_name": RETURN_FIELD, "back": local_return(back) or "", **values}
    status = 200 if refused is None else 403 if refused.until is None else 429
    response = passing(request, request.app[STAFF].environment.get_template(template).render(frame), status)
    if refused is not None and refused.until is not None:
        response.headers["Retry-After"] = str(_minutes(request, refused) * 60)
    return response


def _why(request: web.Request, refused: Refused | None, wrong: str) -> str:
    if refused is None:
        return ""
    texts = request.app[LANGUAGES][DEFAULT]
    if refused.until is None:
        return texts.get(wrong)
    return texts.get("web.staff.login.wait", minutes=_minutes(request, refused))


def _minutes(request: web.Request, refused: Refused) -> int:
    now = request.app[STAFF].clock()
    left = (refused.until or now) - now
    return max(1, math.ceil(left / timedelta(minutes=1)))
