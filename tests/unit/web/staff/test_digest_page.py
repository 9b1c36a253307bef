"""The page on which staff choose their digests: kept, logged, theirs alone."""

from __future__ import annotations

import re

from bot.ratings.deadlines import DigestKind
from bot.store.staff import Role
from tests.unit.web.staff.conftest import MakeBrowser, Office

OWN, DIGESTS = "/staff/tai-khoan", "/staff/tai-khoan/ban-tin"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="kind" value="([a-z-]+)" checked', page)


async def test_what_is_ticked_is_kept_and_shown(office: Office, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    browser = await new_browser()
    await browser.log_in("lan")
    assert ticked(await browser.text(DIGESTS)) == []
    sent = await browser.post(DIGESTS, DIGESTS, kind=["monthly", "half-yearly", "daily"])
    assert (sent.status, sent.headers["Location"]) == (303, OWN)
    assert "Đã lưu lựa chọn bản tin." in await browser.text(OWN)
    assert ticked(await browser.text(DIGESTS)) == ["monthly", "half-yearly"]
    assert await office.store.office.digests.kinds_of("lan") == {DigestKind.MONTHLY, DigestKind.HALF_YEARLY}
    entry = (await office.store.office.staff.entries(1))[0]
    assert (entry.act.actor, entry.act.action, entry.subject) == ("lan", "digests", "lan")
    assert (entry.before, entry.after) == ({"digests": []}, {"digests": ["monthly", "half-yearly"]})
    await browser.post(DIGESTS, DIGESTS)
    assert ticked(await browser.text(DIGESTS)) == []


async def test_who_has_no_chat_is_told_that_there_is_nowhere_to_send_it(
    office: Office, new_browser: MakeBrowser
) -> None:
    await office.hire("lan", Role.VIEWER)
    browser = await new_browser()
    await browser.log_in("lan")
    page = await browser.text(DIGESTS)
    assert "Anh/chị chưa liên kết tài khoản trò chuyện, nên chưa có nơi nhận." in page
    assert "Bản tin được gửi lúc 8 giờ, 3 ngày trước ngày phải báo cáo." in page


async def test_not_without_login_and_not_without_the_token(office: Office, new_browser: MakeBrowser) -> None:
    await office.hire("lan", Role.VIEWER)
    browser = await new_browser()
    assert await browser.text(DIGESTS, 303) is not None
    await browser.log_in("lan")
    assert (await browser.post(DIGESTS, kind="monthly")).status == 403
    assert await office.store.office.digests.kinds_of("lan") == frozenset()
