"""Pictures and reports over a real store: what is sent, to whom, and what a reader of some agencies never gets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from aiohttp import ClientResponse

from bot.operations.figures.desk import FigureDesk
from bot.operations.reports.compose import standing_chart
from bot.operations.reports.desk import place_of
from bot.ratings.charts.draw import draw
from bot.ratings.charts.model import Format
from bot.ratings.model import Subject, Survey
from bot.ratings.periods import report_month
from bot.store.staff import Role
from bot.texts import load_texts
from bot.web.backing import BACKING
from bot.web.keys import ASSISTANT
from tests.unit.store.ratings_samples import rating, record
from tests.unit.web.staff.conftest import Browser, Office

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
DEPARTMENT, COMMUNE = "H27.05", "H27.100"
PERIOD = "ky=2026-11"
SVG = f"/staff/hinh/muc-tieu.svg?{PERIOD}"
ALL_REPORTS = [f"/staff/bao-cao.{form}?{PERIOD}&theo=co-quan" for form in ("xlsx", "csv", "pdf", "png", "json")]
ALL_PICTURES = [SVG, f"/staff/hinh/theo-thang.svg?{PERIOD}", f"/staff/hinh/theo-nhom.svg?{PERIOD}&theo=xa-phuong"]


async def fill(office: Office) -> None:
    people = count()
    for subject, levels in (
        (Subject("1.001193", "", COMMUNE, COMMUNE), (3,) * 57 + (1,) * 3),
        (Subject("1.012756", "", DEPARTMENT, COMMUNE), (3,) * 9),
    ):
        for level in levels:
            given = rating(f"p{next(people)}", level, at=AT, period="2026-11", subject=subject)
            await office.store.record(record(Survey(rating=given), given.person, AT))


async def got(browser: Browser, path: str) -> ClientResponse:
    return await browser.client.get(path, allow_redirects=False)


@pytest.mark.parametrize("path", [*ALL_REPORTS, *ALL_PICTURES])
async def test_nothing_without_a_login(browser: Browser, path: str) -> None:
    response = await got(browser, path)
    assert (response.status, await response.text()) == (303, "")
    assert response.headers["Location"].startswith("/staff/dang-nhap?ve=")


async def test_every_report_is_a_download_with_a_plain_name(office: Office, browser: Browser) -> None:
    await fill(office)
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    found = {}
    for path in ALL_REPORTS:
        response = await got(browser, path)
        headers = response.headers
        begins = (await response.read())[:4]
        assert (response.status, headers["Cache-Control"]) == (200, "no-store")
        found[headers["Content-Disposition"]] = (response.content_type, begins)
    assert found == {
        'attachment; filename="bao-cao-hai-long-2026-11.xlsx"': (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK\x03\x04",
        ),
        'attachment; filename="bao-cao-hai-long-2026-11.csv"': ("text/csv", b"\xef\xbb\xbfN"),
        'attachment; filename="bao-cao-hai-long-2026-11.pdf"': ("application/pdf", b"%PDF"),
        'attachment; filename="bao-cao-hai-long-2026-11.png"': ("image/png", b"\x89PNG"),
        'attachment; filename="bao-cao-hai-long-2026-11.json"': ("application/json", b'{\n "'),
    }


async def test_a_picture_is_the_one_of_the_figures(office: Office, browser: Browser) -> None:
    await fill(office)
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    response = await got(browser, SVG)
    desk = FigureDesk(office.store.office.figures, office.app[ASSISTANT].catalogue, load_texts())
    chart = standing_chart(load_texts(), place_of(desk, None), await desk.overview(report_month(2026, 11)))
    assert (response.status, response.content_type) == (200, "image/svg+xml")
    assert await response.read() == draw(chart, Format.SVG, load_texts())
    for path in ALL_PICTURES[1:]:
        assert (await (await got(browser, path)).read())[:5] == b"<svg "


async def test_a_reader_of_some_agencies_gets_theirs_alone(office: Office, browser: Browser) -> None:
    await fill(office)
    await office.hire("lan", Role.VIEWER, (DEPARTMENT,))
    await browser.log_in("lan")
    path = f"/staff/bao-cao.json?{PERIOD}&theo="
    for by in ("co-quan", "thu-tuc", "linh-vuc", "xa-phuong", "kenh", "noi-hoi", "tro-giup"):
        made = json.loads(await browser.text(path + by))
        assert (by, made["facts"]["count"], [row["count"] for row in made["table"]["rows"]]) == (by, 9, [9])
    made = json.loads(await browser.text(f"{path}thang&co-quan={COMMUNE}"))
    assert (made["table"], made["months"]["rows"][-1]["count"]) == (None, 9)
    assert "Báo cáo chỉ gồm các cơ quan mà người lập được xem." in made["notes"]
    whole = json.loads(await browser.text(f"{path}co-quan"))
    assert [row["code"] for row in whole["table"]["rows"]] == [DEPARTMENT]


@pytest.mark.parametrize(
    "path",
    [
        "/staff/bao-cao.doc",
        "/staff/bao-cao.xlsx?ky=gestern",
        "/staff/bao-cao.xlsx?theo=nguoi",
        "/staff/hinh/nguoi.svg",
        "/staff/hinh/theo-nhom.svg",
        "/staff/hinh/theo-nhom.svg?theo=thang",
        "/staff/hinh/muc-tieu.svg?ky=2026-13",
    ],
)
async def test_what_there_is_not(office: Office, browser: Browser, path: str) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    assert (await got(browser, path)).status == 404


async def test_when_no_report_can_be_made_the_rest_goes_on(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    await office.app[BACKING].reporting.close()
    for path in (ALL_REPORTS[0], SVG):
        response = await got(browser, path)
        assert (response.status, response.headers["Retry-After"], await response.text()) == (
            503,
            "60",
            "Chưa lập được báo cáo. Anh/chị thử lại sau ít phút.",
        )
    assert (await got(browser, "/staff")).status == 200
