"""The queue of bad ratings, as staff see it and work on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest

from bot.ratings.model import Subject
from bot.store.cases import CaseChange, CaseOutcome, CaseQuery, CaseState
from bot.store.staff import Act, Role
from tests.unit.store.test_cases import BAD, GOOD, agree, give, rating
from tests.unit.web.staff.conftest import START, Browser, Office

HERE, ELSEWHERE = "H99.05", "H99.101"
OURS = Subject("1.900001", "1.900001.01", HERE, "H99.101")
THEIRS = Subject("1.900003", "", ELSEWHERE)


async def rated(office: Office) -> None:
    """1: ours; 2: another agency's, a day later; 3: satisfied."""
    ours, theirs = rating("a", BAD, about=OURS), rating("b", BAD, about=THEIRS, days=1)
    await give(office.store, ours, theirs, rating("c", GOOD, about=OURS))


def numbers(text: str) -> list[str]:
    return re.findall(r'href="/staff/viec/(\d+)"', text)


async def test_the_queue_is_read_by_filters(office: Office, browser: Browser) -> None:
    await rated(office)
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    taken = CaseChange(CaseState.TAKEN, "lan", None, "", None)
    await office.store.office.cases.change(2, taken, Act(START, "lan", "case"))

    async def shown(query: str) -> list[str]:
        return numbers(await browser.text(f"/staff/viec{query}"))

    assert await shown("") == ["1", "2"]
    assert await shown("?trang-thai=new") == ["1"]
    assert await shown("?trang-thai=closed") == []
    assert await shown("?trang-thai=x&phu-trach=toi") == ["2"]
    assert await shown("?phu-trach=chua") == ["1"]
    assert await shown(f"?co-quan={HERE}") == ["1"]
    assert await shown("?den=2026-11-21") == ["1"]
    assert await shown("?tu=2026-11-22&den=không") == ["2"]
    assert await shown("?sau=1") == ["2"]
    assert await shown("?sau=99999999999999999999&tuoi=9999") == ["1", "2"]
    assert await shown("?tuoi=3") == []
    office.clock.pass_by(days=3)
    await browser.log_in("lan")
    assert await shown("?tuoi=3") == ["1", "2"]
    assert await shown("?tuoi=7") == []


async def test_the_queue_of_today_and_of_a_week(office: Office, browser: Browser) -> None:
    await give(office.store, *(rating(f"{days}", BAD, about=OURS, days=days) for days in (0, 1, 2, 8)))
    office.clock.pass_by(days=7)
    await office.hire("xem", Role.VIEWER)
    await browser.log_in("xem")
    page = await browser.get("/staff/viec")
    address = dict(page.links)
    assert numbers(await browser.text(address["Hôm nay"])) == ["4"]
    assert numbers(await browser.text(address["7 ngày qua"])) == ["3", "4"]
    assert numbers(await browser.text(address["Mọi ngày"])) == ["1", "2", "3", "4"]


async def test_a_viewer_of_an_agency_reaches_no_other_case_by_any_address(office: Office, browser: Browser) -> None:
    await rated(office)
    await office.hire("xem", Role.VIEWER, (HERE,))
    await browser.log_in("xem")
    for query in ("", "?trang-thai=tat-ca", f"?co-quan={ELSEWHERE}", "?co-quan=", "?phu-trach=chua", "?sau=0"):
        text = await browser.text(f"/staff/viec{query}")
        assert numbers(text) == ([] if ELSEWHERE in query else ["1"])
        assert "1.900003" not in text
    assert "Khai sinh" in await browser.text("/staff/viec/1")
    for path in ("/staff/viec/2", "/staff/viec/3", "/staff/viec/99"):
        assert (await browser.get(path, 404)).of("h1") == ["Không mở được trang này"]
    for path in ("/staff/viec/1", "/staff/viec/1/nhan", "/staff/viec/1/bao", "/staff/viec/2", "/staff/viec/2/nhan"):
        response = await browser.post(path, at="/staff/viec/1", state="closed", owner="xem", outcome="fixed")
        assert response.status == 403
    cases = await office.store.office.cases.listed(CaseQuery(tuple(CaseState)), 9)
    assert [(case.number, case.changed_at) for case in cases] == [(1, None), (2, None)]


async def test_a_viewer_without_agencies_sees_all_and_changes_nothing(office: Office, browser: Browser) -> None:
    await rated(office)
    await office.hire("xem", Role.VIEWER)
    await browser.log_in("xem")
    assert numbers(await browser.text("/staff/viec")) == ["1", "2"]
    page = await browser.text("/staff/viec/2")
    assert re.findall(r'<form[^>]*action="([^"]*)"', page) == ["/staff/dang-xuat"]


async def test_from_a_case_its_procedure_can_be_reported_as_old(office: Office, browser: Browser) -> None:
    await rated(office)
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    page = await browser.text("/staff/viec/1")
    fields = re.findall(r'action="/staff/can-xem-lai/bao">\s*<input[^>]*>(<input[^>]*>)', page)
    case = await office.store.office.cases.find(1, None)
    assert case is not None
    assert fields == [f'<input type="hidden" name="code" value="{case.subject.code}">']
    await browser.post("/staff/can-xem-lai/bao", at="/staff/viec/1", code=case.subject.code)
    assert [one.code for one in await office.store.office.stale.open()] == [case.subject.code]


async def test_an_editor_takes_a_case_closes_it_and_leaves_a_history(office: Office, browser: Browser) -> None:
    await rated(office)
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    taken = await browser.post("/staff/viec/1/nhan", at="/staff/viec/1", seen="")
    assert (taken.status, taken.headers["Location"]) == (303, "/staff/viec/1")
    page = await browser.text("/staff/viec/1")
    seen = re.findall(r'name="seen" value="([^"]*)"', page)[0]
    assert "Anh/chị đã nhận việc này." in page
    refused = await browser.post(
        "/staff/viec/1", at="/staff/viec/1", seen=seen, state="closed", owner="lan", outcome="", note="Đã hỏi."
    )
    told = await refused.text()
    assert (refused.status, "Anh/chị chọn kết quả trước." in told, ">Đã hỏi.</textarea>" in told) == (422, True, True)
    office.clock.pass_by(minutes=1)
    closed = {"state": "closed", "owner": "lan", "outcome": "fixed", "note": "Đã hỏi.", "reason": "xong"}
    done = await browser.post("/staff/viec/1", at="/staff/viec/1", seen=seen, **closed)
    assert done.status == 303
    again = await browser.post("/staff/viec/1", at="/staff/viec/1", seen=seen, **closed)
    assert (again.status, "Người khác vừa sửa việc này." in await again.text()) == (422, True)
    assert numbers(await browser.text("/staff/viec")) == ["2"]
    assert numbers(await browser.text("/staff/viec?trang-thai=closed")) == ["1"]
    case = await office.store.office.cases.find(1, None)
    assert case is not None
    assert (case.state, case.owner, case.outcome, case.note) == (
        CaseState.CLOSED,
        "lan",
        CaseOutcome.FIXED,
        "Đã hỏi.",
    )
    later = START + timedelta(minutes=1)
    history = [(entry.act, dict(entry.after)) for entry in await office.store.office.cases.history(1)]
    assert history == [
        (
            Act(later, "lan", "case", "xong"),
            {"state": "closed", "outcome": "fixed", "note": "Đã hỏi."},
        ),
        (Act(START, "lan", "case"), {"state": "taken", "owner": "lan"}),
    ]
    page = await browser.text("/staff/viec/1")
    assert "Tình trạng: Đang xử lý → Đã xong" in page


@pytest.mark.parametrize("field", ["state", "outcome"])
async def test_what_is_not_in_the_list_is_refused(office: Office, browser: Browser, field: str) -> None:
    await rated(office)
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    fields = {"state": "closed", "owner": "lan", "outcome": "fixed"} | {field: "gì đó"}
    response = await browser.post("/staff/viec/1", at="/staff/viec/1", seen="rác", **fields)
    assert (response.status, "Anh/chị chọn trong danh sách." in await response.text()) == (422, True)


async def test_the_person_is_told(office: Office, browser: Browser) -> None:
    await rated(office)
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    assert "Không báo được. Người này chưa đồng ý" in await browser.text("/staff/viec/1")
    await agree(office.store, "a", seen=START - timedelta(hours=1))
    assert "Anh/chị chọn kết quả và lưu trước" in await browser.text("/staff/viec/1")
    closed = {"state": "closed", "owner": "lan", "outcome": "fixed"}
    await browser.post("/staff/viec/1", at="/staff/viec/1", seen="", **closed)
    assert "Chỗ chưa tốt đã được sửa." in await browser.text("/staff/viec/1")
    refused = await browser.post("/staff/viec/1/bao", at="/staff/viec/1", sentence="Xem https://lua.dao")
    assert (refused.status, "Câu nhắn có đường dẫn." in await refused.text()) == (422, True)
    told = await browser.post("/staff/viec/1/bao", at="/staff/viec/1", sentence="Nay đã chạy.")
    assert (told.status, await office.store.inbox.is_known("telegram", "notice:case:1")) == (303, True)
    assert "Đã chuyển lời báo lúc 08:00 22/11/2026." in await browser.text("/staff/viec/1")


async def test_a_rating_that_was_changed_says_so(office: Office, browser: Browser) -> None:
    await rated(office)
    await give(office.store, rating("a", GOOD, about=replace(OURS), days=1))
    await office.hire("xem", Role.VIEWER)
    await browser.log_in("xem")
    assert "nay đã hài lòng" in await browser.text("/staff/viec")
    assert "Người dân đã đánh giá lại lúc 15:00 22/11/2026: Rất hài lòng." in await browser.text("/staff/viec/1")


async def test_nobody_reads_a_case_without_logging_in(browser: Browser) -> None:
    for path in ("/staff/viec", "/staff/viec/1"):
        response = await browser.client.get(path, allow_redirects=False)
        assert (response.status, unquote(response.headers["Location"])) == (303, f"/staff/dang-nhap?ve={path}")
