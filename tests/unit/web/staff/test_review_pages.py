"""What teams said of services, and making their links, as staff see and do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.signed_links import ReviewLink, Signer
from bot.store.reviews import Team
from bot.store.staff import Role
from tests.unit.store.test_reviews import ONE
from tests.unit.web.reading import read
from tests.unit.web.staff.conftest import SECRET, START, Browser, Office

REVIEWS, MAKE = "/staff/trai-nghiem", "/staff/trai-nghiem/duong-dan"
GIVEN = replace(ONE, at=START)


async def enter(office: Office, browser: Browser, role: Role, agencies: tuple[str, ...] = ()) -> None:
    await office.hire("lan", role, agencies)
    await browser.log_in("lan")


async def test_what_teams_said_stands_by_service(office: Office, browser: Browser) -> None:
    await office.store.office.reviews.add(GIVEN, "1")
    await office.store.office.reviews.add(replace(GIVEN, remark=""), "2")
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(REVIEWS)
    assert page.of("td", "th")[-7:] == [
        "Khai sinh: lần đầu",
        "2",
        "Dễ: 2",
        "Chỉ một phần: 2",
        "Không phải nộp tiền, hoặc chưa đến bước này: 2",
        "Quá hẹn mà chưa có: 2",
        "Dưới 15 phút: 2",
    ]
    (remark,) = [text for text in page.of("li") if "Nút nộp" in text]
    assert remark.startswith("Nút nộp khó thấy.Khai sinh: lần đầu · Đoàn thanh niên · ")
    assert page.of("label") == ["Từ ngày", "Đến ngày"]
    assert (await browser.get(f"{REVIEWS}?tu=2026-11-01&den=2026-11-21")).of("td") == []


@pytest.mark.parametrize(
    ("agencies", "shown"), [(("H99.101",), 1), (("H99.100",), 0), (("H99.05",), 0), (("H99.100", "H99.101"), 1)]
)
async def test_a_viewer_of_an_agency_sees_its_own(
    office: Office, browser: Browser, agencies: tuple[str, ...], shown: int
) -> None:
    await office.store.office.reviews.add(GIVEN, "1")
    await enter(office, browser, Role.VIEWER, agencies)
    for query in ("", "?tu=2000-01-01", "?xa=H99.101"):
        page = await browser.get(f"{REVIEWS}{query}")
        assert len([text for text in page.of("th") if text == "Khai sinh: lần đầu"]) == shown
        assert len([text for text in page.of("li") if "Nút nộp" in text]) == shown


async def test_a_viewer_makes_no_link(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    response = await browser.post(MAKE, at=REVIEWS, team="youth", until="2026-12-01")
    assert response.status == 403


async def test_words_are_looked_for(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.EDITOR)
    given = {"code": "khai sinh", "team": "youth", "commune": "H99.101", "until": "2026-12-01"}
    found = await browser.post(MAKE, at=REVIEWS, **given)
    html = await found.text()
    assert (found.status, [one for one in read(html).of("li") if "1.900001" in one]) == (
        200,
        ["Đăng ký khai sinh 1.900001"],
    )
    assert '<input type="hidden" name="commune" value="H99.101">' in html
    nothing = await browser.post(MAKE, at=REVIEWS, **(given | {"code": "qqq"}))
    sentence = "Không tìm ra thủ tục nào. Anh/chị thử từ khác, hoặc bỏ trống."
    assert (nothing.status, sentence in read(await nothing.text()).of("p")) == (422, True)


async def test_an_editor_makes_a_link_that_works(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.EDITOR)
    made = await browser.post(MAKE, at=REVIEWS, code="1.900001", team="youth", commune="H99.101", until="2026-12-01")
    text = await made.text()
    path = text.partition('<p class="once">')[2].partition("</p>")[0].partition("/trai-nghiem/")[2]
    link = Signer(SECRET).review_link(path)
    assert link is not None
    assert (made.status, link) == (
        200,
        ReviewLink("1.900001", Team.YOUTH, "H99.101", link.id, date(2026, 12, 1)),
    )
    assert "Dùng đến hết ngày 01/12/2026." in text
    assert (await browser.client.get(f"/trai-nghiem/{path}")).status == 200
    (entry, *_) = await office.store.office.staff.entries(1)
    assert (entry.act.action, entry.subject, dict(entry.after)) == (
        "review_link",
        f"review_link:{link.id}",
        {"code": "1.900001", "team": "youth", "commune": "H99.101", "until": "2026-12-01"},
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "9.999999"}, "Không có thủ tục mang mã này."),
        ({"code": "1.900004"}, "Không có thủ tục mang mã này."),
        ({"team": "rác"}, "Anh/chị chọn đội trong danh sách."),
        ({"commune": "H99.05"}, "Anh/chị chọn xã, phường trong danh sách."),
        ({"until": "2026-11-21"}, "Ngày phải từ hôm nay đến một năm tới."),
        ({"until": (START + timedelta(days=400)).date().isoformat()}, "Ngày phải từ hôm nay đến một năm tới."),
        ({"until": "mai"}, "Ngày phải từ hôm nay đến một năm tới."),
    ],
)
async def test_what_no_link_is_made_of(office: Office, browser: Browser, fields: dict[str, str], said: str) -> None:
    await enter(office, browser, Role.EDITOR)
    given = {"code": "", "team": "youth", "commune": "", "until": "2026-12-01"} | fields
    response = await browser.post(MAKE, at=REVIEWS, **given)
    text = await response.text()
    assert (response.status, said in text, 'class="once"' in text) == (422, True, False)
