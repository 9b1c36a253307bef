"""Who may open what: every route below /staff, whoever has added it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.store.staff import Act, Change, Role
from bot.web.staff import cookies
from bot.web.staff.access import LOGIN, LOGIN_CODE, StaffPage, staff_page
from bot.web.staff.house import STAFF, add_banner, add_menu_entry
from bot.web.staff.visit import Visit
from tests.unit.web.staff.conftest import PASSWORD, Browser, MakeBrowser, Office

PUBLIC = {LOGIN, LOGIN_CODE}


def staff_routes(app: web.Application) -> list[tuple[str, str, Role]]:
    """Method, address with something filled in, and who may at the least."""
    found = []
    for route in app.router.routes():
        resource = route.resource
        if resource is None or not resource.canonical.startswith("/staff") or resource.canonical in PUBLIC:
            continue
        page = getattr(route.handler, "__self__", None)
        assert isinstance(page, StaffPage), resource.canonical
        names = dict.fromkeys(re.findall(r"{(\w+)}", resource.canonical), "1")
        found.append((route.method, str(resource.url_for(**names)), page.least))
    return found


async def test_nothing_is_answered_without_a_session(office: Office, browser: Browser) -> None:
    for method, path, _ in staff_routes(office.app):
        response = await browser.client.request(method, path, allow_redirects=False)
        assert (method, path, response.status, await response.text()) == (method, path, 303, "")
        assert response.headers["Location"].startswith(LOGIN)


@pytest.mark.parametrize(
    "path", ["/staff", "/staff/", "/staff/none", "/%73taff/can-bo", "/staff/can-bo/", "/staff/%2e"]
)
async def test_what_is_not_there_is_nobodys_business_either(browser: Browser, path: str) -> None:
    response = await browser.client.get(path, allow_redirects=False)
    assert response.status in {303, 404}
    assert "Cán bộ" not in await response.text()


@pytest.mark.parametrize("role", list(Role))
async def test_each_page_is_opened_by_whom_it_is_for(office: Office, browser: Browser, role: Role) -> None:
    await office.hire("lan", role)
    await office.hire("chi", Role.ADMIN)
    await browser.log_in("lan")
    for method, path, least in staff_routes(office.app):
        if method == "POST" or role.may(least):
            continue
        response = await browser.client.request(method, path, allow_redirects=False)
        assert (path, response.status) == (path, 403)
        newest, *_ = await office.store.office.staff.entries(1)
        assert (newest.act.actor, newest.act.action) == ("lan", "refused_page")
    menu = office.app[STAFF]
    page = await browser.get("/staff/tai-khoan")
    shown = [url for _, url in page.links if url in {entry.path for entry in menu.menu}]
    assert shown == [entry.path for entry in menu.menu_for(role)]


@pytest.mark.parametrize("fields", [{}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "é"}])
async def test_a_form_without_its_token_changes_nothing(
    office: Office, browser: Browser, fields: dict[str, str]
) -> None:
    await office.hire("lan", Role.ADMIN)
    await browser.log_in("lan")
    before = await office.store.office.staff.entries(99)
    pages = [path for method, path, _ in staff_routes(office.app) if method == "POST"]
    with capture_logs() as told:
        for path in pages:
            assert (path, (await browser.post(path, **fields)).status) == (path, 403)
    assert [line["event"] for line in told] == ["staff_form_refused"] * len(pages)
    assert await office.store.office.staff.entries(99) == before


async def test_a_token_of_another_session_is_none(office: Office, browser: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.ADMIN)
    await browser.log_in("lan")
    other = await new_browser()
    await other.log_in("lan")
    page = await other.text("/staff/tai-khoan")
    token = page.split('name="csrf" value="')[1].split('"')[0]
    assert (await browser.post("/staff/tai-khoan/tro-chuyen", csrf=token, chat_password=PASSWORD)).status == 403
    assert (await other.post("/staff/tai-khoan/tro-chuyen", csrf=token, chat_password=PASSWORD)).status == 200


async def test_another_site_cannot_send_a_form(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.ADMIN)
    response = await browser.client.post(
        LOGIN, data={"login": "lan", "password": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status == 403
    assert await office.store.office.staff.sessions("lan") == ()


@pytest.mark.parametrize(
    ("steps", "is_there"),
    [
        ([29, 29, 29], True),
        ([30], False),
        # Busy all day, and out after twelve hours all the same.
        ([20] * 35, True),
        ([20] * 36, False),
    ],
)
async def test_a_session_ends(office: Office, browser: Browser, steps: list[int], is_there: bool) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    statuses = []
    for minutes in steps:
        office.clock.pass_by(minutes=minutes)
        statuses.append((await browser.client.get("/staff/tai-khoan", allow_redirects=False)).status)
    assert statuses == [200] * (len(steps) - 1) + [200 if is_there else 303]


@pytest.mark.parametrize(
    "change",
    [
        Change(is_active=False, ends_sessions=True),
        Change(is_active=False),
        Change(role=Role.EDITOR, ends_sessions=True),
    ],
)
async def test_a_session_is_taken_back_at_once(office: Office, browser: Browser, change: Change) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    await browser.text("/staff/tai-khoan")
    await office.store.office.staff.change("lan", change, Act(office.clock.at, "chi", "set"))
    await browser.text("/staff/tai-khoan", 303)


async def test_nothing_is_kept_framed_or_indexed(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    for path in (LOGIN, "/staff/tai-khoan", "/staff/none", "/staff/can-bo"):
        response = await browser.client.get(path, allow_redirects=False)
        names = ("Cache-Control", "X-Robots-Tag", "X-Frame-Options")
        assert [response.headers[name] for name in names] == ["no-store", "noindex, nofollow", "DENY"]
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


async def test_over_tls_the_cookie_is_bound_to_this_host(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cookies, "is_encrypted", lambda _: True)
    await office.hire("lan", Role.VIEWER)
    cookie = (await browser.log_in("lan")).cookies["__Host-mot_cua_staff"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


async def test_a_page_that_does_not_say_whom_it_is_for_is_for_nobody(office: Office, new_browser: MakeBrowser) -> None:
    async def careless(_: web.Request) -> web.Response:
        return web.Response(text="all of it")

    office.app.router.add_get("/staff/careless", careless)
    browser = await new_browser()
    await office.hire("lan", Role.ADMIN)
    await browser.log_in("lan")
    assert "all of it" not in await browser.text("/staff/careless", 500)


async def test_a_page_registers_itself(office: Office, new_browser: MakeBrowser) -> None:
    @staff_page(Role.EDITOR)
    async def show(visit: Visit) -> web.StreamResponse:
        return await visit.page("staff/message.html", "Trang mới", message="Nội dung")

    async def banner() -> str | None:
        return "web.staff.demonstration"

    office.app.router.add_get("/staff/moi", show)
    add_menu_entry(office.app, "/staff/moi", "web.staff.nav.members", Role.EDITOR, -1)
    add_banner(office.app, banner)
    browser = await new_browser()
    await office.hire("lan", Role.EDITOR)
    assert (await browser.log_in("lan")).headers["Location"] == "/staff/moi"
    page = await browser.get("/staff/moi")
    assert page.of("h1", "p") == [
        "Một Cửa Mẫu · Cán bộ",
        "Đây là dữ liệu trình diễn, không phải đánh giá thật.",
        "Trang mới",
        "Nội dung",
    ]
    menu = [link for link in page.links if link[1].startswith("/staff")]
    assert (menu[0], menu[-1]) == (("Cán bộ", "/staff/moi"), ("Tài khoản", "/staff/tai-khoan"))
    assert '<a href="/staff/moi" aria-current="page">' in await browser.text("/staff/moi")


async def test_a_session_used_is_not_written_at_every_request(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    seen = []
    for seconds in (59, 1, 30):
        office.clock.pass_by(seconds=seconds)
        await browser.text("/staff/tai-khoan")
        seen.append((await office.store.office.staff.sessions("lan"))[0].seen_at - office.clock.at)
    assert seen == [timedelta(seconds=-59), timedelta(0), timedelta(seconds=-30)]
