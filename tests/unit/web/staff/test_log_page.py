from __future__ import annotations

import pytest

from bot.store.staff import Act, Entry, Role
from bot.texts import load_texts
from bot.web.staff.log_page import LogRow, row_of
from tests.unit.web.staff.conftest import START, Browser, Office


async def test_the_newest_first_in_parts(office: Office, browser: Browser) -> None:
    await office.hire("chi", Role.ADMIN)
    await browser.log_in("chi")
    for number in range(60):
        await office.store.office.staff.note(Entry(Act(START, "chi", f"việc {number}", "<lý do>"), "báo cáo"))
    page = await browser.get("/staff/nhat-ky")
    cells = page.of("td")
    assert (cells[:6], len(cells)) == (["08:00 22/11/2026", "chi", "việc 59", "báo cáo", "", "<lý do>"], 50 * 6)
    assert page.links[-1] == ("Cũ hơn", "/staff/nhat-ky?truoc=13")
    older = await browser.get("/staff/nhat-ky?truoc=13")
    assert older.of("td")[-12:] == [
        *("08:00 22/11/2026", "chi", "Đăng nhập", "chi", "", ""),
        *("08:00 22/11/2026", "người vận hành (test)", "Thêm cán bộ", "chi"),
        # One line each, parted by <br>.
        (
            "Cơ quan được xem: –Mã trên điện thoại: khôngĐang hoạt động: cóPhải đổi mật khẩu: khôngHọ tên: Bà chi"
            "Quyền: Quản trị"
        ),
        "",
    ]
    assert older.links[-1] == ("Mới nhất", "/staff/nhat-ky")


async def test_a_number_that_is_none(office: Office, browser: Browser) -> None:
    await office.hire("chi", Role.ADMIN)
    await browser.log_in("chi")
    for given in ("x", "-1", "9" * 30, "²", "%00"):
        assert (await browser.get(f"/staff/nhat-ky?truoc={given}")).of("td")[2] == "Đăng nhập"


def test_what_became_other() -> None:
    entry = Entry(
        Act(START, "", "refused", "vì thế"),
        "lan",
        {"role": "viewer", "chat": "linked", "agencies": ["H99.05"], "outcome": None},
        {"role": "editor", "agencies": [], "n": 3, "outcome": "fixed", "team": "youth", "until": "2027-02-20"},
        7,
    )
    assert row_of(entry, load_texts()) == LogRow(
        START,
        "chưa rõ",
        "Đăng nhập sai",
        "lan",
        "vì thế",
        (
            "Cơ quan được xem: H99.05 → –",
            "Tài khoản trò chuyện: bỏ đã liên kết",
            "n: 3",
            "Kết quả: – → Đã sửa",
            "Quyền: Người xem → Người xử lý",
            "Đội: Đoàn thanh niên",
            "Dùng đến ngày: 20/2/2027",
        ),
    )


@pytest.mark.parametrize(
    ("subject", "words"),
    [("case:7", "Đánh giá số 7"), ("lan", "lan"), ("1.900001", "1.900001"), ("other:7", "other:7"), (":", ":")],
)
def test_what_it_was_done_to(subject: str, words: str) -> None:
    assert row_of(Entry(Act(START, "chi", "case"), subject), load_texts()).subject == words
