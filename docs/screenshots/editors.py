"""A new list on its way to citizens, step by step, and what editors say beside it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from bot.operations.times import now
from bot.ratings.periods import day_of
from docs.screenshots.keeping import BIRTH, Shown, keep
from tests.e2e.desk import confirm, fill_in_decision, preview, save_previewed, saved, upload
from tests.e2e.process import operate

REMOVED, RENAMED, MISTYPED = "2.000206", "1.013855", "2.000591"
"""What is other in the list that is uploaded."""
_NAME, _CODE = 1, 2
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


def lists(data: Path) -> tuple[bytes, bytes]:
    """The communes' list as it is printed, changed: with what has to be asked about, and as it can be published."""
    file = data / "list.xlsx"
    operate(data, "catalog", "list", "--tier", "commune", "--format", "xlsx", "--output", str(file))
    return _doubtful(file.read_bytes()), _newer(file.read_bytes())


def _doubtful(printed: bytes) -> bytes:
    """One procedure has another name, and a code is mistyped."""
    book = load_workbook(BytesIO(printed))
    (sheet,) = book.worksheets
    for row in sheet.iter_rows():
        if row[_CODE].value == RENAMED:
            row[_NAME].value = f"{row[_NAME].value} (sửa đổi)"
        elif row[_CODE].value == MISTYPED:
            row[_CODE].value = MISTYPED.replace(".", "")
    return saved(book)


def _newer(printed: bytes) -> bytes:
    """One procedure less, and one that is new."""
    book = load_workbook(BytesIO(printed))
    (sheet,) = book.worksheets
    (row,) = (row[0].row for row in sheet.iter_rows() if row[_CODE].value == REMOVED)
    for place, text in ((_CODE, "1.999001"), (_NAME, "Đăng ký sử dụng nhà văn hóa thôn, tổ dân phố")):
        sheet.cell(row, place + 1).value = text
    return saved(book)


def _decide(data: Path, draft: str) -> None:
    """What the list lacks stays in the catalogue, but for the one procedure that was abolished."""
    found = json.loads(operate(data, "catalog", "findings", draft, "--json"))
    answers = [("--accept" if REMOVED in str(one) else "--reject", one["id"]) for one in found]
    operate(
        data, "catalog", "decide", draft, *(word for answer in answers for word in answer), "--reason", "Đã đối chiếu"
    )


def edit(page: Page, url: str, data: Path) -> tuple[Shown, ...]:
    """One list waits for answers, another is published, and citizens are told something; the pages to be taken."""
    doubtful, newer = lists(data)
    upload(page, url, "danh-muc-cap-xa.xlsx", doubtful, reason="Danh mục cấp xã mới công bố")
    draft = upload(page, url, "danh-muc-cap-xa-thang-12.xlsx", newer, reason="Danh mục tháng 12")
    _decide(data, draft.rpartition("/")[2])
    page.goto(url + draft)
    page.get_by_role("link", name="Sang trang công bố").click()
    today = day_of(now())
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
