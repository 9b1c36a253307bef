"""Something of each kind, made as people make it, so that what names a number can name one that there is."""

from __future__ import annotations

import requests

from bot.store.staff import Role
from tests.e2e.desk import spreadsheet
from tests.fuzz.house import Member, Running

_SECONDS = 60
_ROWS = (
    ("1.900001", "Đăng ký khai sinh", "Hộ tịch", "Ủy ban nhân dân xã", "Toàn trình"),
    ("1.900001", "Đăng ký lại khai sinh", "Hộ tịch", "Ủy ban nhân dân xã", "Toàn trình"),
    ("9.9", "Không có mã", "Lạ", "Nơi lạ", "Mức độ 9"),
)


def furnish(house: Running) -> None:
    """Two bad ratings with their cases, a community team, two drafts, a taught word, something said beside the list."""
    admin = house.enter(Role.ADMIN)
    commune, day = house.known["commune"][0], house.known["day"][1]
    for token in house.known["rating"]:
        form = {"nop": "online", "muc": "1", "loi": "Chờ lâu", "dong_y": "1"}
        _take(requests.post(f"{house.url}/danh-gia/{token}", form, timeout=_SECONDS), 200)
    _post(house, admin, "/staff/to-cong-dong/them", name="Tổ 1", commune=commune)
    _post(house, admin, "/staff/tim-kiem/day", phrase="giấy cho em bé mới", code="1.900001")
    notice = {"kind": "notice", "scope": "all", "text": "Nghỉ Tết", "first": house.known["day"][0], "last": day}
    _post(house, admin, "/staff/bien-tap/them", **notice, step="luu")
    for whole in ("yes", ""):
        answer = requests.post(
            f"{house.url}/staff/danh-muc/nhap",
            {"csrf": admin.csrf, "whole": whole},
            files={"files": ("danh-muc.xlsx", spreadsheet(*_ROWS))},
            headers=admin.headers,
            timeout=_SECONDS,
            allow_redirects=False,
        )
        _take(answer, 303)


def _post(house: Running, member: Member, path: str, **form: str) -> None:
    form["csrf"] = member.csrf
    url = house.url + path
    _take(requests.post(url, form, headers=member.headers, timeout=_SECONDS, allow_redirects=False), 303)


def _take(answer: requests.Response, status: int) -> None:
    assert answer.status_code == status, (answer.url, answer.status_code, answer.text)
