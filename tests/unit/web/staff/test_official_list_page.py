"""/staff/danh-muc/in: the list as a decision prints it, for whoever works with it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from bot.operations.official_list.files import list_file
from bot.operations.official_list.model import Heading, ListFormat, TierChoice
from bot.store.staff import Role
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT
from tests.unit.web.staff.conftest import Browser, Office

PRINT = "/staff/danh-muc/in"
GOOD = {"ban": "", "cap": "commune", "so": "12/QĐ-UBND", "ngay": "", "loai": "docx"}


def file_path(**changed: str) -> str:
    return f"{PRINT}/tai-ve?{urlencode(GOOD | changed)}"


@pytest.mark.parametrize("path", [PRINT, file_path()])
async def test_nothing_without_a_login(browser: Browser, path: str) -> None:
    response = await browser.client.get(path, allow_redirects=False)
    assert (response.status, await response.text()) == (303, "")


async def test_the_form_asks_what_to_print(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    page = await browser.get(PRINT)
    assert page.of("h1") == ["In danh mục"]
    assert page.of("option") == ["Đang dùng", "Tất cả", "Cấp tỉnh", "Cấp xã", "Cơ quan khác", "XLSX", "DOCX", "PDF"]
    assert page.of("label") == ["Phiên bản", "Cấp", "Số quyết định", "Ngày của quyết định", "Loại tệp"]


async def test_the_file_is_a_download(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    try:
        response = await browser.client.get(file_path())
        catalogue = office.app[ASSISTANT].catalogue
        expected = list_file(catalogue, TierChoice.COMMUNE, ListFormat.DOCX, Heading("12/QĐ-UBND"))
        assert (response.status, await response.read()) == (200, expected)
        assert response.headers["Content-Disposition"].endswith('.docx"')
    finally:
        await office.app[BACKING].reporting.close()


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"ngay": "2026-13-01"}, 422, "Ngày chưa đúng. Anh/chị nhập lại."),
        ({"so": "x" * 61}, 422, "Số quyết định dài quá, hoặc có ký tự không dùng được."),
        ({"so": "a\nb"}, 422, "Số quyết định dài quá, hoặc có ký tự không dùng được."),
        ({"ban": "99"}, 404, "Không có trang này, hoặc tài khoản của anh/chị không được xem."),
        ({"ban": "x"}, 404, "Không có trang này, hoặc tài khoản của anh/chị không được xem."),
        ({"cap": "huyen"}, 404, "Không có trang này, hoặc tài khoản của anh/chị không được xem."),
        ({"loai": "exe"}, 404, "Không có trang này, hoặc tài khoản của anh/chị không được xem."),
    ],
)
async def test_what_cannot_be_printed_is_said(
    office: Office, browser: Browser, changed: dict[str, str], status: int, said: str
) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    assert said in (await browser.get(file_path(**changed), status)).of("p")
