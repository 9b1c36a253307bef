"""With STAFF_CODES_FROM=editor nobody from that role on opens anything before they use codes of a telephone."""

from __future__ import annotations

import re

import pyotp
import pytest

from bot.store.staff import Role
from tests.unit.web.staff.conftest import PASSWORD, Browser, Office

OWN = "/staff/tai-khoan"


@pytest.fixture
def codes_from() -> str:
    return "editor"


async def test_nothing_else_is_opened(office: Office, browser: Browser) -> None:
    await office.hire("bien", Role.EDITOR)
    await browser.log_in("bien")
    answer = await browser.client.get(OWN, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, f"{OWN}/ma")
    page = await browser.text(f"{OWN}/ma")
    assert "Tài khoản của anh/chị phải dùng mã trên điện thoại. Anh/chị bật mã để tiếp tục." in page
    found = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert found is not None
    secret, now = found[1], office.clock
    code = pyotp.TOTP(secret).at(now.at)
    await browser.post(f"{OWN}/ma", at=f"{OWN}/ma", secret=secret, code=code, password=PASSWORD)
    await browser.text(OWN)
    now.pass_by(minutes=1)
    off = await browser.post(f"{OWN}/ma/tat", at=OWN, password=PASSWORD, code=pyotp.TOTP(secret).at(now.at))
    assert off.status == 422
    account = await office.store.office.staff.account("bien")
    assert account is not None
    assert account.has_codes


async def test_who_is_less_may_go_on_without(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    await browser.text(OWN)
