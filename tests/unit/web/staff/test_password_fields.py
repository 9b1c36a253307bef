"""Every field for a password, wherever it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.web
from bot.store.staff import Role
from tests.unit.web.staff.conftest import Browser, Office

_FIELD = re.compile(r"<input\b[^>]*\bautocomplete=\"(?:current|new)-password\"[^>]*>")
_ANY = re.compile(r"<input\b[^>]*\bname=\"(?:\w+_)?(?:password|old|new|again)\"[^>]*>")


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/staff/tai-khoan", 1), ("/staff/tai-khoan/mat-khau", 3), ("/staff/tai-khoan/ma", 1)],
)
async def test_every_password_is_typed_unseen_and_may_be_pasted(
    office: Office, browser: Browser, path: str, fields: int
) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    page = await browser.text(path)
    found = _FIELD.findall(page)
    assert found == _ANY.findall(page)
    assert [('type="password"' in field, "readonly" in field) for field in found] == [(True, False)] * fields


async def test_so_is_the_one_to_log_in(office: Office, browser: Browser) -> None:
    (field,) = _FIELD.findall(await browser.text("/staff/dang-nhap"))
    assert 'type="password"' in field


def test_no_script_hears_of_pasting_there() -> None:
    folder = Path(bot.web.__file__).parent / "templates" / "staff"
    assert [file.name for file in folder.glob("*.html") if "paste" in file.read_text(encoding="utf-8")] == []
