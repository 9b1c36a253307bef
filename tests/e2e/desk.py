"""What editors do at their pages, in their words: lists that are read and published, and what is said beside them."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import FilePayload, Locator, Page, expect

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ")
CATALOGUE = "/staff/danh-muc"
EDITORIAL = "/staff/bien-tap"


def spreadsheet(*rows: tuple[str, ...]) -> bytes:
    """A list as the national portal exports it: a merged banner, headings in row 2, codes as text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Danh mục"
    sheet.append(["DANH MỤC DỊCH VỤ CÔNG TRỰC TUYẾN"])
    sheet.merge_cells("A1:F1")
    sheet.append(list(HEAD))
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def upload(
    page: Page, url: str, name: str, content: bytes, *, tier: str = "", is_whole: bool = True, reason: str = ""
) -> str:
    """A list, as a draft; its address."""
    page.goto(url + CATALOGUE)
    page.get_by_role("link", name="Nhập danh mục từ tệp").click()
    page.get_by_label("Tệp danh mục").set_input_files(FilePayload(name=name, mimeType=SPREADSHEET, buffer=content))
    if tier:
        page.get_by_label("Danh mục của cấp nào").select_option(label=tier)
    page.get_by_label("Đây là toàn bộ danh mục").set_checked(is_whole)
    page.get_by_label("Lý do").fill(reason)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đọc xong.")
    return page.url.removeprefix(url)


def finding(page: Page, words: str) -> Locator:
    """The point of a draft that says this."""
    return page.locator("ol.findings > li").filter(has_text=words)


def expect_saved(page: Page) -> None:
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")


def fill_in_decision(page: Page, number: str, day: str) -> None:
    """On the page that publishes; what becomes other is shown then."""
    page.get_by_label("Quyết định", exact=True).fill(number)
    page.get_by_label("Ngày ký").fill(day)
    page.get_by_label("Cơ quan ra quyết định").fill("Ủy ban nhân dân tỉnh")
    page.get_by_role("button", name="Xem thay đổi").click()
    expect(page.get_by_role("heading", name="Những gì thay đổi")).to_be_visible()


def confirm(page: Page, button: str, reason: str) -> None:
    page.get_by_label("Lý do").fill(reason)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(" danh mục ")


def preview(page: Page, url: str, kind: str, **fields: str) -> Locator:
    """What citizens would read. `kind`: the words of its link; `fields`: by the names of the form; "" chooses none."""
    page.goto(url + EDITORIAL)
    page.get_by_role("link", name=kind, exact=True).click()
    for name, value in fields.items():
        box = page.locator(f"[name={name}]:not([type=hidden]):not([type=radio])")
        if box.count() == 0:
            page.locator(f"[name={name}][value={value}]").check()
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    page.get_by_role("button", name="Xem trước").click()
    return page.get_by_role("region", name="Người dân sẽ đọc")


def save_previewed(page: Page) -> None:
    page.get_by_role("button", name="Lưu và cho hiện").click()
    expect(page.get_by_role("status")).to_have_text("Đã lưu. Vài giây nữa người dân thấy.")


def take_back(page: Page, url: str, words: str) -> None:
    page.goto(url + EDITORIAL)
    page.get_by_role("link", name=f"Rút: {words}").click()
    page.get_by_label("Lý do").fill("Đã xong")
    page.get_by_role("button", name="Rút", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Đã rút. Vài giây nữa người dân không thấy nữa.")
