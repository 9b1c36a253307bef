"""One's own account: password, codes of a telephone, sessions, and the chat account."""

from __future__ import annotations

import segno
from aiohttp import web

from bot.operations.staff.accounts import Wrong
from bot.operations.staff.codes import address_of, is_secret, new_secret
from bot.operations.staff.entering import Refused
from bot.operations.staff.passwords import LEAST_CHARS, Weakness
from bot.store.staff import Role
from bot.web.staff.access import CODES, PASSWORD, staff_page
from bot.web.staff.cookies import keep_token
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import agency_names
from bot.web.staff.visit import Visit

OWN = "/staff/tai-khoan"
CHAT = f"{OWN}/tro-chuyen"
_SQUARE_SCALE = 5


def add_own_pages(app: web.Application) -> None:
    add_menu_entry(app, OWN, "web.staff.nav.own", Role.VIEWER, 100)
    app.router.add_get(OWN, show_own)
    app.router.add_get(PASSWORD, show_password)
    app.router.add_post(PASSWORD, change_password)
    app.router.add_get(CODES, show_codes)
    app.router.add_post(CODES, use_codes)
    app.router.add_post(f"{CODES}/tat", stop_codes)
    app.router.add_post(CHAT, show_chat_code)
    app.router.add_post(f"{CHAT}/bo", unlink_chats)
    app.router.add_post(f"{OWN}/dang-xuat-noi-khac", end_others)


@staff_page(Role.VIEWER)
async def show_own(visit: Visit) -> web.StreamResponse:
    """GET /staff/tai-khoan"""
    return await _own_page(visit)


async def _own_page(visit: Visit, wrong: Wrong | Refused | None = None) -> web.Response:
    book, account = visit.house.book, visit.account
    return await visit.page(
        "staff/own.html",
        visit.texts.get("web.staff.own.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(_wrong(wrong)),
        agencies=agency_names(visit.catalogue, account.agencies),
        sessions=await book.sessions(account.login),
        current=visit.present.session.key,
        chats=len(await book.chats_of(account.login)),
    )


@staff_page(Role.VIEWER, while_changing=True)
async def show_password(visit: Visit) -> web.StreamResponse:
    """GET /staff/tai-khoan/mat-khau"""
    return await _password_page(visit)


@staff_page(Role.VIEWER, while_changing=True)
async def change_password(visit: Visit) -> web.StreamResponse:
    form = visit.form
    if form.raw("new") != form.raw("again"):
        return await _password_page(visit, "web.staff.weak.differs")
    answer = await visit.house.own.change_password(visit.present, form.raw("old"), form.raw("new"))
    if answer is None:
        return await _go_on(visit, "password")
    if isinstance(answer, Weakness):
        return await _password_page(visit, f"web.staff.weak.{answer}")
    return await _password_page(visit, _wrong(answer))


@staff_page(Role.VIEWER, while_enrolling=True)
async def show_codes(visit: Visit) -> web.StreamResponse:
    """GET /staff/tai-khoan/ma: a new secret each time, which counts only when a code made with it comes back."""
    return await _codes_page(visit, new_secret())


@staff_page(Role.VIEWER, while_enrolling=True)
async def use_codes(visit: Visit) -> web.StreamResponse:
    form = visit.form
    secret = form.get("secret")
    if not is_secret(secret):
        return await _codes_page(visit, new_secret(), "web.staff.wrong.code")
    wrong = await visit.house.own.use_codes(visit.present, form.raw("password"), secret, form.get("code"))
    return await _go_on(visit, "codes_on") if wrong is None else await _codes_page(visit, secret, _wrong(wrong))


@staff_page(Role.VIEWER)
async def stop_codes(visit: Visit) -> web.StreamResponse:
    if visit.house.wants_codes(visit.account.role):
        return await _codes_page(visit, new_secret(), "web.staff.codes.needed")
    form = visit.form
    wrong = await visit.house.own.stop_codes(visit.present, form.raw("password"), form.get("code"))
    return await _go_on(visit, "codes_off") if wrong is None else await _codes_page(visit, new_secret(), _wrong(wrong))


@staff_page(Role.VIEWER)
async def show_chat_code(visit: Visit) -> web.StreamResponse:
    """POST /staff/tai-khoan/tro-chuyen: shown by this answer and nowhere else, for it is kept as a hash only."""
    code = await visit.house.own.chat_code(visit.present, visit.form.raw("chat_password"))
    if not isinstance(code, str) or isinstance(code, Wrong):
        return await _own_page(visit, code)
    return await visit.page("staff/chat_code.html", visit.texts.get("web.staff.chat.title"), code=code, back=OWN)


@staff_page(Role.VIEWER)
async def unlink_chats(visit: Visit) -> web.StreamResponse:
    await visit.house.book.unlink_chats(visit.account.login, visit.act("unlink"))
    return visit.go(OWN, "unlinked")


@staff_page(Role.VIEWER)
async def end_others(visit: Visit) -> web.StreamResponse:
    """POST /staff/tai-khoan/dang-xuat-noi-khac: everywhere else, or at the one place whose button was pressed."""
    form = visit.form
    wrong = await visit.house.own.end_others(visit.present, form.raw("session_password"), form.get("session"))
    if wrong is not None:
        return await _own_page(visit, wrong)
    return visit.go(OWN, "one_ended" if form.get("session") else "others_ended")


async def _go_on(visit: Visit, flash: str) -> web.StreamResponse:
    """Back to the account, with another token than before."""
    response = visit.go(OWN, flash)
    keep_token(visit.request, response, await visit.house.entrance.renew(visit.present))
    return response


async def _password_page(visit: Visit, wrong: str | None = None) -> web.Response:
    return await visit.page(
        "staff/password.html",
        visit.texts.get("web.staff.password.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(wrong, least=LEAST_CHARS),
        least=LEAST_CHARS,
    )


async def _codes_page(visit: Visit, secret: str, wrong: str | None = None) -> web.Response:
    address = address_of(secret, visit.account.login, visit.catalogue.province.assistant_name)
    # Dark on light in either colour scheme: cameras want it so.
    square = segno.make_qr(address).svg_data_uri(scale=_SQUARE_SCALE, dark="#000", light="#fff")
    return await visit.page(
        "staff/codes.html",
        visit.texts.get("web.staff.codes.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else visit.texts.find(wrong),
        secret=secret,
        square=square,
        is_needed=visit.house.wants_codes(visit.account.role),
    )


def _wrong(why: Wrong | Refused) -> str:
    return "web.staff.wrong.tries" if isinstance(why, Refused) else f"web.staff.wrong.{why}"
