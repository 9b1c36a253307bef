"""Who is staff, as an administrator changes it."""

from __future__ import annotations

import re

import pytest

from bot.store.staff import Account, Role
from tests.unit.web.staff.conftest import PASSWORD, Browser, MakeBrowser, Office

MEMBERS = "/staff/can-bo"
NEW = f"{MEMBERS}/them"
LAN = f"{MEMBERS}/ai/lan"
_GIVEN = re.compile(r"<code>([a-z0-9-]{35})</code>")


@pytest.fixture
async def admin(office: Office, browser: Browser) -> Browser:
    await office.hire("chi", Role.ADMIN)
    await browser.log_in("chi")
    return browser


async def test_the_list(office: Office, admin: Browser) -> None:
    await office.hire("lan", Role.VIEWER, ("H99.101",), must_change=True)
    page = await admin.get(MEMBERS)
    assert page.of("th", "td") == [
        *("Họ tên", "Tên đăng nhập", "Quyền", "Được xem", "Tình trạng"),
        *("Bà chi", "chi", "Quản trị", "Tất cả cơ quan", "Đang dùng"),
        *("Bà lan", "lan", "Người xem", "An Mẫu", "Chưa đặt mật khẩu"),
    ]


async def test_somebody_is_added_and_comes_in(office: Office, admin: Browser, new_browser: MakeBrowser) -> None:
    answer = await admin.post(
        NEW, at=NEW, login="Lan", name="Bà Lan", role="viewer", agency=["H99.101", "H99.05"], reason="mới về"
    )
    found = _GIVEN.search(await answer.text())
    assert found is not None
    account = Account("lan", "Bà Lan", Role.VIEWER, ("H99.101", "H99.05"), office.clock.at)
    assert await office.store.office.staff.account("lan") == account
    newest, *_ = await office.store.office.staff.entries(1)
    assert (newest.act.actor, newest.act.action, newest.act.reason) == ("chi", "add", "mới về")
    assert (await (await new_browser()).log_in("lan", found[1])).headers["Location"] == "/staff/tai-khoan/mat-khau"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"login": "l"}, "Từ 3 đến 32 chữ cái thường không dấu"),
        ({"login": "chi"}, "Tên đăng nhập này đã có người dùng."),
        ({"name": ""}, "Cần ghi họ tên"),
        ({"role": "chief"}, "Anh/chị chọn một quyền trong danh sách."),
        ({"agency": "H99.999"}, "Có cơ quan không nằm trong danh mục."),
        ({"agency": "H99.05", "role": "admin"}, "Chỉ người xem mới giới hạn theo cơ quan được."),
    ],
)
async def test_what_is_not_added_is_told_with_what_was_typed(
    office: Office, admin: Browser, fields: dict[str, str], said: str
) -> None:
    typed = {"login": "lan", "name": 'Bà "Lan" <b>', "role": "viewer", "reason": "mới về"} | fields
    answer = await admin.post(NEW, at=NEW, **typed)
    page = await answer.text()
    assert (answer.status, f'role="alert" id="wrong">{said}' in page) == (422, True)
    assert 'value="mới về"' in page
    assert "<b>" not in page
    assert [account.login for account in await office.store.office.staff.accounts()] == ["chi"]


async def test_rights_are_changed(office: Office, admin: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    theirs = await new_browser()
    await theirs.log_in("lan")
    done = await admin.post(f"{LAN}/sua", at=LAN, name="Bà Lan Anh", role="editor", reason="đổi việc")
    assert (done.status, done.headers["Location"]) == (303, LAN)
    assert "Đã lưu." in await admin.text(LAN)
    account = await office.store.office.staff.account("lan")
    assert account is not None
    assert (account.name, account.role) == ("Bà Lan Anh", Role.EDITOR)
    await theirs.text("/staff/tai-khoan", 303)


async def test_somebody_is_disabled_and_enabled(office: Office, admin: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    theirs = await new_browser()
    await theirs.log_in("lan")
    await admin.post(f"{LAN}/khoa", at=LAN, reason="nghỉ việc")
    await theirs.text("/staff/tai-khoan", 303)
    assert (await theirs.log_in("lan")).status == 403
    page = await admin.text(LAN)
    assert ("Đã khóa tài khoản." in page, f'formaction="{LAN}/mo"' in page) == (True, True)
    await admin.post(f"{LAN}/mo", at=LAN, reason="trở lại")
    assert (await theirs.log_in("lan")).status == 303


async def test_somebody_is_logged_out_everywhere(office: Office, admin: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    theirs = await new_browser()
    await theirs.log_in("lan")
    assert (await admin.post(f"{LAN}/dang-xuat", at=LAN)).status == 422, "without a reason"
    await theirs.text("/staff/tai-khoan")
    await admin.post(f"{LAN}/dang-xuat", at=LAN, reason="mất máy")
    assert "Người này đã bị đăng xuất ở mọi nơi." in await admin.text(LAN)
    await theirs.text("/staff/tai-khoan", 303)
    assert (await theirs.log_in("lan")).status == 303


async def test_a_new_password_is_given_out(office: Office, admin: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    answer = await admin.post(f"{LAN}/cap-lai", at=LAN, reason="quên")
    found = _GIVEN.search(await answer.text())
    assert found is not None
    theirs = await new_browser()
    assert (await theirs.log_in("lan", PASSWORD)).status == 403
    assert (await theirs.log_in("lan", found[1])).status == 303


@pytest.mark.parametrize("what", ["sua", "khoa", "mo", "cap-lai"])
async def test_without_a_reason_nothing_is_done(office: Office, admin: Browser, what: str) -> None:
    await office.hire("lan", Role.VIEWER)
    before = await office.store.office.staff.entries(99)
    answer = await admin.post(f"{LAN}/{what}", at=LAN, name="Khác", role="admin", reason=" ")
    assert (answer.status, "Anh/chị ghi lý do" in await answer.text()) == (422, True)
    assert await office.store.office.staff.entries(99) == before


@pytest.mark.parametrize("what", ["khoa", "cap-lai"])
async def test_nobody_locks_themselves_out(office: Office, admin: Browser, what: str) -> None:
    answer = await admin.post(f"{MEMBERS}/ai/chi/{what}", at=MEMBERS, reason="thử")
    assert answer.status == 422
    page = await admin.text(f"{MEMBERS}/ai/chi")
    assert "formaction" not in page


async def test_the_last_admin_stays(office: Office, admin: Browser) -> None:
    answer = await admin.post(f"{MEMBERS}/ai/chi/sua", at=MEMBERS, name="Chi", role="viewer", reason="thử")
    assert (answer.status, "người quản trị cuối cùng" in await answer.text()) == (422, True)


@pytest.mark.parametrize("login", ["ai", "%00", "..%2f", "x" * 500])
async def test_who_is_not_there(admin: Browser, login: str) -> None:
    await admin.text(f"{MEMBERS}/ai/{login}", 404)
    for what in ("sua", "khoa", "mo", "cap-lai"):
        answer = await admin.post(f"{MEMBERS}/ai/{login}/{what}", at=MEMBERS, name="x", role="viewer", reason="thử")
        assert answer.status == 404
