"""Who may open what below /staff.

Nothing there is answered without a session, but the page to log in; a page says by `@staff_page(Role.…)` who may open
it, and one that does not say so is answered to nobody. A form is taken only with the token of its own session.

    @staff_page(Role.VIEWER)
    async def show_overview(visit: Visit) -> web.StreamResponse:
        rows = await visit.store.office.figures.…
        return await visit.page("staff/overview.html", visit.texts.get("web.staff.overview.title"), rows=rows)
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.store.staff import Entry, Role
from bot.web.forms import Form, read_form
from bot.web.staff.cookies import forget_token, token_of
from bot.web.staff.house import STAFF
from bot.web.staff.visit import CSRF_FIELD, Visit
from bot.web.uploads import Upload, has_files, read_upload

_log = structlog.get_logger(__name__)
ROOT = "/staff"
LOGIN = "/staff/dang-nhap"
LOGIN_CODE = "/staff/dang-nhap/ma"
PASSWORD = "/staff/tai-khoan/mat-khau"  # noqa: S105 - an address
CODES = "/staff/tai-khoan/ma"
RETURN_FIELD = "ve"
_PUBLIC = frozenset({LOGIN, LOGIN_CODE})
_SAFE_METHODS = frozenset({"GET", "HEAD"})
MOST_FIELDS = 400
"""A form on which every agency of the province can be ticked."""
_MOST_RETURN_CHARS = 1000
_VISIT = web.RequestKey("visit", Visit)
Page = Callable[[Visit], Awaitable[web.StreamResponse]]


class StaffPage:
    """A page of staff, and who may open it."""

    def __init__(
        self, page: Page, least: Role, *, while_changing: bool, while_enrolling: bool, with_files: bool
    ) -> None:
        self.least = least
        self.while_changing = while_changing
        self.while_enrolling = while_changing or while_enrolling
        self.with_files = with_files
        self._page = page

    async def answer(self, request: web.Request) -> web.StreamResponse:
        visit: Visit = request[_VISIT]
        if not visit.account.role.may(self.least):
            await visit.house.book.note(Entry(visit.act("refused_page"), _name_of(request)))
            return await visit.refuse("web.staff.refused.role")
        if visit.account.must_change and not self.while_changing:
            return see_other(PASSWORD)
        if visit.house.wants_codes(visit.account.role) and not (visit.account.has_codes or self.while_enrolling):
            return see_other(CODES)
        if request.method not in _SAFE_METHODS:
            has_them = self.with_files and has_files(request)
            upload = await read_upload(request) if has_them else Upload(await read_form(request, MOST_FIELDS))
            if not _is_own(upload.form, visit):
                _log.warning("staff_form_refused", page=_name_of(request))
                return await visit.refuse("web.staff.refused.form")
            visit = visit.with_form(upload.form, upload.files)
        return await self._page(visit)


def staff_page(
    least: Role, *, while_changing: bool = False, while_enrolling: bool = False, with_files: bool = False
) -> Callable[[Page], Callable[[web.Request], Awaitable[web.StreamResponse]]]:
    """Make a handler of a page; `while_changing`: also for those who have to choose a password first;
    `while_enrolling`: also for those who have to ask for codes first; `with_files`: its form brings files, which are
    in `visit.files`.
    """

    def make(page: Page) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        made = StaffPage(
            page, least, while_changing=while_changing, while_enrolling=while_enrolling, with_files=with_files
        )
        return made.answer

    return make


@web.middleware
async def let_in_staff(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Below /staff, first of all, who is it?"""
    if not is_staff_address(request):
        return await handler(request)
    resource = request.match_info.route.resource
    if resource is not None and resource.canonical in _PUBLIC:
        return await handler(request)
    present = await request.app[STAFF].entrance.present(token_of(request))
    if present is None:
        response = see_other(_login_address(request))
        forget_token(request, response)
        return response
    is_page = isinstance(getattr(request.match_info.handler, "__self__", None), StaffPage)
    if request.match_info.http_exception is None and not is_page:
        raise RuntimeError("a page below /staff that does not say who may open it")
    request[_VISIT] = Visit(request, present)
    return await handler(request)


async def keep_to_ourselves(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: what staff see is kept by no browser, no proxy and no search engine, and never framed."""
    if is_staff_address(request):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["X-Frame-Options"] = "DENY"


def is_staff_address(request: web.Request) -> bool:
    return request.path == ROOT or request.path.startswith(f"{ROOT}/")


def see_other(address: str) -> web.Response:
    """Go on there, with GET."""
    return web.Response(status=303, headers={"Location": address})


def local_return(address: str) -> str | None:
    """Where to go on after logging in: a page of staff on this host; None for whatever else somebody made up."""
    if len(address) > _MOST_RETURN_CHARS or "\\" in address or not address.isprintable() or not address.isascii():
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_here = not parts.scheme and not parts.netloc and (parts.path == ROOT or parts.path.startswith(f"{ROOT}/"))
    return address if is_here and parts.path not in _PUBLIC and ".." not in parts.path else None


def _login_address(request: web.Request) -> str:
    back = local_return(request.rel_url.raw_path_qs) if request.method in _SAFE_METHODS else None
    return LOGIN if back in {None, ROOT} else f"{LOGIN}?{urlencode({RETURN_FIELD: back})}"


def _name_of(request: web.Request) -> str:
    """The page as it was registered: what stands in an address may be anything."""
    resource = request.match_info.route.resource
    return request.path if resource is None else resource.canonical


def _is_own(form: Form, visit: Visit) -> bool:
    return hmac.compare_digest(form.get(CSRF_FIELD).encode(), visit.csrf.encode())
