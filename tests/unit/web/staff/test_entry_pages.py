"""Logging in and out as a browser does it."""

from __future__ import annotations

import pyotp
import pytest

from bot.operations.staff.entering import hashed
from bot.store.staff import Act, Change, Role
from tests.unit.web.staff.conftest import Browser, MakeBrowser, Office

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


def told(page: str) -> bool:
    return WRONG in page


async def test_somebody_logs_in_and_out(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    response = await browser.log_in("lan")
    assert (response.status, response.headers["Location"]) == (303, "/staff")
    page = await browser.get("/staff/tai-khoan")
    assert page.of("h1") == ["Tài khoản của tôi"]
    left = await browser.post("/staff/dang-xuat", at="/staff/tai-khoan")
    assert (left.status, left.headers["Location"]) == (303, "/staff/dang-nhap")
    await browser.text("/staff/tai-khoan", 303)
    log = await office.store.office.staff.entries(10)
    assert [(entry.act.actor, entry.act.action, entry.subject) for entry in log] == [
        ("lan", "log_out", "lan"),
        ("lan", "log_in", "lan"),
        ("cli:test", "add", "lan"),
    ]


async def test_the_cookie_is_nobody_elses(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    response = await browser.log_in("lan")
    cookie = response.cookies["mot_cua_staff"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", "")


@pytest.mark.parametrize(("login", "password"), [("lan", "sai mật khẩu rồi"), ("ai đó", "sai mật khẩu rồi"), ("", "")])
async def test_a_wrong_name_and_a_wrong_password_read_alike(
    office: Office, browser: Browser, login: str, password: str
) -> None:
    await office.hire("lan", Role.VIEWER)
    response = await browser.log_in(login, password)
    assert (response.status, told(await response.text())) == (403, True)
    await browser.text("/staff/tai-khoan", 303)


async def test_who_is_disabled_is_told_nothing_else(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await office.hire("chủ", Role.ADMIN)
    await office.store.office.staff.change("lan", Change(is_active=False), Act(office.clock.at, "chủ", "disable"))
    response = await browser.log_in("lan")
    assert (response.status, told(await response.text())) == (403, True)


@pytest.mark.parametrize("login", ["lan", "không có ai"])
async def test_after_five_failures_one_has_to_wait(office: Office, browser: Browser, login: str) -> None:
    """Also for names that do not exist: waiting tells nobody which do."""
    await office.hire("lan", Role.VIEWER)
    answers = [(await browser.log_in(login, "sai")).status for _ in range(5)]
    waiting = await browser.log_in(login)
    assert (answers, waiting.status, waiting.headers["Retry-After"]) == ([403] * 5, 429, "60")
    assert "Anh/chị thử lại sau 1 phút." in await waiting.text()


async def test_the_right_password_is_taken_after_waiting(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    for _ in range(5):
        await browser.log_in("lan", "sai")
    office.clock.pass_by(minutes=1)
    assert (await browser.log_in("lan")).status == 303


@pytest.mark.parametrize(
    ("back", "goes"),
    [
        ("/staff/tai-khoan/ma?a=1&b=%C3%A1", "/staff/tai-khoan/ma?a=1&b=%C3%A1"),
        ("/staff", "/staff"),
        ("https://evil.example/staff", "/staff"),
        ("//evil.example/staff/", "/staff"),
        ("/staff/..//evil.example", "/staff"),
        ("/\\evil.example", "/staff"),
        ("/staffed", "/staff"),
        ("/staff/\r\nSet-Cookie: a=b", "/staff"),
        ("javascript:alert(1)", "/staff"),
        ("/staff/dang-nhap", "/staff"),
        ("/", "/staff"),
        ("", "/staff"),
    ],
)
async def test_one_goes_on_where_one_wanted_to_and_nowhere_else(
    office: Office, browser: Browser, back: str, goes: str
) -> None:
    await office.hire("lan", Role.VIEWER)
    assert (await browser.log_in("lan", ve=back)).headers["Location"] == goes


async def test_who_is_sent_to_log_in_comes_back(office: Office, browser: Browser) -> None:
    response = await browser.client.get("/staff/nhat-ky?truoc=7", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (
        303,
        "/staff/dang-nhap?ve=%2Fstaff%2Fnhat-ky%3Ftruoc%3D7",
    )
    page = await browser.text(response.headers["Location"])
    assert '<input type="hidden" name="ve" value="/staff/nhat-ky?truoc=7">' in page


async def test_a_given_password_serves_only_to_choose_another(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.ADMIN, must_change=True)
    assert (await browser.log_in("lan", ve="/staff/can-bo")).headers["Location"] == "/staff/tai-khoan/mat-khau"
    response = await browser.client.get("/staff/can-bo", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/staff/tai-khoan/mat-khau")
    page = await browser.get("/staff/tai-khoan/mat-khau")
    assert page.of("h1") == ["Đổi mật khẩu"]


async def test_a_code_is_asked_for_besides(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    page = await browser.text("/staff/tai-khoan/ma")
    secret = page.split('name="secret" value="')[1].split('"')[0]
    totp = pyotp.TOTP(secret)
    done = await browser.post(
        "/staff/tai-khoan/ma",
        at="/staff/tai-khoan",
        secret=secret,
        code=totp.at(office.clock.at),
        password="một câu dài dễ nhớ",
    )
    assert done.headers["Location"] == "/staff/tai-khoan"
    await browser.post("/staff/dang-xuat", at="/staff/tai-khoan")
    asked = await browser.log_in("lan")
    assert (asked.status, "Mã 6 chữ số" in await asked.text()) == (200, True)
    await browser.text("/staff/tai-khoan", 303)
    # The code with which it was turned on has served.
    again = await browser.post("/staff/dang-nhap/ma", code=totp.at(office.clock.at))
    assert again.status == 403
    office.clock.pass_by(seconds=30)
    code = totp.at(office.clock.at)
    assert (await browser.post("/staff/dang-nhap/ma", code=code)).headers["Location"] == "/staff"
    await browser.text("/staff/tai-khoan")
    await browser.post("/staff/dang-xuat", at="/staff/tai-khoan")
    await browser.log_in("lan")
    assert (await browser.post("/staff/dang-nhap/ma", code=code)).status == 403


async def test_a_code_without_a_password_before_it(office: Office, browser: Browser) -> None:
    response = await browser.post("/staff/dang-nhap/ma", code="123456")
    assert (response.status, response.headers["Location"]) == (303, "/staff/dang-nhap")


async def test_a_password_that_was_right_is_not_right_for_ever(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    act = Act(office.clock.at, "lan", "codes_on")
    secret = pyotp.random_base32()
    await office.store.office.staff.change("lan", Change(code_secret=secret), act)
    await browser.log_in("lan")
    office.clock.pass_by(minutes=5)
    late = await browser.post("/staff/dang-nhap/ma", code=pyotp.TOTP(secret).at(office.clock.at))
    assert late.headers["Location"] == "/staff/dang-nhap"


async def test_nobody_logs_another_in_under_a_session_of_their_own_making(
    office: Office, browser: Browser, new_browser: MakeBrowser
) -> None:
    """Whoever has put a cookie into a browser, even that of a real session, holds nothing of who logs in there: that
    session ends.
    """
    await office.hire("lan", Role.VIEWER)
    await office.hire("quan", Role.ADMIN)
    other = await new_browser()
    theirs = (await other.log_in("lan")).cookies["mot_cua_staff"].value
    for planted in ("x" * 43, theirs):
        browser.client.session.cookie_jar.update_cookies({"mot_cua_staff": planted}, browser.client.make_url("/"))
        own = (await browser.log_in("quan")).cookies["mot_cua_staff"].value
        assert own not in {planted, theirs}
    assert await office.store.office.staff.session(hashed("x" * 43)) is None
    assert await office.store.office.staff.session(hashed(theirs)) is None
