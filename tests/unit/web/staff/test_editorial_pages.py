"""What editors say beside the published list, as they say it on the pages."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalog.editorial import Benefit, Hiding, Notice, PartialReason, Pin, Scope
from bot.store.editorial import KeptItem
from bot.store.staff import Act, Role
from tests.unit.web.staff.conftest import START, Browser, Office

PAGE, ADD, REMOVE = "/staff/bien-tap", "/staff/bien-tap/them", "/staff/bien-tap/bo"
DAY, LAST = date(2026, 11, 22), date(2026, 11, 30)
BIRTH, LAND, OLD = "1.900001", "1.900003", "1.900004"
ACT = Act(START, "lan", "editorial_add", "nhiều người hỏi")
TOLD = "Thông báo đến hết ngày 30/11/2026: Cổng tạm nghỉ tối nay."
NOTICE = {"kind": "notice", "scope": "procedure", "code": BIRTH, "text": "Cổng tạm nghỉ tối nay."}
DAYS = {"first": "2026-11-22", "last": "2026-11-30"}
FORMS = [
    ({"kind": "pin", "phrase": "trái cây đầu mùa", "code": LAND}, Pin("trái cây đầu mùa", LAND)),
    (
        {"kind": "hiding", "code": BIRTH, "text": "Danh mục mới\nghi khác.", "agency": "H99.101"},
        Hiding(BIRTH, "Danh mục mới ghi khác.", DAY, "H99.101"),
    ),
    (NOTICE | DAYS, Notice(Scope.PROCEDURE, BIRTH, "Cổng tạm nghỉ tối nay.", DAY, LAST)),
    (
        NOTICE | DAYS | {"scope": "field", "field": "dat-dai", "code": ""},
        Notice(Scope.FIELD, "dat-dai", "Cổng tạm nghỉ tối nay.", DAY, LAST),
    ),
    (
        {"kind": "benefit", "code": BIRTH, "text": "Giảm một nửa.", "source": "Nghị quyết 12"} | DAYS,
        Benefit(BIRTH, "Giảm một nửa.", "Nghị quyết 12", DAY, LAST),
    ),
    (
        {"kind": "partial_reason", "code": LAND, "text": "Phải đo đất.", "source": "Quyết định 34", "agency": ""},
        PartialReason(LAND, "Phải đo đất.", "Quyết định 34"),
    ),
]


@pytest.fixture
async def editor(office: Office, browser: Browser) -> Browser:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    return browser


def at(kind: str) -> str:
    return f"{ADD}?loai={kind}"


@pytest.mark.parametrize(("form", "item"), FORMS)
async def test_each_kind_is_shown_first_and_saved_then(
    office: Office, editor: Browser, form: dict[str, str], item: object
) -> None:
    seen = await editor.post(ADD, at(form["kind"]), **form)
    assert (seen.status, "Người dân sẽ đọc" in await seen.text()) == (200, True)
    assert await office.store.office.editorial.items() == ()
    saved = await editor.post(ADD, at(form["kind"]), **form, reason="nhiều người hỏi", step="luu")
    assert (saved.status, saved.headers["Location"]) == (303, PAGE)
    assert await office.store.office.editorial.items() == (KeptItem(1, item, "lan", START, ACT.reason),)  # type: ignore[arg-type]
    assert [entry.act for entry in await office.store.office.staff.entries(1)] == [ACT]


async def test_the_preview_is_the_card_as_citizens_will_read_it(editor: Browser) -> None:
    seen = await editor.post(ADD, at("notice"), **NOTICE, **DAYS)
    text = await seen.text()
    lines = ["<p>Đăng ký khai sinh</p>", f"<p>{TOLD}</p>", f"<p>Mã {BIRTH}. Nguồn"]
    assert [text.index(line) for line in lines] == sorted(text.index(line) for line in lines)


async def test_a_pin_tells_what_is_answered_now(editor: Browser) -> None:
    seen = await editor.post(ADD, at("pin"), kind="pin", phrase="đăng ký khai sinh", code=LAND)
    assert '<p class="quiet">Trước: Khai sinh: lần đầu</p>' in await seen.text()


async def test_what_holds_what_will_what_is_over_and_what_does_not_fit(office: Office, editor: Browser) -> None:
    book = office.store.office.editorial
    await book.add(Pin("giấy cũ", OLD), ACT)
    await book.add(Notice(Scope.ALL, "", "Đang nghỉ.", DAY, LAST), ACT)
    await book.add(Hiding(BIRTH, "Ghi khác.", DAY, "H99.101"), ACT)
    await book.add(Notice(Scope.FIELD, "dat-dai", "Sắp nghỉ.", LAST, LAST), ACT)
    await book.add(Benefit(BIRTH, "Giảm một nửa.", "Nghị quyết 12", date(2026, 1, 1), date(2026, 1, 2)), ACT)
    page = await editor.get(PAGE)
    assert page.of("h2") == [
        "Không dùng được với danh mục hiện nay",
        "Đang hiện",
        "Sắp hiện",
        "Đã hết hạn",
    ]
    who = "lan, 08:00 22/11/2026 nhiều người hỏi"
    cells = page.of("td")
    assert [cells[start : start + 6] for start in range(0, len(cells), 6)] == [
        ["Ghim câu trả lời", "Đăng ký tạm trú", "giấy cũ Thủ tục 1.900005 đã thay thủ tục này.", "", who, "Rút"],
        ["Tạm ẩn", "Khai sinh: lần đầu, tại An Mẫu", "Ghi khác.", "từ 22/11/2026", who, "Rút"],
        ["Thông báo", "Mọi thủ tục, và màn hình đầu", "Đang nghỉ.", "22/11/2026 đến hết 30/11/2026", who, "Rút"],
        ["Thông báo", "Lĩnh vực Đất đai", "Sắp nghỉ.", "30/11/2026 đến hết 30/11/2026", who, "Rút"],
        [
            *("Lợi ích", "Khai sinh: lần đầu", "Giảm một nửa. Nguồn: Nghị quyết 12"),
            *("1/1/2026 đến hết 2/1/2026", who, "Rút"),
        ],
    ]


async def test_before_anything_is_said(editor: Browser) -> None:
    page = await editor.get(PAGE)
    assert (page.of("h2"), page.of("td"), "Chưa có gì." in page.of("p")) == (["Đang hiện"], [], True)
    assert [address for _, address in page.links if address.startswith(ADD)] == [
        at(kind) for kind in ("pin", "hiding", "notice", "benefit", "partial_reason")
    ]


async def test_it_is_taken_back_with_a_reason(office: Office, editor: Browser) -> None:
    book = office.store.office.editorial
    await book.add(Pin("trái cây đầu mùa", LAND), ACT)
    asked = f"{REMOVE}?so=1"
    assert (await editor.get(asked)).of("dd") == ["Tách thửa hoặc hợp thửa đất", "trái cây đầu mùa"]
    without = await editor.post(REMOVE, asked, number="1")
    assert (without.status, "Anh/chị ghi lý do rút." in await without.text()) == (422, True)
    assert len(await book.items()) == 1
    gone = await editor.post(REMOVE, asked, number="1", reason="đã xong")
    assert (gone.status, await book.items()) == (303, ())
    assert [e.act for e in await office.store.office.staff.entries(1)] == [
        Act(START, "lan", "editorial_remove", "đã xong")
    ]
    # The log is kept for good: nobody's number stays in it.
    await book.add(Pin("trái cây đầu mùa", LAND), ACT)
    await editor.post(REMOVE, f"{REMOVE}?so=2", number="2", reason="ông Tư gọi từ 0912345678")
    assert (await office.store.office.staff.entries(1))[0].act.reason == "ông Tư gọi từ [phone]"
    for number in ("1", "x", ""):
        assert (await editor.post(REMOVE, PAGE, number=number, reason="đã xong")).status == 404
        await editor.text(f"{REMOVE}?so={number}", 404)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "pin", "phrase": "cháy nhà", "code": LAND}, "Đây là lời kêu cứu, không được dẫn đến thủ tục nào."),
        ({"kind": "pin", "phrase": "giấy", "code": OLD}, "Thủ tục 1.900005 đã thay thủ tục này."),
        (NOTICE | DAYS | {"text": "Đang tiến hành."}, "Từ “tiến hành” khó hiểu với người dân."),
        (NOTICE | DAYS | {"text": "Xem evil.example"}, "evil.example không có trong danh sách trang được dẫn."),
        (NOTICE | {"first": "2026-11-22", "last": ""}, "Anh/chị chọn đủ ngày đầu và ngày cuối."),
        (NOTICE | DAYS | {"scope": "field", "code": ""}, "Anh/chị chọn một lĩnh vực."),
        (NOTICE | DAYS | {"scope": ""}, "Anh/chị chọn áp dụng cho đối tượng nào."),
        ({"kind": "hiding", "code": "xyzt qwrt", "text": "Ghi khác."}, "Không tìm ra thủ tục nào."),
    ],
)
async def test_what_is_not_said(office: Office, editor: Browser, form: dict[str, str], said: str) -> None:
    for step in ("", "luu"):
        response = await editor.post(ADD, at(form["kind"]), **form, step=step)
        text = await response.text()
        assert (response.status, said in text, "Người dân sẽ đọc" in text) == (422, True, False)
    assert await office.store.office.editorial.items() == ()


async def test_whoever_does_not_know_the_code_writes_what_it_is_called(editor: Browser) -> None:
    found = await editor.post(ADD, at("hiding"), kind="hiding", code="tách thửa", text="Ghi khác.", step="luu")
    text = await found.text()
    assert (found.status, f'name="code" value="{LAND}"' in text, 'name="text" value="Ghi khác."' in text) == (
        200,
        True,
        True,
    )


async def test_what_was_written_stays_in_the_form_and_runs_nothing(editor: Browser) -> None:
    text = '"><script>alert(1)</script>'
    response = await editor.post(ADD, at("notice"), **(NOTICE | DAYS | {"text": text}))
    written = await response.text()
    assert ("<script>alert" in written, "&lt;script&gt;alert(1)&lt;/script&gt;" in written) == (False, True)


@pytest.mark.parametrize("kind", ["", "poem"])
async def test_a_kind_that_there_is_not(editor: Browser, kind: str) -> None:
    await editor.text(at(kind), 404)
    assert (await editor.post(ADD, at("pin"), kind=kind)).status == 404


async def test_only_editors_say_anything(office: Office, browser: Browser) -> None:
    for path in (PAGE, at("pin"), f"{REMOVE}?so=1"):
        await browser.text(path, 303)
    await office.hire("hoa", Role.VIEWER)
    await browser.log_in("hoa")
    for path in (PAGE, at("pin"), f"{REMOVE}?so=1"):
        await browser.text(path, 403)
    assert (await browser.post(ADD, "/staff", kind="pin", phrase="a", code=LAND, step="luu")).status == 403
    assert await office.store.office.editorial.items() == ()


async def test_without_the_token_of_the_form_nothing_is_said(office: Office, editor: Browser) -> None:
    assert (await editor.post(ADD, **NOTICE, **DAYS, step="luu")).status == 403
    assert await office.store.office.editorial.items() == ()


async def test_the_log_tells_it_in_words(office: Office, editor: Browser) -> None:
    await editor.post(ADD, at("notice"), **NOTICE, **DAYS, step="luu")
    await office.hire("chu", Role.ADMIN)
    await editor.post("/staff/dang-xuat", PAGE)
    await editor.log_in("chu")
    page = await editor.get("/staff/nhat-ky")
    told = " ".join(page.of("td"))
    assert ("Thêm lời biên tập" in told, "Lời biên tập số 1" in told) == (True, True)
    assert ("Loại" in told, "Thông báo" in told, "Cổng tạm nghỉ tối nay." in told) == (True, True, True)
