"""One's own account, as a browser changes it."""

from __future__ import annotations

import re

import pyotp
import pytest

from bot.operations.staff.chat_links import link_chat
from bot.store.staff import Role
from tests.unit.web.staff.conftest import PASSWORD, Browser, MakeBrowser, Office

OWN = "/staff/tai-khoan"
CHANGE = f"{OWN}/mat-khau"
NEW = "một câu khác hẳn trước"


async def test_what_one_sees_of_oneself(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER, ("H99.101", "H99.05"))
    await browser.log_in("lan")
    page = await browser.get(OWN)
    said = page.of("h1", "h2", "dt", "li", "p")
    assert said[said.index("Tài khoản của tôi") + 1 :] == [
        "Tên đăng nhập",
        "Quyền",
        "Được xem",
        "Mật khẩu",
        "Đổi mật khẩu",
        "Mã trên điện thoại",
        "Chưa bật.",
        "Bật hoặc tắt mã trên điện thoại",
        "Tài khoản trò chuyện",
        (
            "Liên kết để hỏi số liệu ngay trong Zalo hoặc Telegram. "
            "Đánh giá gửi từ tài khoản đó được đánh dấu là của cán bộ."
        ),
        "Chưa liên kết.",
        "",
        "Lấy mã liên kết",
        "Bản tin trước ngày báo cáo",
        "Nhận tóm tắt số liệu trong tài khoản trò chuyện, trước ngày phải báo cáo.",
        "Chọn bản tin",
        "Đang đăng nhập ở",
        "Đăng nhập lúc 08:00 22/11/2026, dùng gần nhất lúc 08:00 22/11/2026. Máy này.",
    ]
    assert re.findall(r"<dd>(.*?)</dd>", await browser.text(OWN)) == [
        "lan",
        "Người xem",
        "An Mẫu, Sở Nông nghiệp và Môi trường",
    ]


async def test_a_password_is_changed(office: Office, browser: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    elsewhere = await new_browser()
    await elsewhere.log_in("lan")
    await browser.log_in("lan")
    done = await browser.post(CHANGE, at=CHANGE, old=PASSWORD, new=NEW, again=NEW)
    assert (done.status, done.headers["Location"]) == (303, OWN)
    flash = "Đã đổi mật khẩu. Những nơi khác đã bị đăng xuất."
    assert [flash in (await browser.text(OWN)) for _ in range(2)] == [True, False]
    await elsewhere.text(OWN, 303)
    assert (await elsewhere.log_in("lan")).status == 403
    assert (await elsewhere.log_in("lan", NEW)).status == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        (PASSWORD, NEW, NEW + "x", "Hai lần nhập mật khẩu mới không giống nhau."),
        ("sai", NEW, NEW, "Mật khẩu hiện tại không đúng."),
        (PASSWORD, PASSWORD, PASSWORD, "Mật khẩu mới phải khác mật khẩu hiện tại."),
        (PASSWORD, "ngắn", "ngắn", "Mật khẩu mới phải có ít nhất 12 ký tự."),
        (PASSWORD, "a" * 201, "a" * 201, "Mật khẩu mới dài quá."),
        (PASSWORD, "lan123456789", "lan123456789", "Mật khẩu mới dễ đoán quá. Anh/chị chọn mật khẩu khác."),
        (PASSWORD, "lan-lan-lan-lan", "lan-lan-lan-lan", "Mật khẩu mới quá giống tên đăng nhập."),
    ],
)
async def test_a_password_that_is_not_taken(
    office: Office, browser: Browser, old: str, new: str, again: str, said: str
) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    answer = await browser.post(CHANGE, at=CHANGE, old=old, new=new, again=again)
    page = await answer.text()
    assert (answer.status, f'role="alert" id="wrong">{said}<' in page) == (422, True)
    assert new not in page
    assert (await browser.log_in("lan")).status == 303


async def test_after_five_wrong_ones_one_has_to_wait(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    for _ in range(5):
        await browser.post(CHANGE, at=CHANGE, old="sai", new=NEW, again=NEW)
    answer = await browser.post(CHANGE, at=CHANGE, old=PASSWORD, new=NEW, again=NEW)
    assert "Đã thử sai nhiều lần. Anh/chị đợi vài phút rồi thử lại." in await answer.text()


async def test_the_square_holds_the_secret_and_codes_go_on_and_off(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    page = await browser.text(f"{OWN}/ma")
    found = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert found is not None
    assert 'src="data:image/svg+xml' in page
    secret = found[1]
    code = pyotp.TOTP(secret).at(office.clock.at)
    wrong = await browser.post(f"{OWN}/ma", at=OWN, secret=secret, code="000000", password=PASSWORD)
    assert (wrong.status, f'value="{secret}"' in await wrong.text()) == (422, True)
    made_up = await browser.post(f"{OWN}/ma", at=OWN, secret="abc", code=code, password=PASSWORD)
    assert made_up.status == 422
    await browser.post(f"{OWN}/ma", at=OWN, secret=secret, code=code, password=PASSWORD)
    assert "Đã bật mã trên điện thoại." in await browser.text(OWN)
    assert secret not in await browser.text(f"{OWN}/ma")
    office.clock.pass_by(minutes=1)
    code = pyotp.TOTP(secret).at(office.clock.at)
    assert (await browser.post(f"{OWN}/ma/tat", at=OWN, password="sai", code=code)).status == 422
    assert (await browser.post(f"{OWN}/ma/tat", at=OWN, password=PASSWORD)).status == 422
    await browser.post(f"{OWN}/ma/tat", at=OWN, password=PASSWORD, code=code)
    assert "Đã tắt mã trên điện thoại." in await browser.text(OWN)


async def test_a_chat_account_is_linked_by_the_code_shown(office: Office, browser: Browser) -> None:
    lan = await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    assert (await browser.post(f"{OWN}/tro-chuyen", at=OWN, chat_password="sai")).status == 422
    page = await (await browser.post(f"{OWN}/tro-chuyen", at=OWN, chat_password=PASSWORD)).text()
    found = re.search(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})</code>", page)
    assert found is not None
    assert await link_chat(office.store.office.staff, "person", found[1], office.clock.at) == lan
    assert "Đã liên kết 1 tài khoản." in await browser.text(OWN)
    await browser.post(f"{OWN}/tro-chuyen/bo", at=OWN)
    assert "Đã bỏ liên kết tài khoản trò chuyện." in await browser.text(OWN)
    assert await office.store.office.staff.staff_of_chat("person") is None


async def test_one_logs_out_everywhere_else(office: Office, browser: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    elsewhere = await new_browser()
    await elsewhere.log_in("lan")
    await browser.log_in("lan")
    wrong = await browser.post(f"{OWN}/dang-xuat-noi-khac", at=OWN, session_password="sai")
    assert (wrong.status, "Mật khẩu hiện tại không đúng." in await wrong.text()) == (422, True)
    await elsewhere.text(OWN)
    await browser.post(f"{OWN}/dang-xuat-noi-khac", at=OWN, session_password=PASSWORD)
    await elsewhere.text(OWN, 303)
    assert "Đã đăng xuất ở mọi nơi khác." in await browser.text(OWN)


async def test_one_logs_out_at_one_place(office: Office, browser: Browser, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    elsewhere = await new_browser()
    await elsewhere.log_in("lan")
    office.clock.pass_by(minutes=1)
    await browser.log_in("lan")
    (key,) = re.findall(r'name="session" value="([0-9a-f]{64})"', await browser.text(OWN))
    await browser.post(f"{OWN}/dang-xuat-noi-khac", at=OWN, session_password=PASSWORD, session=key)
    await elsewhere.text(OWN, 303)
    assert "Đã đăng xuất nơi đó." in await browser.text(OWN)


async def test_what_was_seen_of_a_session_is_of_no_use_after_a_change(
    office: Office, browser: Browser, new_browser: MakeBrowser
) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    thief, jar = await new_browser(), browser.client.session.cookie_jar
    stolen = {cookie.key: cookie.value for cookie in jar if cookie.key == "mot_cua_staff"}
    thief.client.session.cookie_jar.update_cookies(stolen, thief.client.make_url("/"))
    await thief.text(OWN)
    await browser.post(CHANGE, at=CHANGE, old=PASSWORD, new=NEW, again=NEW)
    await thief.text(OWN, 303)
    await browser.text(OWN)


async def test_who_logs_in_over_a_session_leaves_none_behind(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    await browser.log_in("lan")
    assert len(await office.store.office.staff.sessions("lan")) == 1


@pytest.mark.parametrize(
    "cookie",
    ["x", "eA==", "W10=", "WyJ3ZWIuc3RhZmYuZmxhc2gucGFzc3dvcmQiLCAxXQ==", "WyJmYWlsZWQiLCB7fV0=", "A" * 2000, "%ff"],
)
async def test_a_message_that_somebody_made_up_is_not_told(office: Office, browser: Browser, cookie: str) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    browser.client.session.cookie_jar.update_cookies({"mot_cua_staff_told": cookie}, browser.client.make_url("/"))
    assert 'role="status"' not in await browser.text(OWN)


async def test_no_form_of_ones_own_changes_what_one_may(office: Office, browser: Browser) -> None:
    """Fields that other forms have are left alone here, whatever they are called."""
    before = await office.hire("lan", Role.VIEWER, ("H99.101",))
    await office.hire("quan", Role.ADMIN)
    await browser.log_in("lan")
    more = {"login": "quan", "role": "admin", "is_active": "0", "agency": "", "name": "Khác", "must_change": "0"}
    forms = [
        route.resource.canonical
        for route in office.app.router.routes()
        if route.method == "POST" and route.resource is not None and route.resource.canonical.startswith(OWN)
    ]
    assert len(forms) > 5
    for path in forms:
        response = await browser.post(path, at=OWN, **more)
        assert response.status < 500, path
    assert await office.store.office.staff.account("lan") == before
    quan = await office.store.office.staff.account("quan")
    assert quan is not None
    assert (quan.role, quan.name) == (Role.ADMIN, "Bà quan")
