"""A new list on its way to citizens, step by step, and what editors say beside it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from bot.operations.times import now
from bot.ratings.periods import day_of
from docs.screenshots.keeping import BIRTH, Shown, keep
from tests.e2e.desk import confirm, fill_in_decision, preview, save_previewed, saved, spreadsheet, upload
from tests.e2e.process import operate

REMOVED, RENAMED, MISTYPED = "2.000206", "1.013855", "2.000591"
"""What is other in the list that is uploaded."""
BODIES = "Ủy ban nhân dân xã, phường"
_CODE, _NAME = 3, 2
_NOTICE = "Cổng Dịch vụ công bảo trì tối thứ Bảy. Anh/chị nộp hồ sơ vào ngày khác."
_BENEFIT = "Nộp trên mạng thì trả kết quả sớm hơn một ngày làm việc."
PAGES = (
    Shown("imports", "/staff/danh-muc/nhap"),
    Shown("draft", "/staff/danh-muc/nhap/1"),
    Shown("draft-kind", "/staff/danh-muc/nhap/1/ca-loai?loai=removed"),
    Shown("difference", "/staff/danh-muc/nhap/1/khac-biet"),
    Shown("publish", "/staff/danh-muc/cong-bo?nhap=1"),
    Shown("catalogue", "/staff/danh-muc"),
    Shown("rollback", "/staff/danh-muc/tro-lai?so=0"),
    Shown("editorial", "/staff/bien-tap"),
    Shown("editorial-form", "/staff/bien-tap/them?loai=notice"),
    Shown("editorial-remove", "/staff/bien-tap/bo?so=1"),
)


def published_list(data: Path) -> bytes:
    """The communes' list as it is printed, but for a procedure less, another name and a code that is mistyped."""
    file = data / "list.xlsx"
    operate(data, "catalog", "list", "--tier", "commune", "--format", "xlsx", "--output", str(file))
    book = load_workbook(BytesIO(file.read_bytes()))
    (sheet,) = book.worksheets
    for row in range(sheet.max_row, 0, -1):
        code = sheet.cell(row, _CODE)
        if code.value == REMOVED:
            sheet.delete_rows(row)
        elif code.value == RENAMED:
            sheet.cell(row, _NAME).value = f"{sheet.cell(row, _NAME).value} (sửa đổi)"
        elif code.value == MISTYPED:
            code.value = MISTYPED.replace(".", "")
    return saved(book)


def edit(page: Page, url: str, whole_list: bytes) -> tuple[Shown, ...]:
    """One list waits for answers, another is published, and citizens are told something; the pages to be taken."""
    upload(page, url, "danh-muc-cap-xa.xlsx", whole_list, tier="cấp xã", reason="Danh mục cấp xã mới công bố")
    today = day_of(now())
    new = ("1.999001", "Đăng ký sử dụng nhà văn hóa thôn", "Văn hóa", BODIES, "Toàn trình")
    page.goto(url + upload(page, url, "bo-sung.xlsx", spreadsheet(new), is_whole=False, reason="Bổ sung một thủ tục"))
    page.get_by_role("link", name="Sang trang công bố").click()
    fill_in_decision(page, "3456/QĐ-UBND", today.isoformat())
    keep(page, "publish-confirm", "desktop")
    confirm(page, "Công bố", "Bổ sung theo quyết định mới")
    days = {"first": today.isoformat(), "last": (today + timedelta(days=14)).isoformat()}
    preview(page, url, "Thêm thông báo", scope="procedure", code=BIRTH, text=_NOTICE, **days)
    keep(page, "editorial-preview", "desktop")
    save_previewed(page)
    source = "Quyết định số 1234/QĐ-UBND (ví dụ)"
    preview(page, url, "Thêm lợi ích khi nộp trên mạng", code=BIRTH, text=_BENEFIT, source=source, **days)
    save_previewed(page)
    return PAGES
